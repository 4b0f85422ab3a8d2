// SPDX-License-Identifier: MIT
using Spindle.Burning.Xorriso;
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Burns copies of images, in one drive or several side by side, and proves each.</summary>
/// <remarks>A disc counts as a copy once it was read, and was the image; what drives answer counts for nothing.</remarks>
public sealed class Burner
{
    private readonly Func<string, IDiscDevice?> _open;
    private readonly BurningClock _clock;

    internal Burner(Func<string, IDiscDevice?> open, BurningClock clock) => (_open, _clock) = (open, clock);

    /// <summary>The program that burns where we don't.</summary>
    internal XorrisoProgram Xorriso { get; init; } = new();

    /// <summary>With the drives of this machine.</summary>
    public static Burner ForThisMachine() => new(DiscDevices.TryOpen, BurningClock.OfThisMachine);

    /// <summary>With other drives, and another clock.</summary>
    /// <param name="open">Opens a drive.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wait">Waits by it.</param>
    public static Burner With(Func<string, IDiscDevice?> open, TimeProvider time, Action<TimeSpan> wait) => new(open, new(time, wait));

    /// <summary>Burns.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="attendant">Brings further blank discs, and hears of each that ended; null where nobody does.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Ends it: each disc is left in a state that is told.</param>
    /// <exception cref="OperationFailedException">No disc was touched: each drive's disc was refused, or each image was.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before a disc was touched.</exception>
    public BurnResult Burn(BurnRequest request, IBurnAttendant? attendant, IProgress<WorkProgress> progress, CancellationToken stop)
    {
        MeasuredImage[] images = [.. request.Images.Select(image => new MeasuredImage(image))];
        BurningLedger ledger = new([.. request.Images.Select(image => image.Copies)]);
        BurningProgress all = new(progress);
        using VerifyingDrive? verifier = request.Verifier is { } other ? new(other, _open, _clock, attendant) : null;
        Task[] lanes = [.. request.Drives.Select(drive => Task.Factory.StartNew(
            new BurningLane(drive, request, images, ledger) { Open = _open, Clock = _clock, Attendant = attendant, Verifier = verifier, Xorriso = Xorriso, Progress = all, Stop = stop }.Run,
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(lanes).GetAwaiter().GetResult();
        IReadOnlyList<BurnedCopy> copies = ledger.Copies;
        if (copies.All(copy => copy.State == CopyState.Refused))
        {
            stop.ThrowIfCancellationRequested();
            throw Failures.Of(copies.FirstOrDefault()?.Failure ?? images[0].Failure!);
        }

        return new([.. images.Select((image, i) => image.ToResult(ledger.Lacking(i)))], copies, stop.IsCancellationRequested && ledger.IsAnyLacking);
    }
}
