// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Files.Targets;

namespace Spindle.Archiving.Restoring;

/// <content>How bytes come into the target, and are proven there: each piece is read back and compared when it was written.</content>
/// <remarks>
/// The hash is taken of the bytes that came from the disc; that the file has those very bytes, holes included, is shown by comparing,
/// which costs a fraction of a second hash. A hole is only left where the bytes are zeros, whatever the catalogue says.
/// </remarks>
internal sealed partial class FileRestorer
{
    private readonly byte[] _readBack = new byte[64 << 10]; // as much as stays in a processor's nearest caches

    private long _provenEnd = -1;

    /// <summary>Keeps what could be had of a damaged file beside its name, and never in the place of another file.</summary>
    /// <returns>What it is called, from the target's root; null where nothing could be had or kept.</returns>
    public byte[]? KeepDamaged(RestoreJob job)
    {
        byte[] part = PartNameOf(job, job.Names[0]);
        try
        {
            if (target.Look(part) is not { Kind: EntryKind.File })
            {
                return null;
            }

            using (TargetFile file = target.Continue(part))
            {
                file.SetLength(job.Size);
            }

            foreach (byte[] name in book.Names.DamagedNamesOf(job.Names[0].Path))
            {
                if (target.Look(name) is not { } there)
                {
                    target.Rename(part, name, replaces: false);
                    return name;
                }

                if (there.Kind == EntryKind.File && there.Size == job.Size && AreEqual(part, name))
                {
                    target.Remove(part); // an earlier run had as much
                    return name;
                }
            }
        }
        catch (TargetException e)
        {
            book.Refused(job.Names[0], e);
        }

        return null;
    }

    /// <summary>Makes a name another one of a file that is there and is right.</summary>
    /// <param name="leader">The name that is there.</param>
    /// <param name="job">The content of both.</param>
    /// <param name="name">The name that is to be made.</param>
    /// <param name="replacesIt">Whether what has it already goes.</param>
    /// <exception cref="TargetException">It can't be one.</exception>
    public void LinkTo(RestoreName leader, RestoreJob job, RestoreName name, bool replacesIt)
    {
        try
        {
            target.Link(leader.Path, name.Path);
            return;
        }
        catch (TargetException e) when (e.IsThere && replacesIt)
        {
            // The file that is there stays until the other one has its name.
        }

        byte[] part = PartNameOf(job, name);
        Discard(part);
        target.Link(leader.Path, part);
        try
        {
            target.Rename(part, name.Path, replaces: true);
        }
        catch (TargetException)
        {
            Discard(part);
            throw;
        }

        Discard(part); // rename(2) does nothing where both names are one file's already
    }

    private static void Begin(TargetFile file, RestoreName name, long size)
    {
        if (name.DataRuns is not null)
        {
            file.SetLength(size); // what is never written is a hole, at the end, too
        }
    }

    private static bool HasData(ReadOnlySpan<byte> bytes) => bytes.ContainsAnyExcept((byte)0);

    /// <summary>Writes data where it lies, and leaves holes where holes were, if nothing but zeros is there.</summary>
    private static void WriteRuns(TargetFile file, ReadOnlySpan<byte> bytes, long offset, IReadOnlyList<(long Offset, long Length)>? runs)
    {
        if (runs is null)
        {
            if (!bytes.IsEmpty)
            {
                file.Write(bytes, offset);
            }

            return;
        }

        long end = offset + bytes.Length;
        long position = offset;
        foreach ((long start, long length) in runs)
        {
            long from = Math.Clamp(start, position, end);
            long to = Math.Clamp(start + length, from, end);
            WriteHole(file, bytes[(int)(position - offset)..(int)(from - offset)], position);
            if (to > from)
            {
                file.Write(bytes[(int)(from - offset)..(int)(to - offset)], from);
            }

            position = to;
        }

        WriteHole(file, bytes[(int)(position - offset)..], position);
    }

    private static void WriteHole(TargetFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        if (HasData(bytes))
        {
            file.Write(bytes, offset);
        }
    }

    private static TargetException Differs() => new("does not hold what was written to it", isBlocked: false);

    /// <summary>Writes bytes, and looks whether the file has them.</summary>
    private void WriteProven(TargetFile file, ReadOnlySpan<byte> bytes, long offset, IReadOnlyList<(long Offset, long Length)>? runs)
    {
        WriteRuns(file, bytes, offset, runs);
        if (!file.Holds(bytes, offset, _readBack, out bool isEnd))
        {
            throw Differs();
        }

        _provenEnd = isEnd ? offset + bytes.Length : -1;
    }

    /// <summary>Each byte up to there was read back: none may follow.</summary>
    private void ProveLength(TargetFile file, long size)
    {
        if (_provenEnd != size && file.Read(_readBack.AsSpan(0, 1), size) != 0)
        {
            throw Differs();
        }

        _provenEnd = -1;
    }

    private byte[] PartNameOf(RestoreJob job, RestoreName name) => book.Names.PartNameOf(name.Path, job.Hash);

    /// <summary>Makes a name from one that is there and is right.</summary>
    private void MakeCopy(RestoreJob job, RestoreName name, byte[] from, bool wasThere = false)
    {
        byte[] part = PartNameOf(job, name);
        byte[] buffer = _relay.Buffer;
        try
        {
            using (TargetFile source = target.OpenFile(from))
            using (TargetFile file = target.Create(part, name.Attributes))
            {
                Begin(file, name, job.Size);
                long offset = 0;
                for (int length = source.Read(buffer, offset); length > 0; length = source.Read(buffer, offset))
                {
                    WriteProven(file, buffer.AsSpan(0, length), offset, name.DataRuns);
                    offset += length;
                }

                ProveLength(file, job.Size);
                Finish(file, name);
            }

            target.Rename(part, name.Path, replaces || wasThere);
            if (wasThere)
            {
                book.Present(name);
                return;
            }

            book.Done(name, job.Size);
        }
        catch (TargetException e)
        {
            Discard(part);
            book.Refused(name, e);
        }
    }

    private void Finish(TargetFile file, RestoreName name)
    {
        if (file.SetAttributes(name.Attributes) is { } refused)
        {
            book.AttributesRefused(name.Path, refused);
        }
    }

    private bool AreEqual(byte[] one, byte[] other)
    {
        byte[] buffer = _relay.Buffer;
        using TargetFile first = target.OpenFile(one);
        using TargetFile second = target.OpenFile(other);
        for (long offset = 0; ;)
        {
            int length = first.Read(buffer, offset);
            if (length == 0 || !second.Holds(buffer.AsSpan(0, length), offset, _readBack, out _))
            {
                return length == 0;
            }

            offset += length;
        }
    }

    /// <summary>Takes a file of ours away that is of no use; where that fails, too, it lies there under a name that tells what it is.</summary>
    private void Discard(byte[] part)
    {
        try
        {
            if (target.Look(part) is not null)
            {
                target.Remove(part);
            }
        }
        catch (TargetException)
        {
            // What went wrong before is told of.
        }
    }
}
