// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Rescuing;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Reads what can be read of a damaged disc: goes on where a copy from front to back, an earlier run or another program has ended.</summary>
internal sealed class DiscRescue(ImagingState state, ImagingPorts ports, WatchedReader disc, (DriveEffort Effort, SlowReads Slow) drive)
{
    /// <param name="writer">Gets what is read.</param>
    /// <param name="interruption">Where the copy from front to back has ended; null where there was none.</param>
    /// <param name="cancellationToken">Stops before the next read.</param>
    public async Task RunAsync(ImageWriter writer, LinearInterruption? interruption, CancellationToken cancellationToken)
    {
        RescueCursor cursor = writer.Cursor;
        foreach (TimedRead read in interruption?.Reads ?? [])
        {
            // Among them may be what the storage has spoilt, and the map tells of as read.
            state.Copy.Forget(read.Range);
            cursor = new(RescueStatus.Copying, 1, interruption!.Range.Start);
        }

        Rescuer rescuer = NewRescuer(writer);
        RescueStrategy strategy = new(state.Copy.Map, Tuning(state.Request.Retries), cursor, drive.Slow);
        if (interruption is not null)
        {
            rescuer.Take(strategy, interruption);
            interruption.Batch.HoldFor(1);
            interruption.Batch.Release();
        }

        await RunAsync(rescuer, strategy, cancellationToken);
    }

    /// <summary>Reads what the map tells of as not tried, from the start, and tries nothing twice.</summary>
    public Task ReadAgainAsync(ImageWriter writer, CancellationToken cancellationToken) =>
        RunAsync(NewRescuer(writer), new(state.Copy.Map, Tuning(retries: 0), RescueCursor.Start, drive.Slow), cancellationToken);

    private Rescuer NewRescuer(ImageWriter writer) =>
        new(disc, state.Source.FoundUnreadable, state.Layout, state.Copy, writer, ports.Time) { Effort = drive.Effort };

    private RescueTuning Tuning(int retries) => RescueTuning.For(
        state.Layout,
        ProtectionSuspicion.CapRetries(state.Source.Disc.Protection is not null, state.Source.ProtectionMark, retries),
        state.Source.Disc.SectorsPerUnit) with
    {
        OffTrack = state.Source.OffTrack,
    };

    private async Task RunAsync(Rescuer rescuer, RescueStrategy strategy, CancellationToken cancellationToken)
    {
        long reported = 0;
        void Report()
        {
            long settled = state.Copy.Map.Total(SectorState.Finished) + state.Copy.Map.Total(SectorState.Bad);
            reported = Math.Max(reported, state.Layout.PositionOf(settled));
            (RescueStatus status, int pass) = (strategy.Cursor.Status, strategy.Cursor.Pass);
            ports.Progress.Report(new(status.ToString().ToLowerInvariant(), reported, state.Layout.Length, WorkProgress.Bytes)
            {
                Item = status == RescueStatus.Copying ? null : string.Create(CultureInfo.InvariantCulture, $"pass {pass}"),
                Trouble = ImagingState.TroubleOf(state.UnreadableCount),
                IsOfDrive = true,
                IsSteady = status == RescueStatus.Copying,
            });
        }

        try
        {
            await Task.Factory.StartNew(
                () => rescuer.Run(strategy, Report, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            foreach (RescuePass pass in rescuer.Passes)
            {
                state.NotePass(pass);
            }
        }
    }
}
