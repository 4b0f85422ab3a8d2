// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Copying;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Verifying;
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>Reads whole images from their storage, one after the other, and takes several hashes of each in one reading.</summary>
/// <remarks>It keeps its buffers, 24 MiB. One belongs to one thread.</remarks>
internal sealed class StoredImage
{
    private const int SectorSize = 2048;
    private const int BatchesUnderWay = 24;

    private BatchPool? _pool;

    /// <summary>Reads an image.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kinds">The hashes to take.</param>
    /// <param name="read">Told how many bytes were read, from another thread.</param>
    /// <param name="cancellationToken">Stops it within a batch.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="IOException">It can't be opened.</exception>
    public async Task<StoredReading> ReadAsync(
        string path, IReadOnlyList<HashKind> kinds, Action<long> read, CancellationToken cancellationToken)
    {
        using UncachedFile file = UncachedFile.Open(path);
        MediumLayout layout = new(SectorSize, file.Length);
        BatchHasher[] hashers = [.. kinds.Select(kind => new BatchHasher(kind))];
        try
        {
            _pool ??= new(BatchesUnderWay, layout.BatchLength);
            ImageReading reading = new(file, layout, _pool);
            long before = 0;
            void Reached(long position) => read(position - Interlocked.Exchange(ref before, position));
            if (layout.SectorCount <= layout.SectorsPerBatch)
            {
                // What fits into one batch is not worth threads of its own: a collection may have a hundred thousand of these.
                reading.Run(batch => Take(batch, hashers), Reached, cancellationToken);
            }
            else
            {
                await BatchPipeline.RunAsync(reading, hashers, _pool, Reached, cancellationToken);
            }

            return new(hashers.ToDictionary(hasher => hasher.Kind, hasher => hasher.Finish()), file.Length, file.Bypass != CacheBypass.None, reading.Unreadable);
        }
        finally
        {
            foreach (BatchHasher hasher in hashers)
            {
                hasher.Dispose();
            }
        }
    }

    private static void Take(SectorBatch batch, BatchHasher[] hashers)
    {
        batch.HoldFor(1);
        foreach (BatchHasher hasher in hashers)
        {
            hasher.Take(batch);
        }

        batch.Release();
    }
}

/// <summary>What one reading of an image gave.</summary>
/// <param name="Hashes">In lower-case hexadecimal digits.</param>
/// <param name="Length">Bytes of the image when it was opened.</param>
/// <param name="IsFromStorage">Whether the bytes are known to have come from storage.</param>
/// <param name="Unreadable">Sectors of 2048 bytes that the storage did not give; with any, the hashes are of no use.</param>
internal sealed record StoredReading(IReadOnlyDictionary<HashKind, string> Hashes, long Length, bool IsFromStorage, IReadOnlyList<SectorRange> Unreadable);
