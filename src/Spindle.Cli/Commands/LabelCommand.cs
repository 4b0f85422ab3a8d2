// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Station.Labels;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle label</c>: what is printed on discs, or put into their cases.</summary>
internal sealed class LabelCommand : Command, IHasExamples
{
    private readonly Argument<int[]> _discs = new("disc") { Description = "Discs by their numbers; none for all", Arity = ArgumentArity.ZeroOrMore };

    private readonly Option<string> _for = new("--for") { Description = $"What the label is for: {string.Join(", ", LabelVerb.Forms)}", HelpName = "FORM", DefaultValueFactory = _ => "disc" };

    private readonly Option<string?> _to = new("--to") { Description = "Where it belongs: FILE.pdf, sheets to be printed; or FILE.svg, a drawing for each disc", HelpName = "FILE", CompletionSources = { Values.Files } };

    private readonly Option<string?> _copy = new("--copy") { Description = "For this copy, with its place; 'all' for a label for each", HelpName = "NAME" };

    private readonly Option<string?> _template = new("--template") { Description = "Your own drawing (SVG) with fields in braces, such as {label}", HelpName = "FILE", CompletionSources = { Values.Files } };

    private readonly Option<string?> _saveTemplate = new("--save-template") { Description = "Write the template of that form here instead, to be changed", HelpName = "FILE", CompletionSources = { Values.Files } };

    private readonly Option<string> _paper = new("--paper") { Description = $"The paper of a PDF: {string.Join(", ", LabelVerb.Papers)}", HelpName = "PAPER", DefaultValueFactory = _ => "a4" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace files of that name" };

    private readonly CatalogueOption _catalogue = new();

    public LabelCommand(CommandContext context)
        : base("label", "Draw labels for discs, jewel cases, DVD and Blu-ray cases and sleeves, to be printed")
    {
        _for.AcceptOnlyFromAmong([.. LabelVerb.Forms]);
        _paper.AcceptOnlyFromAmong([.. LabelVerb.Papers]);
        Add(_discs);
        foreach (Option option in (Option[])[_for, _to, _copy, _template, _saveTemplate, _paper, _overwrite])
        {
            Add(option);
        }

        _catalogue.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync(LabelVerb.Verb, arguments, ToRequest, new LabelText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle label --for sleeve --to labels.pdf", "a label for the sleeve of each disc, on sheets of A4"),
        ("spindle label 3 --for disc --copy B --to disc3.svg", "what is printed on copy B of disc 3"),
        ("spindle label --for jewel --save-template own.svg", "the drawing to begin with; then --template own.svg"),
    ];

    internal LabelRequest ToRequest(ParseResult arguments) => new()
    {
        Catalogue = _catalogue.Path(arguments),
        Discs = arguments.GetValue(_discs) is { Length: > 0 } discs ? discs : null,
        Copy = arguments.GetValue(_copy),
        For = arguments.GetRequiredValue(_for),
        Template = arguments.GetValue(_template) is { } template ? Paths.ExpandHome(template) : null,
        To = arguments.GetValue(_to) is { } to ? Paths.ExpandHome(to) : null,
        Paper = arguments.GetRequiredValue(_paper),
        SaveTemplate = arguments.GetValue(_saveTemplate) is { } place ? Paths.ExpandHome(place) : null,
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    };
}
