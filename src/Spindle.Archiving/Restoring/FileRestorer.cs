// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Archiving.Sources;
using Spindle.Files;
using Spindle.Files.Targets;

namespace Spindle.Archiving.Restoring;

/// <summary>Writes files into the target: under a name of their own until they are whole and right. One for each thread.</summary>
/// <param name="target">Where to; disposed with this.</param>
/// <param name="book">Is told of all that becomes of a file.</param>
/// <param name="replaces">Whether what has a file's name already goes.</param>
internal sealed partial class FileRestorer(TargetTree target, RestoreBook book, bool replaces) : IDisposable
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

            byte[] part = PartNameOf(job, name);
            ReadOnlySpan<byte> all = bytes;
            try
            {
                using (TargetFile file = target.Create(part, name.Attributes))
                {
                    Begin(file, name, job.Size);
                    WriteProven(file, all, 0, name.DataRuns);
                    ProveLength(file, job.Size);
                    Finish(file, name);
                }

                target.Rename(part, name.Path, replaces);
                book.Done(name, job.Size);
            }
            catch (TargetException e)
            {
                Discard(part);
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
        byte[] part = PartNameOf(job, name);
        bool isSplit = job.Part > 0;
        List<ByteRange> unreadable = [];
        try
        {
            bool isContinued = isSplit && target.Look(part) is not null;
            bool isRight;
            using (TargetFile file = isSplit ? target.Continue(part) : target.Create(part, name.Attributes))
            {
                if (isSplit)
                {
                    file.SetLength(job.Size); // what the other parts wrote stays, what they will write is a hole
                }
                else
                {
                    Begin(file, name, job.Size);
                }

                byte[] hash = Stream(job, content, unreadable, (offset, bytes) => WriteProven(file, bytes.Span, job.Offset + offset, name.DataRuns), read, cancellationToken);
                isRight = unreadable.Count == 0 && (isSplit || hash.AsSpan().SequenceEqual(job.Hash));
                if (isRight && !isSplit)
                {
                    ProveLength(file, job.Size);
                    Finish(file, name);
                }
            }

            if (isRight && !isSplit)
            {
                target.Rename(part, name.Path, replaces);
                book.Done(name, job.Size);
                CopyToOthers(job, name.Path);
            }

            return new(isRight, unreadable, isContinued);
        }
        catch (TargetException e)
        {
            if (!isSplit)
            {
                Discard(part);
            }

            job.Names.ForEach(each => book.Refused(each, e));
            return new(IsRight: true, []); // nothing more can be done for it
        }
    }

    /// <summary>Looks whether the part file of a content that came in parts is right, and gives it its names.</summary>
    public bool TryFinishSplit(RestoreJob job, CancellationToken cancellationToken)
    {
        RestoreName name = job.Names[0];
        byte[] part = PartNameOf(job, name);
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

                Finish(file, name);
            }

            target.Rename(part, name.Path, replaces);
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

            MakeCopy(job, name, from);
        }
    }

    /// <summary>Gives a name that shares a file with names that it must not share it with one of its own, with the same bytes.</summary>
    /// <returns>The file that it is now; null where that could not be done, and was told of.</returns>
    public (long Device, long Inode)? Separate(RestoreJob job, RestoreName name)
    {
        MakeCopy(job, name, name.Path, wasThere: true);
        return book.IsDone(name.Entry) && target.Look(name.Path) is { } there ? (there.Device, there.Inode) : null;
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

    private bool TryLink(RestoreJob job, RestoreName name)
    {
        if (name.LinkGroup is not { } group || job.Names.Find(other => other.LinkGroup == group && book.IsDone(other.Entry)) is not { } leader || leader == name)
        {
            return false;
        }

        try
        {
            LinkTo(leader, job, name, replaces);
            book.Done(name, 0);
            return true;
        }
        catch (TargetException e) when (e.IsThere)
        {
            book.Refused(name, e);
            return true;
        }
        catch (TargetException e) when (!e.IsFull)
        {
            book.AttributesRefused(name.Path, "hard link"); // it becomes a copy
            return false;
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
/// <param name="IsContinued">Whether the part file was there before.</param>
internal sealed record ReadAttempt(bool IsRight, IReadOnlyList<ByteRange> Unreadable, bool IsContinued = false);
