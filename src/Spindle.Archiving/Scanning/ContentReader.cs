// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Files;
using Spindle.Files.Listing;

namespace Spindle.Archiving.Scanning;

/// <summary>Reads files and takes their hashes, on a thread of its own.</summary>
internal sealed class ContentReader(bool withSha512, ExtraText extras, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    private const int BufferLength = 256 * 1024; // stays in the processor's cache between reading and hashing
    private const int Attempts = 3;

    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash? _sha512 = withSha512 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA512) : null;
    private FileJob? _underWay;
    private long _began;
    private long _bytesRead;

    /// <summary>What is read just now, for anyone to ask; null between files.</summary>
    public FileJob? UnderWay => Volatile.Read(ref _underWay);

    /// <summary>When that was begun, as a timestamp of the clock.</summary>
    public long Began => Volatile.Read(ref _began);

    /// <summary>Bytes of all files up to now, that under way among them.</summary>
    public long BytesRead => Volatile.Read(ref _bytesRead);

    /// <summary>Reads a file; what stops that is noted, not thrown.</summary>
    /// <exception cref="OperationCanceledException">In the midst of it.</exception>
    public void Read(ISourceDirectory directory, FileJob job)
    {
        Volatile.Write(ref _began, time.GetTimestamp());
        Volatile.Write(ref _underWay, job);
        try
        {
            using ISourceFile file = directory.OpenFile(job.Name);
            Read(file, job);
            bool hasHoles = job.Status.Allocated < job.Status.Size;
            job.Extra = extras.Of(job.Status, file.Attributes(), hasHoles ? file.DataRuns(job.Status.Size) : null);
        }
        catch (SourceException e)
        {
            job.IsGone = e.IsGone;
            job.Problem = e.Message;
            job.Extra = extras.Of(job.Status, [], null);
            job.Sha256 = null;
            job.Sha512 = null;
            _ = _sha256.GetHashAndReset(); // what a file left that broke off
            _ = _sha512?.GetHashAndReset();
        }

        Volatile.Write(ref _underWay, null);
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _sha512?.Dispose();
    }

    private void Read(ISourceFile file, FileJob job)
    {
        for (int attempt = 1; ; attempt++)
        {
            long began = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
            long read = Hash(file, job);
            NodeStatus after = file.Status();
            if (after.Kind != EntryKind.File)
            {
                throw new SourceException("it is no file any more", isGone: true);
            }

            bool isSame = after.HasContentOf(job.Status) && read == after.Size;
            job.Status = after;
            if (isSame || attempt == Attempts)
            {
                job.KeptChanging = !isSame;
                job.Status = isSame ? after : after with { Size = read }; // a content has the size of what was hashed
                job.IsFresh = after.IsFreshAt(began);
                return;
            }

            file.Rewind();
        }
    }

    /// <summary>Reads as many bytes as the file is said to have: if it has others, its status tells so afterwards.</summary>
    private long Hash(ISourceFile file, FileJob job)
    {
        long size = job.Status.Size;
        long done = 0;
        if (size <= _buffer.Length)
        {
            int length = Fill(file, (int)size);
            job.Sha256 = SHA256.HashData(_buffer.AsSpan(0, length));
            job.Sha512 = withSha512 ? SHA512.HashData(_buffer.AsSpan(0, length)) : null;
            job.BytesRead += length;
            return length;
        }

        while (done < size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Fill(file, (int)Math.Min(_buffer.Length, size - done));
            if (length == 0)
            {
                break;
            }

            _sha256.AppendData(_buffer, 0, length);
            _sha512?.AppendData(_buffer, 0, length);
            done += length;
        }

        job.Sha256 = _sha256.GetHashAndReset();
        job.Sha512 = _sha512?.GetHashAndReset();
        job.BytesRead += done;
        return done;
    }

    private int Fill(ISourceFile file, int wanted)
    {
        int filled = 0;
        while (filled < wanted && file.Read(_buffer.AsSpan(filled, wanted - filled)) is var length and > 0)
        {
            filled += length;
            Volatile.Write(ref _bytesRead, _bytesRead + length);
        }

        return filled;
    }
}
