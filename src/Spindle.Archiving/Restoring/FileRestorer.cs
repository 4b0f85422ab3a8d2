// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Sources;

namespace Spindle.Archiving.Restoring;

/// <summary>Writes files into the target: under a name of their own until they are whole and right. One for each thread.</summary>
internal sealed class FileRestorer(TargetTree target, RestoreBook book) : IDisposable
{
    private readonly PieceRelay _relay = new();

    public TargetTree Target => target;

    /// <summary>Writes a content that is in memory, and right, under all its names.</summary>
    public void Write(RestoreJob job, ReadOnlySpan<byte> bytes)
    {
        foreach (RestoreName name in job.Names)
        {
            if (TryLink(job, name))
            {
                continue;
            }

            byte[] part = book.PartNameOf(name.Path);
            ReadOnlySpan<byte> all = bytes;
            try
            {
                using (TargetFile file = target.Create(part, name.Attributes))
                {
                    WriteRuns(file, all, 0, name.DataRuns, all.Length);
                    Finish(file, name, job.Size);
                }

                target.Rename(part, name.Path);
                book.Done(name, job.Size);
            }
            catch (TargetException e)
            {
                book.Refused(name, e);
            }
        }
    }

    /// <summary>Reads a content from a disc while it is written, and gives it its names if it is right.</summary>
    /// <param name="job">What to write.</param>
    /// <param name="content">Where it may lie.</param>
    /// <param name="read">Told how many bytes were read.</param>
    /// <param name="cancellationToken">Leaves the part file.</param>
    /// <returns>What was read, if it is not right: the part file has it.</returns>
    public ReadAttempt Copy(RestoreJob job, DiscContent content, Action<long> read, CancellationToken cancellationToken)
    {
        RestoreName name = job.Names[0];
        byte[] part = book.PartNameOf(name.Path);
        bool isSplit = job.Part > 0;
        List<ByteRange> unreadable = [];
        try
        {
            bool isRight;
            using (TargetFile file = isSplit ? target.Continue(part) : target.Create(part, name.Attributes))
            {
                byte[] hash = Stream(job, content, unreadable, (offset, bytes) => WriteRuns(file, bytes.Span, job.Offset + offset, name.DataRuns, job.Size), read, cancellationToken);
                if (isSplit)
                {
                    file.SetLength(job.Size); // what the other parts wrote stays, what they will write is a hole
                }

                isRight = unreadable.Count == 0 && (isSplit || hash.AsSpan().SequenceEqual(job.Hash));
                if (isRight && !isSplit)
                {
                    Finish(file, name, job.Size);
                }
            }

            if (isRight && !isSplit)
            {
                target.Rename(part, name.Path);
                book.Done(name, job.Size);
                CopyToOthers(job, name.Path);
            }

            return new(isRight, unreadable);
        }
        catch (TargetException e)
        {
            job.Names.ForEach(each => book.Refused(each, e));
            return new(IsRight: true, []); // nothing more can be done for it
        }
    }

    /// <summary>Looks whether the part file of a content that came in parts is right, and gives it its names.</summary>
    public bool TryFinishSplit(RestoreJob job, CancellationToken cancellationToken)
    {
        RestoreName name = job.Names[0];
        byte[] part = book.PartNameOf(name.Path);
        try
        {
            if (target.Look(part) is not { Kind: EntryKind.File } there || there.Size != job.Size)
            {
                return false;
            }

            using (TargetFile file = target.Continue(part))
            {
                if (!HashOf(file, job, cancellationToken).AsSpan().SequenceEqual(job.Hash))
                {
                    return false;
                }

                Finish(file, name, job.Size);
            }

            target.Rename(part, name.Path);
            book.Done(name, job.Size);
            CopyToOthers(job, name.Path);
            return true;
        }
        catch (TargetException e)
        {
            job.Names.ForEach(each => book.Refused(each, e));
            return true;
        }
    }

    /// <summary>Keeps what could be had of a damaged file beside its name.</summary>
    public void KeepDamaged(RestoreJob job)
    {
        byte[] part = book.PartNameOf(job.Names[0].Path);
        try
        {
            if (target.Look(part) is { Kind: EntryKind.File })
            {
                using (TargetFile file = target.Continue(part))
                {
                    file.SetLength(job.Size);
                }

                target.Rename(part, book.DamagedNameOf(job.Names[0].Path));
            }
        }
        catch (TargetException e)
        {
            book.Refused(job.Names[0], e);
        }
    }

    /// <summary>Whether a file that is there is what it should be.</summary>
    public bool IsRight(byte[] path, RestoreJob job, CancellationToken cancellationToken)
    {
        using TargetFile file = target.OpenFile(path);
        return HashOf(file, job, cancellationToken).AsSpan().SequenceEqual(job.Hash);
    }

    /// <summary>Makes the names of a content that are not there yet from one that is.</summary>
    public void CopyToOthers(RestoreJob job, byte[] from)
    {
        foreach (RestoreName name in job.Names.Where(name => !name.IsDone && !name.Path.AsSpan().SequenceEqual(from)))
        {
            if (TryLink(job, name))
            {
                continue;
            }

            byte[] part = book.PartNameOf(name.Path);
            byte[] buffer = _relay.Buffer;
            try
            {
                using (TargetFile source = target.OpenFile(from))
                using (TargetFile file = target.Create(part, name.Attributes))
                {
                    long offset = 0;
                    for (int length = source.Read(buffer, offset); length > 0; length = source.Read(buffer, offset))
                    {
                        WriteRuns(file, buffer.AsSpan(0, length), offset, name.DataRuns, job.Size);
                        offset += length;
                    }

                    Finish(file, name, job.Size);
                }

                target.Rename(part, name.Path);
                book.Done(name, job.Size);
            }
            catch (TargetException e)
            {
                book.Refused(name, e);
            }
        }
    }

    /// <summary>Gives a file that is there already the attributes that it should have.</summary>
    public void Refresh(RestoreName name)
    {
        try
        {
            using TargetFile file = target.OpenFile(name.Path);
            if (file.SetAttributes(name.Attributes) is { } refused)
            {
                book.AttributesRefused(name.Path, refused);
            }

            book.Present(name);
        }
        catch (TargetException e)
        {
            book.Refused(name, e);
        }
    }

    public void Dispose() => target.Dispose();

    /// <summary>Writes data where it lies, and leaves holes where holes were.</summary>
    private static void WriteRuns(TargetFile file, ReadOnlySpan<byte> bytes, long offset, IReadOnlyList<(long Offset, long Length)>? runs, long size)
    {
        if (runs is null)
        {
            if (!bytes.IsEmpty)
            {
                file.Write(bytes, offset);
            }

            return;
        }

        foreach ((long start, long length) in runs)
        {
            long from = Math.Max(start, offset);
            long to = Math.Min(Math.Min(size, start + length), offset + bytes.Length);
            if (to > from)
            {
                file.Write(bytes[(int)(from - offset)..(int)(to - offset)], from);
            }
        }
    }

    private bool TryLink(RestoreJob job, RestoreName name)
    {
        if (name.LinkGroup is not { } group || job.Names.Find(other => other.LinkGroup == group && book.IsDone(other.Entry)) is not { } leader || leader == name)
        {
            return false;
        }

        try
        {
            if (target.Look(name.Path) is not null)
            {
                target.Remove(name.Path);
            }

            target.Link(leader.Path, name.Path);
            book.Done(name, 0);
            return true;
        }
        catch (TargetException e) when (!e.IsFull)
        {
            book.AttributesRefused(name.Path, "hard link"); // it becomes a copy
            return false;
        }
    }

    private void Finish(TargetFile file, RestoreName name, long size)
    {
        if (name.DataRuns is not null)
        {
            file.SetLength(size);
        }

        if (file.SetAttributes(name.Attributes) is { } refused)
        {
            book.AttributesRefused(name.Path, refused);
        }
    }

    private byte[] HashOf(TargetFile file, RestoreJob job, CancellationToken cancellationToken)
    {
        byte[] buffer = _relay.Buffer;
        using IncrementalHash hash = IncrementalHash.CreateHash(job.Algorithm);
        long offset = 0;
        for (int length = file.Read(buffer, offset); length > 0; length = file.Read(buffer, offset))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, length);
            offset += length;
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Reads a content, hashes and writes it, each by a thread of its own.</summary>
    private byte[] Stream(RestoreJob job, DiscContent content, List<ByteRange> unreadable, Action<long, ReadOnlyMemory<byte>> write, Action<long> read, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(job.Algorithm);
        _relay.Run(
            job.Length,
            (offset, piece) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                content.Read(offset, piece.Span, unreadable);
                read(piece.Length);
            },
            (_, piece) => hash.AppendData(piece.Span),
            write);
        return hash.GetHashAndReset();
    }
}

/// <summary>What came of reading a content at a place.</summary>
/// <param name="IsRight">Whether it has its hash.</param>
/// <param name="Unreadable">Bytes that could not be read, by their offset in what was read.</param>
internal sealed record ReadAttempt(bool IsRight, IReadOnlyList<ByteRange> Unreadable);
