// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>Reads the image back, past the system's cache, and holds it against what the disc gave.</summary>
internal sealed class ImageVerifier(ImagingState state, ImagingPorts ports)
{
    /// <param name="cancellationToken">Stops after the batch at hand.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using UncachedFile image = ports.Files.OpenUncached(state.Paths.ImagePart);
        HashedReading readings = new(state, ports);
        BatchPool pool = readings.NewPool();
        DigestComparer comparer = new(state.Layout, state.Copy.Digests);
        Reading reading = await readings.RunAsync(
            new(ReadingSubject.Image, "verifying-image", new ImageReading(image, state.Layout, pool), image.Bypass), comparer, pool, cancellationToken);
        state.Readings.Add(reading);

        bool agrees = image.Length == state.Layout.Length && reading.Hashes.All(hash => state.Readings[0].Hashes[hash.Key] == hash.Value);
        state.NoteDifferences(agrees ? comparer.Differences : [.. comparer.Differences.DefaultIfEmpty(new(0, state.Layout.SectorCount))]);
        if (state.Differences.Count == 0 && image.Bypass == CacheBypass.None)
        {
            state.Concerns.Add(new(
                "cache-not-bypassed",
                "the image agrees, but its file system let it be read from memory only, so it is not called verified",
                "check it with 'sha256sum -c' after the storage was taken out and put back"));
        }
    }
}
