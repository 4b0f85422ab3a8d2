// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Threading.Channels;
using Spindle.Catalogue.Documents;
using Spindle.Restoring.Shelf;

namespace Spindle.Restoring;

/// <summary>Restores from one disc: its sectors are read once, in their order; small files are written by several threads.</summary>
internal sealed class DiscRestorer(Func<FileRestorer> openTarget, Action<long> read)
{
    // A file of up to that many bytes is in memory as a whole, and is checked before its first byte is written.
    private const int SmallFile = 1 << 20;
    private const int BatchLength = 4 << 20;
    private const int BatchesAhead = 4;

    // Sectors between two files that are read for nothing are cheaper than another read.
    private const int LargestGap = 64 << 10;

    private static readonly int Writers = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Restores what lies where the disc's list says. What is not right there, or not whole, stays undone.</summary>
    /// <param name="disc">The disc.</param>
    /// <param name="windows">What to restore; each in the order in which it is to be read.</param>
    /// <param name="parts">Told of parts of files that were written.</param>
    /// <param name="cancellationToken">Ends it between two files, or two pieces of a large one.</param>
    public void Run(ArchiveDisc disc, IEnumerable<IReadOnlyList<RestoreJob>> windows, Action<RestoreJob, ReadAttempt> parts, CancellationToken cancellationToken)
    {
        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Batch> batches = Channel.CreateBounded<Batch>(new BoundedChannelOptions(BatchesAhead) { SingleWriter = true });
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(batches.Reader, failed), CancellationToken.None))];
        try
        {
            using FileRestorer files = openTarget();
            Reading reading = new(disc, files, batches.Writer, parts);
            foreach (IReadOnlyList<RestoreJob> jobs in windows)
            {
                Read(reading, jobs, failed.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A writer has failed, and says so below.
        }
        finally
        {
            batches.Writer.Complete();
            Task.WhenAll(writers).GetAwaiter().GetResult();
        }
    }

    private void Read(Reading reading, IReadOnlyList<RestoreJob> jobs, CancellationToken cancellationToken)
    {
        ArchiveDisc disc = reading.Disc;
        for (int index = 0; index < jobs.Count;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RestoreJob job = jobs[index];
            bool isSmall = job is { Length: <= SmallFile, Part: 0 };
            if (isSmall)
            {
                Batch batch = disc is ImageDisc image ? ReadRun(image, jobs, index) : ReadFiles(disc, jobs, index);
                index += batch.Jobs.Count;
                read(batch.Jobs.Sum(one => one.Job.Length));
                reading.Batches.WriteAsync(batch, cancellationToken).AsTask().GetAwaiter().GetResult();
            }
            else
            {
                index++;
                using DiscContent? content = disc.FirstPlace(job.Place, null, job.Length);
                ReadAttempt? attempt = content is null ? null : reading.Files.Copy(job, content, read, cancellationToken);
                if (attempt is { IsRight: true } && job.Part > 0)
                {
                    reading.Parts(job, attempt);
                }
            }
        }
    }

    /// <summary>Files that lie next to one another, read at once.</summary>
    private static Batch ReadRun(ImageDisc image, IReadOnlyList<RestoreJob> jobs, int first)
    {
        int sectorSize = image.Reader.SectorSize;
        long start = jobs[first].Position / sectorSize * sectorSize;
        long end = start;
        int count = 0;
        for (int index = first; index < jobs.Count; index++)
        {
            RestoreJob job = jobs[index];
            long behind = job.Position + ((job.Length + sectorSize - 1) / sectorSize * sectorSize);
            bool fits = job is { Length: <= SmallFile, Part: 0 }
                && (job.Length == 0 || count == 0 || (job.Position - end <= LargestGap && behind - start <= BatchLength && job.Position >= start));
            if (!fits)
            {
                break;
            }

            end = job.Length == 0 ? end : Math.Max(end, behind);
            count++;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)(end - start));
        List<ByteRange> unreadable = [];
        SectorContent.ReadBytes(image.Reader, start, buffer.AsSpan(0, (int)(end - start)), start, unreadable);
        Batch batch = new(buffer, new(count));
        for (int index = first; index < first + count; index++)
        {
            RestoreJob job = jobs[index];
            int from = job.Length == 0 ? 0 : (int)(job.Position - start);
            bool isHit = job.Length > 0 && unreadable.Exists(range => range.Offset < job.Position + job.Length && range.Offset + range.Length > job.Position);
            batch.Jobs.Add((job, from, !isHit));
        }

        return batch;
    }

    private static Batch ReadFiles(ArchiveDisc disc, IReadOnlyList<RestoreJob> jobs, int first)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BatchLength);
        Batch batch = new(buffer, []);
        int length = 0;
        for (int index = first; index < jobs.Count; index++)
        {
            RestoreJob job = jobs[index];
            if (job is not { Length: <= SmallFile, Part: 0 } || length + job.Length > BatchLength)
            {
                break;
            }

            List<ByteRange> unreadable = [];
            using DiscContent? content = disc.FirstPlace(job.Place, null, job.Length);
            content?.Read(0, buffer.AsSpan(length, (int)job.Length), unreadable);
            batch.Jobs.Add((job, length, content is not null && unreadable.Count == 0));
            length += (int)job.Length;
        }

        return batch;
    }

    private async Task WriteAsync(ChannelReader<Batch> batches, CancellationTokenSource failed)
    {
        try
        {
            using FileRestorer files = openTarget();
            await foreach (Batch batch in batches.ReadAllAsync(CancellationToken.None))
            {
                foreach ((RestoreJob job, int offset, bool isWhole) in batch.Jobs)
                {
                    if (failed.IsCancellationRequested)
                    {
                        break;
                    }

                    Write(files, job, batch.Buffer.AsSpan(offset, (int)job.Length), isWhole);
                }

                ArrayPool<byte>.Shared.Return(batch.Buffer);
            }
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private static void Write(FileRestorer files, RestoreJob job, ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (isWhole && job.IsRight(bytes))
        {
            files.Write(job, bytes);
        }
    }

    /// <summary>What the thread that reads works with.</summary>
    private sealed record Reading(ArchiveDisc Disc, FileRestorer Files, ChannelWriter<Batch> Batches, Action<RestoreJob, ReadAttempt> Parts);

    /// <summary>Files in memory. Whoever takes it from the channel returns the buffer.</summary>
    private sealed record Batch(byte[] Buffer, List<(RestoreJob Job, int Offset, bool IsWhole)> Jobs);
}
