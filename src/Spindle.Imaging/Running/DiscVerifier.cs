// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Records;
using Spindle.Imaging.Sources;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Reads the disc a second time, and holds it against its image.</summary>
internal sealed class DiscVerifier(ImagingState state, ImagingPorts ports, IDiscSource source)
{
    /// <param name="cancellationToken">Stops after the batch at hand.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        SecondReading second = source.OpenAgain();
        using ISectorReader disc = second.Reader;
        if (disc.Length != source.Reader.Length)
        {
            state.Differences.Add(new(0, state.Layout.SectorCount));
            state.Concerns.Add(new(
                "disc-differs",
                $"the disc has {disc.Length} bytes at the second reading, and had {source.Reader.Length} at the first",
                "was the disc changed? try again, or use another drive"));
            return;
        }

        using UncachedFile image = ports.Files.OpenUncached(state.Paths.ImagePart);
        HashedReading readings = new(state, ports);
        BatchPool pool = readings.NewPool();
        DiscRereading reading = new(new LongerReader(disc, state.Layout.Length), image, state.Copy, state.Layout, pool);
        state.Readings.Add(await readings.RunAsync(
            new(ReadingSubject.DiscAgain, "verifying-disc", reading, second.Bypass), new NoConsumer(), pool, cancellationToken));
        state.Differences.AddRange(reading.Differences);
        TellOf(reading, second.Bypass);
    }

    private void TellOf(DiscRereading reading, CacheBypass bypass)
    {
        if (reading.Unreadable.Count > 0)
        {
            state.Concerns.Add(new(
                "unreadable-again",
                $"sectors that could be read the first time could not be read the second time: {SectorNames.Of(reading.Unreadable)}",
                "the disc or the drive is failing: make a second image with another drive"));
        }

        if (reading.Differences.Except(reading.Unreadable).Any())
        {
            state.Concerns.Add(new(
                "disc-differs",
                $"two readings of the disc disagree: sectors {SectorNames.Of(reading.Differences)}",
                "which of them is right cannot be known: read the disc again, in another drive if there is one"));
        }
        else if (bypass == CacheBypass.None && reading.Unreadable.Count == 0)
        {
            state.Concerns.Add(new(
                "cache-not-bypassed",
                "the disc agrees, but its second reading may have come from the system's memory of the first, so it is not called verified",
                "take the disc out, put it back, and try again"));
        }
    }

    /// <summary>For a reading that is compared while it is read.</summary>
    private sealed class NoConsumer : IBatchConsumer
    {
        public void Take(SectorBatch batch)
        {
        }
    }
}
