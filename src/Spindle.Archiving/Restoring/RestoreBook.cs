// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Media;

namespace Spindle.Archiving.Restoring;

/// <summary>Keeps account of what was restored. All threads write into it.</summary>
internal sealed class RestoreBook
{
    private const int LongestName = 255; // NAME_MAX of Linux, and about that of all others
    private const int MaximumProblems = 1000;

    private readonly NumberSet _decided;
    private readonly NumberSet _there;
    private readonly ConcurrentQueue<long> _notYetMarked = new();
    private readonly ConcurrentQueue<Failure> _problems = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private long _restored;
    private long _present;
    private long _bytes;
    private int _problemCount;
    private long _decidedCount;

    private RestoreBook(long entries) => (_decided, _there) = (new(entries), new(entries));

    /// <summary>A book for the entries of a catalogue.</summary>
    public static RestoreBook For(CatalogueDatabase database)
    {
        using Statement entries = database.Prepare("SELECT coalesce(max(id), 0) FROM entry");
        return new(entries.Scalar()!.Value);
    }

    public long FilesRestored => Volatile.Read(ref _restored);

    /// <summary>Files of which it is known what became of them.</summary>
    public long FilesDecided => Volatile.Read(ref _decidedCount);

    public long FilesPresent => Volatile.Read(ref _present);

    public long Bytes => Volatile.Read(ref _bytes);

    public IReadOnlyCollection<Failure> Problems => _problems;

    /// <summary>Remembers a path of the archive that looks like one of ours: it must not be taken for one.</summary>
    public void Take(ReadOnlySpan<byte> path) => _taken.Add(Encoding.Latin1.GetString(path));

    /// <summary>What a file is called until it is whole.</summary>
    public byte[] PartNameOf(byte[] path) => NameWith(path, ".part"u8);

    /// <summary>What a file is called of which not all could be had.</summary>
    public byte[] DamagedNameOf(byte[] path) => NameWith(path, ".damaged"u8);

    /// <summary>Whether a name was made by this run, or was there.</summary>
    public bool IsDone(long entry) => _there.Contains(entry);

    /// <summary>Whether a name was there before.</summary>
    public bool IsPresent(long entry) => IsDone(entry);

    /// <summary>A file is there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="written">Bytes that were written for it.</param>
    public void Done(RestoreName name, long written)
    {
        Mark(name.Entry, isThere: true);
        Interlocked.Increment(ref _restored);
        Interlocked.Add(ref _bytes, written);
    }

    /// <summary>A file was there already.</summary>
    public void Present(RestoreName name)
    {
        Mark(name.Entry, isThere: true);
        Interlocked.Increment(ref _restored);
        Interlocked.Increment(ref _present);
    }

    /// <summary>A file will not be there, and it was said why.</summary>
    public void Skip(long entry) => Mark(entry);

    /// <summary>The target did not take a file.</summary>
    /// <exception cref="OperationFailedException">There is no room for more.</exception>
    public void Refused(RestoreName name, TargetException e)
    {
        Mark(name.Entry);
        Refused(name.Path, e);
    }

    /// <summary>The target did not take something.</summary>
    /// <exception cref="OperationFailedException">There is no room for more.</exception>
    public void Refused(ReadOnlySpan<byte> path, TargetException e)
    {
        string text = Encoding.UTF8.GetString(path);
        if (e.IsFull)
        {
            throw new OperationFailedException(new("no-space", $"{text} {e.Message}", "make room, and run the same command again: it goes on where it was"), e);
        }

        Problem(e.IsBlocked
            ? new("target-blocked", $"{text} cannot be written: a link or a file stands where a directory is needed", "another --to")
            : new("not-restored", $"{text} {e.Message}"));
    }

    /// <summary>Something was restored, but not all that belongs to it.</summary>
    public void AttributesRefused(ReadOnlySpan<byte> path, string what) =>
        Problem(new("attributes-not-set", $"{Encoding.UTF8.GetString(path)}: not set: {what}", "another file system, or the rights of root"));

    public void Problem(Failure failure)
    {
        if (Interlocked.Increment(ref _problemCount) <= MaximumProblems)
        {
            _problems.Enqueue(failure);
        }
    }

    /// <summary>Brings into the tables what is done since the last time. By the thread that has the catalogue.</summary>
    public void MarkIn(CatalogueDatabase database)
    {
        if (_notYetMarked.IsEmpty)
        {
            return;
        }

        using Microsoft.Data.Sqlite.SqliteTransaction transaction = database.Connection.BeginTransaction(deferred: true);
        using (Statement mark = database.Prepare("UPDATE temp.wanted SET state = 1 WHERE entry = ?1"))
        {
            while (_notYetMarked.TryDequeue(out long entry))
            {
                mark.Bind(1, entry).Run();
            }
        }

        transaction.Commit();
    }

    private void Mark(long entry, bool isThere = false)
    {
        if (_decided.Add(entry))
        {
            if (isThere)
            {
                _there.Add(entry);
            }

            _notYetMarked.Enqueue(entry);
            Interlocked.Increment(ref _decidedCount);
        }
    }

    private byte[] NameWith(byte[] path, ReadOnlySpan<byte> suffix)
    {
        ReadOnlySpan<byte> name = ArchivePath.NameOf(path);
        byte[] full = [.. path, .. suffix];
        if (name.Length + suffix.Length > LongestName)
        {
            ReadOnlySpan<byte> hash = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(name))).AsSpan(0, 16);
            full = ArchivePath.Join(ArchivePath.DirectoryOf(path), [.. name[..(LongestName - suffix.Length - hash.Length - 1)], (byte)'~', .. hash, .. suffix]);
        }

        while (_taken.Count > 0 && _taken.Contains(Encoding.Latin1.GetString(full)))
        {
            full = [.. full, .. suffix];
        }

        return full;
    }
}
