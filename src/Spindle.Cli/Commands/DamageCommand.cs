// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Formats.Analysis;
using Spindle.Formats.MapFile;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle damage IMAGE MAPFILE</c>: which files, directories and structures the unreadable sectors touch.</summary>
internal sealed class DamageCommand : Command, IHasExamples
{
    private readonly Argument<string> _image = new("image") { Description = "The image, or the disc" };

    private readonly Argument<string> _map = new("mapfile") { Description = "Its map: ours, or GNU ddrescue's" };

    private readonly Option<long> _offset = new("--offset")
    {
        Description = "First sector of the disc that is in the image, where it is an image of a later session",
        HelpName = "SECTORS",
    };

    public DamageCommand(CommandContext context)
        : base("damage", "Name the files that unreadable sectors touch")
    {
        Add(_image);
        Add(_map);
        Add(_offset);
        SetAction((arguments, cancellationToken) => context.RunAsync("damage", arguments, (report, _) =>
        {
            using DiscSource source = DiscSource.Open(
                Paths.ExpandHome(arguments.GetRequiredValue(_image)), SourceChoice.Whole with { Map = SourceChoice.NoMap, Stop = cancellationToken }); // the one that is named
            SectorMap map = RescueMapFile.Read(Paths.ExpandHome(arguments.GetRequiredValue(_map)))
                .ToSectorMap(source.Reader.SectorSize, source.Reader.Length);
            DamageReport damage = DamageReport.Of(source.Reader, map, new VolumeOptions { MediumStart = arguments.GetValue(_offset) });
            report.Damaged(damage);
            return Task.FromResult(map.IsFinished ? ExitCode.Done : ExitCode.DoneWithLosses);
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle damage disc.iso disc.map", "every file that is hit, with the bytes that it lacks"),
        ("spindle damage disc.iso ddrescue.map --json", "the same, for a program"),
    ];
}
