// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Rescuing;

namespace Spindle.Imaging.Running;

/// <summary>Copies from front to back, and hashes on the way: all that an undamaged disc needs.</summary>
internal sealed class LinearCopier(ImagingState state, ImagingPorts ports, WatchedReader disc, SlowReads slow)
{
    /// <param name="image">Gets what is read.</param>
    /// <param name="continues">Whether it holds what an earlier run has read.</param>
    /// <param name="cancellationToken">Stops after the batch at hand.</param>
    /// <returns>Where it ended; null where it came to the end of the medium, and this is the first of the readings.</returns>
    public async Task<LinearInterruption?> RunAsync(UnfinishedImage image, bool continues, CancellationToken cancellationToken)
    {
        using UncachedFile? kept = continues ? ports.Files.OpenUncached(state.Paths.ImagePart) : null;
        DiscReading reading = new(
            new SparingReader(disc, state.Source.FoundUnreadable),
            state.Layout,
            new() { Known = new(state.Copy.Map), Kept = kept, Digests = state.Copy.EarlierDigests, Slow = slow },
            image.Pool,
            ports.Time);
        long start = ports.Time.GetTimestamp();
        Reading whole = await new HashedReading(state, ports).RunAsync(
            new(ReadingSubject.Disc, "copying", reading), image.Writer, image.Pool, cancellationToken);
        state.NotePass(new()
        {
            Phase = RescueStatus.Copying,
            Number = 1,
            Reads = reading.Reads,
            FailedReads = 0,
            SectorsRead = reading.SectorsRead,
            Duration = ports.Time.GetElapsedTime(start),
        });
        state.NoteSpoilt(reading.SpoiltBytes);
        if (reading.Interruption is null)
        {
            disc.Check();
            state.Readings.Add(whole with { BytesFromEarlierRun = reading.KeptBytes });
        }

        return reading.Interruption;
    }
}
