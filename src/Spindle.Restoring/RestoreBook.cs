// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Text;
using Spindle.Catalogue;
using Spindle.Files;
using Spindle.Files.Targets;
using Spindle.Media;

namespace Spindle.Restoring;

/// <summary>Keeps account of what was restored. All threads write into it.</summary>
internal sealed class RestoreBook
{
    private const int MaximumProblems = 1000;

    private readonly NumberSet _decided;
    private readonly NumberSet _there;
    private readonly ConcurrentQueue<long> _notYetMarked = new();
    private readonly ConcurrentQueue<Failure> _problems = new();
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
        return new(entries.Scalar()!.Value) { Names = TargetNames.Of(database) };
    }

    public long FilesRestored => Volatile.Read(ref _restored);

    /// <summary>Files of which it is known what became of them.</summary>
    public long FilesDecided => Volatile.Read(ref _decidedCount);

    public long FilesPresent => Volatile.Read(ref _present);

    public long Bytes => Volatile.Read(ref _bytes);

    public IReadOnlyCollection<Failure> Problems => _problems;

    /// <summary>What is called otherwise than in the archive.</summary>
    public TargetNames Names { get; private init; } = new();

    /// <summary>Whether a name was made by this run, or was there.</summary>
    public bool IsDone(long entry) => _there.Contains(entry);

    /// <summary>Whether it is known what became of a name.</summary>
    public bool IsDecided(long entry) => _decided.Contains(entry);

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
            throw new OperationFailedException(TargetFailure.NoRoom(text), e);
        }

        if (e.IsThere)
        {
            Problem(AlreadyThere(text));
            return;
        }

        Problem(e.IsBlocked
            ? new("target-blocked", $"{text} cannot be written: a link or a file stands where a directory is needed", "another --to")
            : new("not-restored", $"{text} {e.Message}"));
    }

    /// <summary>Something else has the name, and was not to be replaced.</summary>
    public static Failure AlreadyThere(string text, bool isDirectory = false) =>
        new("already-exists", $"{text} is there already, and is something else", isDirectory ? "move it away" : "--overwrite replaces it");

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
}
