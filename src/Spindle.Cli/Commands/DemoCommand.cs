// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Imaging;
using Spindle.Media;
using Spindle.Station.Demonstrating;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle demo</c>: makes a small disc image of its own and runs the real pipeline on it.</summary>
internal sealed class DemoCommand : Command, IHasExamples
{
    private readonly Option<string> _directory = new("--dir")
    {
        Description = "Where everything is written",
        HelpName = "DIR",
        DefaultValueFactory = _ => "spindle-demo",
    };

    public DemoCommand(CommandContext context)
        : base("demo", "See it work, with no optical drive: makes a small disc and images it")
    {
        Add(_directory);
        SetAction((arguments, cancellationToken) => context.RunAsync("demo", arguments, async (report, _) =>
        {
            string directory = Paths.ExpandHome(arguments.GetValue(_directory)!);
            string disc = Path.Combine(directory, "disc.iso");
            DemoDisc.Write(disc);
            report.Note($"A small disc was made: {disc} ({Figures.Size(new FileInfo(disc).Length)}). This is what follows:");
            report.Note($"spindle image {disc} --dir {directory} --filename copy --verify disc --overwrite");
            ImagingResult result = await context.Equipment.Imager.RunAsync(Request(disc, directory), report.Progress, cancellationToken);
            report.Imaged(result, new(null, 0, null));
            report.Note($"Look into {Path.Combine(directory, "copy")}: the image, its log, manifest, map and checksums.");
            return result.Outcome == ImagingOutcome.Success ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle demo", "everything is written to ./spindle-demo"),
        ("spindle demo --dir /tmp/demo --json", "the same, told to a program"),
    ];

    internal static ImagingRequest Request(string disc, string directory) => new()
    {
        Source = disc,
        Directory = directory,
        Name = "copy",
        Operator = "demo",
        Verify = VerifyMode.Disc,
        Overwrite = true,
        CommandLine = "spindle demo",
    };
}
