// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Tells a drive what a method consists of, and waits for each to be done.</summary>
/// <param name="drive">The drive.</param>
/// <param name="disc">The disc as it was found.</param>
/// <param name="request">How it is to be burned.</param>
/// <param name="sectors">Sectors that are written.</param>
/// <param name="entered">Told of each step, and how far it is where that is known.</param>
internal sealed class DiscActions(BurningDrive drive, DiscSurvey disc, BurnRequest request, long sectors, Action<BurnStep, double> entered)
{
    private static readonly TimeSpan ForFormatting = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan ForClosing = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan ForCalibrating = TimeSpan.FromMinutes(2);

    /// <summary>How long the drive may take to write what it holds back, since it was last seen to get any further.</summary>
    public static TimeSpan ForFlushing { get; } = TimeSpan.FromMinutes(10);

    /// <summary>What is to be known, and changes no verdict.</summary>
    public List<Failure> Notes { get; } = [];

    /// <summary>Does one after the other.</summary>
    /// <exception cref="StepFailedException">The drive refused one, or did not come to an end with it.</exception>
    public void Do(IEnumerable<BurningAction> actions)
    {
        foreach (BurningAction action in actions)
        {
            Do(action);
        }
    }

    /// <summary>Makes a disc blank that can be used again.</summary>
    /// <exception cref="StepFailedException">The drive refused, or did not come to an end with it.</exception>
    public void Blank() =>
        Require(BurnStep.Blanking, drive.Tell(WritingCommand.BlankQuickly()), sense => Failures.NotBlanked(drive.Name, sense), ForFormatting);

    /// <summary>Makes the drive burn in earnest again, after a simulation. That it refuses changes nothing: the next disc is announced anew.</summary>
    public void EndSimulation() => _ = Select(isTest: false);

    private void Do(BurningAction action)
    {
        switch (action)
        {
            case BurningAction.SetDiscAtOnce:
                Require(BurnStep.Preparing, Select(request.Simulate), sense => Failures.NotPrepared(drive.Name, "how it is written", sense));
                break;
            case BurningAction.SetSpeed:
                SetSpeed();
                break;
            case BurningAction.Calibrate:
                Calibrate();
                break;
            case BurningAction.ReserveTrack:
                Require(BurnStep.Preparing, drive.Tell(WritingCommand.ReserveTrack((uint)sectors)), sense => Failures.NotPrepared(drive.Name, "the size of the track", sense));
                break;
            case BurningAction.SendCueSheet:
                byte[] sheet = CueSheet.Of(sectors);
                Require(BurnStep.Preparing, drive.Tell(WritingCommand.SendCueSheet((ushort)sheet.Length), sheet), sense => Failures.NotPrepared(drive.Name, "the layout of the disc", sense));
                break;
            case BurningAction.FormatInBackground when disc.Disc!.BackgroundFormat is 0 or 1:
                Format(FormatOrder.InTheBackground(isRestart: disc.Disc.BackgroundFormat == 1));
                break;
            case BurningAction.Format when new SpareFormat(request, sectors).Choose(drive, disc) is { } order:
                Format(order);
                break;
            case BurningAction.Flush:
                Flush();
                break;
            case BurningAction.CloseTrack:
                Close(1, track: 1);
                break;
            case BurningAction.CloseSession:
                Close(2);
                break;
            case BurningAction.FinaliseDvd:
                Close(5);
                break;
            case BurningAction.FinaliseBluray:
                Close(6);
                break;
            case BurningAction.StopFormatting:
                Close(0);
                break;
            default:
                break; // formatted already
        }
    }

    private ScsiReply Select(bool isTest)
    {
        byte[] page = new WriteParameters(disc.Profile.Family() == DiscFamily.Dvd, isTest).ToParameters();
        return drive.Tell(MmcCommand.ModeSelect((ushort)page.Length), page);
    }

    private void SetSpeed()
    {
        if (request.Speed is not { } times)
        {
            return;
        }

        int wanted = (int)Math.Min(Math.Ceiling(times * BurningMethods.SingleSpeed(disc.Profile)), 1_000_000);
        ScsiReply reply = disc.Profile.Family() == DiscFamily.Cd
            ? drive.Tell(WritingCommand.SetCdSpeed((ushort)Math.Min(wanted, ushort.MaxValue)))
            : drive.Tell(WritingCommand.SetStreaming(StreamingOrder.Length), new StreamingOrder(sectors - 1, wanted).ToParameters());
        if (!reply.IsGood)
        {
            Notes.Add(Failures.SpeedNotSet(drive.Name, reply.Sense));
        }
    }

    /// <summary>Drives that do not know the command measure by themselves before they write.</summary>
    private void Calibrate()
    {
        entered(BurnStep.Calibrating, 0);
        ScsiReply reply = drive.Tell(WritingCommand.Calibrate(), patience: ForCalibrating);
        if (!reply.IsGood && reply.Sense.Key != SenseKey.IllegalRequest)
        {
            throw new StepFailedException(Failures.NotCalibrated(drive.Name, reply.Sense));
        }
    }

    private void Format(FormatOrder order) =>
        Require(BurnStep.Formatting, drive.Tell(WritingCommand.FormatUnit(), order.ToParameters()), sense => Failures.NotFormatted(drive.Name, sense), ForFormatting);

    private void Flush()
    {
        entered(BurnStep.Flushing, 0);
        ScsiReply reply = drive.Tell(WritingCommand.SynchronizeCache(immediate: true), patience: ForFlushing);
        if (reply is { IsGood: false, Sense: { Key: SenseKey.IllegalRequest, Code: 0x24 } })
        {
            reply = drive.Tell(WritingCommand.SynchronizeCache(immediate: false), patience: ForFlushing); // it knows no other way
        }

        Require(BurnStep.Flushing, reply, sense => Failures.NotFlushed(drive.Name, sense), ForFlushing);
    }

    private void Close(byte function, ushort track = 0) => Require(
        BurnStep.Closing, drive.Tell(WritingCommand.CloseTrackSession(function, track), patience: ForClosing), sense => Failures.NotClosed(drive.Name, sense), ForClosing);

    /// <param name="step">What it was.</param>
    /// <param name="reply">What the drive answered.</param>
    /// <param name="failure">What it means that it refused.</param>
    /// <param name="limit">How long it may take to do it, where it answers before that; null where it has done it.</param>
    private void Require(BurnStep step, ScsiReply reply, Func<Sense, Failure> failure, TimeSpan? limit = null)
    {
        entered(step, 0);
        if (reply.IsGood && limit is { } patience)
        {
            reply = drive.WaitUntilReady(step, patience, share => entered(step, share));
        }

        if (!reply.IsGood)
        {
            throw new StepFailedException(failure(reply.Sense));
        }
    }
}
