// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Completing;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Imaging.Merging;
using Spindle.Station.Merging;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle merge OUT IMAGE:MAPFILE...</c>: several partial copies of a disc become one image.</summary>
internal sealed class MergeCommand : Command, IHasExamples
{
    private readonly Argument<string> _output = new("out") { Description = "The image to write; OUT.map and OUT_merge.json are written beside it", CompletionSources = { Values.Files } };

    private readonly Argument<string[]> _copies = new("image:mapfile")
    {
        Description = "A partial image, a colon, and its map (GNU ddrescue's): two at least",
        CompletionSources = { Values.Files },
        Arity = new(2, MergeRequest.MostSources),
    };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace an image of that name" };

    private readonly Option<int?> _sectorSize = new("--sector-size")
    {
        Description = "Bytes of a sector of the disc, 512 to 65536; else what the maps keep to, 2048 at most",
        HelpName = "BYTES",
    };

    public MergeCommand(CommandContext context)
        : base("merge", "Make one image of several partial copies of a disc")
    {
        Add(_output);
        Add(_copies);
        Add(_sectorSize);
        Add(_overwrite);
        SetAction((arguments, cancellationToken) => context.RunAsync(MergeVerb.Verb, arguments, ToRequest, new MergeText(), cancellationToken));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle merge whole.iso a/disc.iso:a/disc.map b/disc.iso:b/disc.map", "what one copy lacks is taken from the other"),
        ("spindle merge whole.iso 1.iso:1.map 2.iso:2.map 3.iso:3.map --json", "where copies differ, two of three decide"),
    ];

    /// <exception cref="UsageException">A copy is not named with its map.</exception>
    internal MergeCopiesRequest ToRequest(ParseResult arguments) => new()
    {
        Output = Paths.ExpandHome(arguments.GetRequiredValue(_output)),
        Sources = [.. arguments.GetRequiredValue(_copies).Select(SourceOf)],
        SectorSize = arguments.GetValue(_sectorSize),
        Overwrite = GlobalOptions.Allows(arguments, _overwrite),
    };

    private static MergeSource SourceOf(string text)
    {
        int colon = text.LastIndexOf(':');

        // C:\a.iso:C:\a.map: the last colon but one is the one between them.
        if (colon >= 2 && OperatingSystem.IsWindows() && text[colon - 2] == ':')
        {
            colon -= 2;
        }

        return colon > 0 && colon < text.Length - 1
            ? new(Paths.ExpandHome(text[..colon]), Paths.ExpandHome(text[(colon + 1)..]))
            : throw new UsageException($"'{text}' names no image with its map", "write IMAGE:MAPFILE, such as disc.iso:disc.map");
    }
}
