// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Protecting;

namespace Spindle.Cli.Commands;

/// <summary><c>spindle check IMAGE</c>: what is wrong with a protected image, and how much more it can bear.</summary>
internal sealed class CheckCommand : Command, IHasExamples
{
    private readonly ParityArguments _arguments = new();
    private readonly CheckMemory _memory = new();

    public CheckCommand(CommandContext context)
        : base("check", "Check a protected image: damage, margin, verdict")
    {
        _arguments.AddTo(this);
        _memory.AddTo(this);
        SetAction((arguments, cancellationToken) => context.RunAsync("check", arguments, async (report, _) =>
        {
            CheckRequest request = new()
            {
                Image = _arguments.Image(arguments),
                ParityFile = _arguments.ParityFile(arguments),
                Map = _arguments.Map(arguments),
            };
            string? catalogue = _memory.FindCatalogue(arguments);
            using DiscSource source = DiscSource.Open(request.Image, SourceChoice.Whole with { Map = SourceChoice.NoMap }); // the check counts by the map that is named
            CheckResult result = await Task.Run(() => Check(source, request, report.Progress, cancellationToken), CancellationToken.None);
            report.Checked(result, _memory.Remember(catalogue, source, result, arguments, context.Time.GetUtcNow()));
            return result.Damage.IsNone ? ExitCode.Done : ExitCode.DoneWithLosses;
        }));
    }

    public IReadOnlyList<(string CommandLine, string Meaning)> Examples =>
    [
        ("spindle check disc.iso", "every sector is read and tested; exit 2 where anything is wrong"),
        ("spindle check /dev/sr0", "the same of a disc in a drive, read once from front to back"),
        ("spindle check disc.iso --map disc.map", "what a rescue could not read counts as missing"),
        ("spindle check /dev/sr0 --copy B", "a disc of the archive: 'spindle discs --health' shows how it has changed"),
        ("spindle check disc.iso --ecc disc.ecc --json", "an image with its parity in a file, told to a program"),
    ];

    private static CheckResult Check(DiscSource source, CheckRequest request, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        if (!source.IsDevice)
        {
            return Checker.Check(request, progress, cancellationToken);
        }

        using ImageFile? parityFile = request.ParityFile is null ? null : ImageFile.OpenRead(request.ParityFile);

        // The reader is the source's to dispose of. What the drive decodes together lies where it does on the disc.
        SectorReaderStorage disc = new(source.Reader, source.FirstSector == 0 ? source.Description.Disc.SectorsPerUnit ?? 1 : 1);
        return Checker.Check(disc, parityFile, request with { IsInOrder = true }, progress, cancellationToken);
    }
}
