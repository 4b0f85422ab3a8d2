// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Burns copies of an image, in one drive or several side by side, and proves each.</summary>
/// <remarks>A disc counts as a copy once it was read, and was the image; what drives answer counts for nothing.</remarks>
public sealed class Burner
{
    private const int PieceOfCheck = 1 << 20;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly Func<string, IDiscDevice?> _open;
    private readonly BurningClock _clock;

    internal Burner(Func<string, IDiscDevice?> open, BurningClock clock) => (_open, _clock) = (open, clock);

    /// <summary>With the drives of this machine.</summary>
    public static Burner ForThisMachine() => new(DiscDevices.TryOpen, BurningClock.OfThisMachine);

    /// <summary>With other drives, and another clock.</summary>
    /// <param name="open">Opens a drive.</param>
    /// <param name="time">The clock.</param>
    /// <param name="wait">Waits by it.</param>
    public static Burner With(Func<string, IDiscDevice?> open, TimeProvider time, Action<TimeSpan> wait) => new(open, new(time, wait));

    /// <summary>Burns.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="bringer">Brings further blank discs; null where nobody does.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stop">Ends it: each disc is left in a state that is told.</param>
    /// <exception cref="OperationFailedException">No disc was touched: each drive's disc was refused, or the image was.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before a disc was touched.</exception>
    public BurnResult Burn(BurnRequest request, IBlankBringer? bringer, IProgress<WorkProgress> progress, CancellationToken stop)
    {
        RefuseIfNoDiscWillDo(request, LengthOf(request.Image), stop);
        MeasuredImage image = Measure(request, progress, stop);
        BurningLedger ledger = new(request.Copies);
        BurningProgress all = new(progress);
        Task[] lanes = [.. request.Drives.Select(drive => Task.Factory.StartNew(
            () => Work(drive, request, image, ledger, bringer, all, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(lanes).GetAwaiter().GetResult();
        IReadOnlyList<BurnedCopy> copies = ledger.Copies;
        return copies.Count > 0 && copies.All(copy => copy.State == CopyState.Refused)
            ? throw Failures.Of(copies[0].Failure!)
            : new(image.Length, image.Sectors, image.Sha256, copies, ledger.Lacking, stop.IsCancellationRequested && ledger.Lacking > 0);
    }

    /// <summary>What can be said at once is said before the image is read, which may take minutes.</summary>
    private void RefuseIfNoDiscWillDo(BurnRequest request, long length, CancellationToken stop)
    {
        MeasuredImage unread = new(length, "");
        BurningProgress untold = new(new Progress<WorkProgress>());
        Failure?[] refusals = [.. request.Drives.Select(drive => InDrive(1, drive, untold, (open, lane) =>
            new CopyRun(1, request, unread, open, _clock, lane, stop).Refuse()).Failure)];
        stop.ThrowIfCancellationRequested();
        if (refusals.All(refusal => refusal is not null))
        {
            throw Failures.Of(refusals[0]!);
        }
    }

    /// <summary>All of the image is read before a disc is touched: what is burned from it must be the same.</summary>
    private static MeasuredImage Measure(BurnRequest request, IProgress<WorkProgress> progress, CancellationToken stop)
    {
        long length = LengthOf(request.Image);
        using ImageFeed feed = new(request.Image, length, PieceOfCheck);
        for (long done = 0; feed.Take(stop) is { IsEmpty: false } piece;)
        {
            done += piece.Length;
            progress.Report(new("hashing", done, length, WorkProgress.Bytes) { Item = request.Image });
        }

        return request.Sha256 is null || request.Sha256 == feed.Sha256 ? new(length, feed.Sha256) : throw Failures.ImageIsNotItsRecord(request.Image);
    }

    private static long LengthOf(string image)
    {
        try
        {
            // By opening it: the length of a link is that of its target then, and a folder is none.
            using FileStream file = File.OpenRead(image);
            return file.Length > 0 ? file.Length : throw Failures.EmptyImage(image);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failures.NoImage(image, e);
        }
    }

    /// <summary>One disc after the other in one drive, until all copies are made.</summary>
    private void Work(string path, BurnRequest request, MeasuredImage image, BurningLedger ledger, IBlankBringer? bringer, BurningProgress all, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && ledger.TryBegin(out int number))
        {
            BurnedCopy copy = InDrive(number, path, all, (drive, lane) => new CopyRun(number, request, image, drive, _clock, lane, stop).Run());
            ledger.End(copy);
            if (stop.IsCancellationRequested || ledger.IsComplete || bringer is null || copy.Failure?.Code == "drive-gone"
                || !TryChange(path, ledger.Next, copy, bringer, stop))
            {
                return;
            }
        }
    }

    private BurnedCopy InDrive(int number, string path, BurningProgress all, Func<BurningDrive, LaneProgress, BurnedCopy> work)
    {
        LaneProgress lane = all.Begin(path);
        try
        {
            IDiscDevice device = _open(path) ?? throw Failures.NoDrive(path);
            if (device.GetMounts() is [var mount, ..])
            {
                throw Failures.Mounted(path, mount.Point);
            }

            using BurningDrive drive = new(path, device.OpenForWriting(), _clock);
            return work(drive, lane);
        }
        catch (OperationFailedException e)
        {
            return new() { Number = number, Drive = path, State = CopyState.Refused, Failure = e.Failure };
        }
        finally
        {
            all.End(lane);
        }
    }

    /// <summary>Another disc comes into the drive.</summary>
    /// <returns>Whether one did.</returns>
    private bool TryChange(string path, int number, BurnedCopy before, IBlankBringer bringer, CancellationToken stop)
    {
        try
        {
            if (_open(path) is not { } device || !bringer.Ask(path, number, before.Failure?.What ?? "that one is done"))
            {
                return false;
            }

            if (device.GetMediumStatus() is not (MediumStatus.TrayOpen or MediumStatus.NoDisc))
            {
                device.Eject();
            }

            return Wait(device, status => status is MediumStatus.TrayOpen or MediumStatus.NoDisc, stop) && Wait(device, status => status == MediumStatus.Ready, stop);
        }
        catch (OperationFailedException)
        {
            return false; // the drive is gone, or keeps its disc: that copies are lacking is told
        }
    }

    private bool Wait(IDiscDevice device, Func<MediumStatus, bool> isIt, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (isIt(device.GetMediumStatus()))
            {
                return true;
            }

            _clock.Wait(BetweenLooks);
        }

        return false;
    }
}
