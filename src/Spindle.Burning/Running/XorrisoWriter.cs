// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Burning.Xorriso;
using Spindle.Drives.Mmc;

namespace Spindle.Burning.Running;

/// <summary>Has xorriso burn an image. What it says, and how it ends, decides nothing: what the disc has become is looked at as ever.</summary>
/// <param name="program">The program.</param>
/// <param name="drive">The drive, which is lent to it.</param>
/// <param name="request">How the image is to be burned.</param>
/// <param name="image">The image.</param>
internal sealed class XorrisoWriter(XorrisoProgram program, BurningDrive drive, BurnRequest request, MeasuredImage image)
{
    /// <summary>What it said.</summary>
    public XorrisoReport Report { get; } = new();

    /// <summary>Sectors of the image that it says it has written.</summary>
    public long Sectors => Report.SaysDone ? image.Sectors : Math.Min(Report.Written / DiscComparer.SectorSize, image.Sectors);

    /// <summary>Burns.</summary>
    /// <param name="profile">The kind of disc.</param>
    /// <param name="method">How ours burn that.</param>
    /// <param name="advanced">Told how many bytes are written.</param>
    /// <param name="stop">Has it end in its own time.</param>
    /// <exception cref="StepFailedException">It fell silent.</exception>
    /// <exception cref="OperationCanceledException">It was stopped, and has ended.</exception>
    public void Write(Profile profile, BurningMethod method, Action<long> advanced, CancellationToken stop)
    {
        bool hasEnded = true;
        drive.Lend(() => hasEnded = program.Run(
            XorrisoCommand.Of(drive.Name, image.Path, (profile, method), request.Speed),
            line =>
            {
                Report.Hear(line);
                advanced(Math.Min(Report.Written, image.Length));
            },
            stop));
        stop.ThrowIfCancellationRequested();
        if (!hasEnded)
        {
            throw new StepFailedException(Failures.XorrisoFailed(drive.Name, "it fell silent"));
        }
    }
}
