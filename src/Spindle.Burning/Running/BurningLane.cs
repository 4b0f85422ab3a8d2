// SPDX-License-Identifier: MIT
using Spindle.Burning.Xorriso;
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>One drive: one disc after the other, until all copies of all images are made.</summary>
/// <param name="path">The drive.</param>
/// <param name="request">What is wanted.</param>
/// <param name="images">The images, as those of the request.</param>
/// <param name="ledger">Which copies are still to be made; of all drives.</param>
internal sealed class BurningLane(string path, BurnRequest request, IReadOnlyList<MeasuredImage> images, BurningLedger ledger)
{
    /// <summary>Opens a drive.</summary>
    public required Func<string, IDiscDevice?> Open { get; init; }

    /// <summary>The clock.</summary>
    public required BurningClock Clock { get; init; }

    /// <summary>Brings discs; null where nobody does.</summary>
    public required IBurnAttendant? Attendant { get; init; }

    /// <summary>Reads discs that other drives burned; null where each reads its own, or none does.</summary>
    public VerifyingDrive? Verifier { get; init; }

    /// <summary>The program that burns where we don't.</summary>
    public required XorrisoProgram Xorriso { get; init; }

    /// <summary>Told how far it is.</summary>
    public required BurningProgress Progress { get; init; }

    /// <summary>Ends it.</summary>
    public required CancellationToken Stop { get; init; }

    /// <summary>Burns until there is nothing more to do, or no further disc.</summary>
    public void Run()
    {
        while (!Stop.IsCancellationRequested && ledger.TryBegin(out (int Image, int Number) one))
        {
            try
            {
                BurnedCopy copy = Burn(one.Image, one.Number);
                ledger.End(copy);
                Attendant?.Ended(copy, images[one.Image].ToResult(ledger.Lacking(one.Image)));
                if (images[one.Image].Failure is not null)
                {
                    ledger.GiveUp(one.Image); // it was changed while it was burned: every further disc would be spoiled
                }

                if (Stop.IsCancellationRequested || ledger.Next is not { } next || !TryChange(next, copy))
                {
                    return;
                }
            }
            catch (ImageFailedException)
            {
                ledger.GiveUp(one.Image); // the disc is as it was: it is for the next image
            }
            catch (OperationCanceledException)
            {
                return; // before this disc was touched
            }
        }
    }

    private BurnedCopy Burn(int image, int number)
    {
        LaneProgress lane = Progress.Begin(path);
        try
        {
            IDiscDevice device = Open(path) ?? throw Failures.NoDrive(path);
            if (device.GetMounts() is [var mount, ..])
            {
                throw Failures.Mounted(path, mount.Point);
            }

            using BurningDrive drive = new(path, device.OpenForWriting, Clock);
            return new CopyRun(number, request, images[image], drive, Clock, lane, Stop) { Verifier = Verifier, Xorriso = Xorriso }.Run() with { Image = image };
        }
        catch (OperationFailedException e) when (e is not ImageFailedException)
        {
            return new() { Image = image, Number = number, Drive = path, State = CopyState.Refused, Failure = e.Failure };
        }
        finally
        {
            Progress.End(lane);
        }
    }

    /// <summary>Another disc comes into the drive.</summary>
    /// <returns>Whether one did.</returns>
    private bool TryChange((int Image, int Number) next, BurnedCopy before)
    {
        if (Attendant is null || before.Failure?.Code == "drive-gone" || (before.State == CopyState.Refused && !Failures.IsOfTheDisc(before.Failure!)))
        {
            return false;
        }

        return new DiscChange(path, Open, Clock).Try(() => Attendant.Ask(path, request.Images[next.Image].Name(next.Number), before.Failure?.What ?? "that one is done"), Stop);
    }
}
