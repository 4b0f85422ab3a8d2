// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>
/// Takes the hashes of what a rescue wrote, here and there, from the image. What is not what the disc gave, in this run or an
/// earlier one, is read from the disc again.
/// </summary>
internal sealed class CopyHasher(ImagingState state, ImagingPorts ports, DiscRescue rescue)
{
    /// <summary>How often what the storage changed under our hands is read from the disc again.</summary>
    private const int MostRepairs = 2;

    /// <param name="image">The unfinished image, with all that could be read.</param>
    /// <param name="cancellationToken">Stops after the batch at hand.</param>
    public async Task RunAsync(UnfinishedImage image, CancellationToken cancellationToken)
    {
        TimeSpan copying = state.Elapsed;
        long spoiltBytes = 0;
        for (int repairs = 0; ; repairs++)
        {
            image.Writer.ClearUnread();
            RandomAccess.SetLength(image.File, state.Layout.Length);
            using UncachedFile stored = ports.Files.OpenUncached(state.Paths.ImagePart);
            DigestKeeper keeper = new(state.Layout, state.Copy.Digests);
            Reading whole = await new HashedReading(state, ports).RunAsync(
                new(ReadingSubject.Disc, "hashing", new ImageReading(stored, state.Layout, image.Pool)), keeper, image.Pool, cancellationToken);
            if (keeper.Spoilt.Count == 0 || repairs == MostRepairs)
            {
                state.NoteDifferences(keeper.Spoilt);
                state.Readings.Add(whole with
                {
                    StartedAt = state.StartedAt,
                    Duration = copying,
                    IsHashedFromImage = true,
                    BytesFromEarlierRun = Math.Max(0, state.Copy.BytesKnown - spoiltBytes),
                });
                break;
            }

            spoiltBytes += keeper.Spoilt.Sum(piece => state.Layout.ByteLength(piece));
            foreach (SectorRange piece in keeper.Spoilt)
            {
                state.Copy.Digests.Forget(piece);
                ForgetReadOf(piece);
            }

            await rescue.ReadAgainAsync(image.Writer, cancellationToken);
        }

        state.NoteSpoilt(spoiltBytes);
    }

    private void ForgetReadOf(SectorRange spoilt)
    {
        foreach (SectorRange read in state.Copy.Map.RangesOf(SectorState.Finished).Select(range => range.Intersect(spoilt)).Where(range => !range.IsEmpty).ToArray())
        {
            state.Copy.Forget(read);
        }
    }
}
