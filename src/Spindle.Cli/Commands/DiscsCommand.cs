// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text.Json.Nodes;
using Spindle.Catalogue;
using Spindle.Catalogue.Collecting;
using Spindle.Catalogue.Health;
using Spindle.Cli.Reports;
using Spindle.Cli.Terminals;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle discs</c>: the discs of an archive; and <c>num_isos</c>, which says just how many.</summary>
internal sealed class DiscsCommand : Command, IHasExamples
{
    private readonly Argument<int?> _disc = new("disc") { Description = "Only this disc", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<string?> _label = new("--label") { Description = "Call the disc this from now on", HelpName = "TEXT" };

    private readonly Option<string?> _copy = new("--copy") { Description = "A copy of the disc, which is entered where it is not known", HelpName = "NAME" };

    private readonly Option<string?> _place = new("--place") { Description = "Where that copy is kept (without --copy: the copy called 'main')", HelpName = "TEXT" };

    private readonly Option<string?> _image = new("--image") { Description = "Instead of a disc of the archive: one that was imaged, by the name of its image", HelpName = "NAME" };

    private readonly Option<bool> _health = new("--health") { Description = "Show what checks found over time, and how much of the parity is used up" };

    private readonly Option<string?> _svg = new("--svg") { Description = "With --health: draw that into this file, too", HelpName = "FILE" };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a drawing of that name" };

    private readonly CatalogueOption _catalogue = new();

    public DiscsCommand(CommandContext context)
        : base("discs", "Show the discs of the archive: fill, status, copies and where they are kept")
    {
        Add(_disc);
        Add(_label);
        Add(_copy);
        Add(_place);
        Add(_image);
        Add(_health);
        Add(_svg);
        Add(_overwrite);
        _catalogue.AddTo(this);
        SetAction((arguments, _) => context.RunAsync("discs", arguments, (report, _) =>
        {
            int? number = arguments.GetValue(_disc);
            bool changes = (arguments.GetValue(_label) ?? arguments.GetValue(_copy) ?? arguments.GetValue(_place)) is not null;
            string? image = arguments.GetValue(_image);
            bool isImage = image is not null;
            if (changes && (isImage ? number is not null || arguments.GetValue(_place) is null : number is null))
            {
                throw new UsageException("--label, --copy and --place need the number of a disc, or --place the --image of one", "such as 'spindle discs 3 --place \"shelf 2\"'");
            }

            string path = Paths.ExpandHome(_catalogue.Path(arguments));
            using CatalogueDatabase database = changes ? CatalogueDatabase.OpenForWriting(path) : CatalogueDatabase.OpenForReading(path);
            DiscStore store = new(database);
            DiscCollection collection = new(database);
            if (changes && isImage)
            {
                collection.SetPlace(image!, arguments.GetValue(_place)!);
            }
            else if (changes)
            {
                Change(store, arguments, number!.Value, context.Time.GetUtcNow());
            }

            IReadOnlyList<DiscRecord> discs = isImage ? [] : number is { } one ? [store.Get(one)] : store.All();
            IReadOnlyList<ImagedDisc> imaged = number is not null ? [] : [.. collection.All().Where(disc => image is null || disc.Name == image)];
            if (arguments.GetValue(_health) || arguments.GetValue(_svg) is not null)
            {
                CheckHistory history = new(database);
                ShowHealth([.. discs.Select(disc => new DiscHealth(disc, history.Of(disc.Number)))], arguments, report);
            }
            else
            {
                report.Discs(discs, imaged);
            }

            return Task.FromResult(ExitCode.Done);
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle discs", "all discs, with what is known of their copies; and those that were imaged"),
        ("spindle discs 3 --copy B --place 'bank vault'", "a second copy of disc 3, and where it lies"),
        ("spindle discs --image box12-08 --place 'box 13'", "a disc that was imaged is kept elsewhere now"),
        ("spindle discs --health --svg health.svg", "how the discs age, by what 'spindle check' found"),
        ("spindle num_isos", "just how many discs there are"),
    ];

    private void ShowHealth(IReadOnlyList<DiscHealth> discs, ParseResult arguments, IReport report)
    {
        string? chart = arguments.GetValue(_svg) is { } file ? Path.GetFullPath(Paths.ExpandHome(file)) : null;
        if (chart is not null)
        {
            Draw(discs, chart, arguments.GetValue(_overwrite) || GlobalOptions.AnswersYes(arguments));
        }

        report.Health(discs, chart);
    }

    private static void Draw(IReadOnlyList<DiscHealth> discs, string path, bool overwrite)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw new OperationFailedException(new("already-exists", $"there is a file {path}", "another name, or --overwrite"));
        }

        try
        {
            using (FileStream stream = new(path + ".part", FileMode.Create, FileAccess.Write))
            {
                HealthChart.Write(discs, stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(path + ".part", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("target-failed", $"{path} cannot be written: {e.Message}"), e);
        }
    }

    private void Change(DiscStore store, ParseResult arguments, int number, DateTimeOffset now)
    {
        if (arguments.GetValue(_label) is { } label)
        {
            store.SetLabel(number, label);
        }

        string? place = arguments.GetValue(_place);
        if (arguments.GetValue(_copy) is { } copy)
        {
            store.SetCopy(number, copy, place, now);
        }
        else if (place is not null)
        {
            store.SetCopy(number, "main", place, now);
        }
    }
}

/// <summary><c>spindle num_isos</c>: how many discs there are, and nothing else.</summary>
internal sealed class NumIsosCommand : Command, IHasExamples
{
    private readonly CatalogueOption _catalogue = new();

    public NumIsosCommand(CommandContext context)
        : base("num_isos", "Print how many discs the archive has")
    {
        _catalogue.AddTo(this);
        SetAction((arguments, _) => context.RunAsync("num_isos", arguments, (report, _) =>
        {
            using CatalogueDatabase database = CatalogueDatabase.OpenForReading(_catalogue.Path(arguments));
            report.Printed("discs", JsonValue.Create(new DiscStore(database).All().Count));
            return Task.FromResult(ExitCode.Done);
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle num_isos", "such as 12, for scripts"),
        ("spindle num_isos --catalogue family.db", "of another archive"),
    ];
}
