// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Spindle.Files;
using Spindle.Files.Locks;
using Spindle.Media;
using SQLitePCL;

namespace Spindle.Catalogue;

/// <summary>The working catalogue: an SQLite file that knows what the archive holds, and on which discs.</summary>
/// <remarks>
/// Any number of processes may read. One may work with it for as long as a scan takes, and says so by holding <c>catalogue.db-lock</c>,
/// which the operating system takes back when the process ends, however it ends. Others may enter something meanwhile, such as a disc
/// that was imaged: each in a transaction of a moment. What was committed survives a killed process and a pulled plug.
/// One instance belongs to one thread at a time. The file is explained in docs/formats/catalogue.md.
/// </remarks>
public sealed class CatalogueDatabase : IDisposable
{
    private const int BusyTimeoutMilliseconds = 10_000;
    private const int MillisecondsToEnter = 100, SecondsToEnter = 1; // then it is said that somebody waits
    private const int PageLength = 16 * 1024; // of a new catalogue: a plan of ten million names asks for a quarter of the pages that it would ask for with 4 KiB
    private const int CheckpointPages = 4 * 1024; // 64 MiB: each carries pages that the next would have written again

    // What is in use of a catalogue at a time grows with it; sorting may take as much again.
    private const int SmallestCacheKibibytes = 64 * 1024;
    private const int LargestCacheKibibytes = 192 * 1024;
    private const int CachedShare = 6;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestCourtesy = TimeSpan.FromSeconds(2);

    private readonly CatalogueUse _use;
    private readonly FileLock? _worker;
    private readonly CatalogueWait? _wait;

    static CatalogueDatabase()
    {
        // No connection is used by two threads at once: SQLite need not lock a mutex for each value of a row that is asked for.
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private CatalogueDatabase(string path, SqliteConnection connection, CatalogueUse use, FileLock? worker, CatalogueWait? wait)
    {
        Path = path;
        Connection = connection;
        (_use, _worker, _wait) = (use, worker, wait);
    }

    private enum CatalogueUse
    {
        Reading,
        Entering,
        Working,
    }

    /// <summary>The file, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>Whether this process may change the catalogue.</summary>
    public bool IsWritable => _use != CatalogueUse.Reading;

    /// <summary>For stores, which write SQL of their own.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>Names the archive, for ever.</summary>
    public Guid Uuid => Guid.Parse(Setting("uuid")!);

    /// <summary>Opens a catalogue to look into it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OperationFailedException"><c>no-catalogue</c>, <c>not-a-catalogue</c>, <c>catalogue-damaged</c>,
    /// <c>catalogue-newer</c>, <c>catalogue-failed</c>.</exception>
    public static CatalogueDatabase OpenForReading(string path) => Guarded(path, () =>
    {
        CatalogueFile.Require(path);
        string source = CatalogueFile.SourceForReading(path);
        CatalogueFile.WaitUntilMade(path, source);
        if (CatalogueFile.UserVersionOf(source) is { } version && version < CatalogueSchema.Steps.Count)
        {
            OpenForWriting(path).Dispose(); // brings it up to date
        }

        return Opened(path, source, SqliteOpenMode.ReadWrite, CatalogueUse.Reading, null, null);
    });

    /// <summary>Opens a catalogue to work with it, alone; an older one is brought up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wait">Waits until no other command works with it; null where that is an error.</param>
    /// <exception cref="OperationFailedException">As for reading, and <c>catalogue-busy</c>.</exception>
    public static CatalogueDatabase OpenForWriting(string path, CatalogueWait? wait = null) => Guarded(path, () =>
    {
        CatalogueFile.Require(path);
        return Opened(path, path, SqliteOpenMode.ReadWrite, CatalogueUse.Working, CatalogueFile.Lock(path, wait), wait);
    });

    /// <summary>Opens a catalogue to work with it, alone, and makes it where there is none.</summary>
    /// <param name="path">The file. Its directory must exist.</param>
    /// <param name="wait">As for writing.</param>
    /// <exception cref="OperationFailedException">As for writing.</exception>
    public static CatalogueDatabase OpenOrCreate(string path, CatalogueWait? wait = null) =>
        Guarded(path, () => Opened(path, path, SqliteOpenMode.ReadWriteCreate, CatalogueUse.Working, CatalogueFile.Lock(path, wait), wait));

    /// <summary>Opens a catalogue to enter something beside whoever works with it, and makes it where there is none.</summary>
    /// <remarks>All that is entered is entered in one transaction (<see cref="BeginWriting"/>), which is open for a moment only.</remarks>
    /// <param name="path">The file. Its directory must exist.</param>
    /// <param name="wait">Waits for the transactions of others; null where one that is not over within a second or two is an error.</param>
    /// <exception cref="OperationFailedException">As for writing.</exception>
    public static CatalogueDatabase OpenToEnter(string path, CatalogueWait? wait) => Guarded(path, () =>
    {
        if (!File.Exists(path) || CatalogueFile.UserVersionOf(path) is not { } version || version < CatalogueSchema.Steps.Count)
        {
            OpenOrCreate(path, wait).Dispose(); // which another command that works with it has done by now
        }

        return Opened(path, path, SqliteOpenMode.ReadWrite, CatalogueUse.Entering, null, wait);
    });

    /// <summary>Makes a catalogue that is gone when it is closed. What does not fit into memory, SQLite keeps in its own temporary directory.</summary>
    /// <param name="name">What messages call it.</param>
    public static CatalogueDatabase CreateTemporary(string name)
    {
        CatalogueDatabase database = new(name, new(new SqliteConnectionStringBuilder { DataSource = "", Pooling = false }.ToString()), CatalogueUse.Reading, null, null);
        database.Connection.Open();
        database.Run($"PRAGMA cache_size = -{SmallestCacheKibibytes}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
        database.Migrate();
        return database;
    }

    /// <summary>What holds for the whole archive, such as <c>job</c>.</summary>
    /// <param name="key">Which setting.</param>
    /// <returns>Null where it was never set.</returns>
    public string? Setting(string key)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = "SELECT value FROM archive WHERE key = $key";
        command.Parameters.AddWithValue("$key", key);
        return (string?)command.ExecuteScalar();
    }

    /// <summary>Says what holds for the whole archive.</summary>
    /// <param name="key">Which setting.</param>
    /// <param name="value">Its new value.</param>
    public void Set(string key, string value)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = "INSERT INTO archive (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }

    /// <summary>A transaction that writes: it holds the right to do so from its first moment, so that it never fails half-way.</summary>
    /// <exception cref="OperationCanceledException">It was waited for until that was ended.</exception>
    /// <exception cref="OperationFailedException"><c>catalogue-busy</c>: the same, where something was to be entered.</exception>
    public SqliteTransaction BeginWriting()
    {
        FileLock? waiting = null;
        try
        {
            while (true)
            {
                try
                {
                    return Connection.BeginTransaction(deferred: false);
                }
                catch (SqliteException e) when (_wait is not null && e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED)
                {
                    waiting ??= FileLock.TryTake(Path + CatalogueFile.WaitingEnding); // another who waits may have it, which does as well
                    _wait!.Moment(Path);
                }
            }
        }
        finally
        {
            waiting?.Dispose();
        }
    }

    /// <summary>Lets others in who wait to enter something: between two transactions of a work of hours there is a moment too short for them.</summary>
    public void GiveWay()
    {
        long began = Stopwatch.GetTimestamp();
        while (File.Exists(Path + CatalogueFile.WaitingEnding) && FileLock.IsTaken(Path + CatalogueFile.WaitingEnding) && Stopwatch.GetElapsedTime(began) < LongestCourtesy)
        {
            CancellationToken.None.WaitHandle.WaitOne(BetweenLooks);
        }
    }

    /// <summary>One state of the catalogue is seen until it ends, whatever others write; within a transaction, its state.</summary>
    public IDisposable Snapshot() => new Savepoint(this);

    /// <summary>Runs SQL that needs no values.</summary>
    public void Run(string sql)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A prepared statement for what is done a million times.</summary>
    public Statement Prepare(string sql) => new(Connection.Handle!, Path, sql);

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        _worker?.Dispose();
    }

    /// <summary>Turns what SQLite says about this file into words for the user; others' stores may wrap their work in it.</summary>
    /// <param name="path">The catalogue.</param>
    /// <param name="work">Works on it.</param>
    public static T Guarded<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw new OperationFailedException(FailureOf(path, e), e);
        }
    }

    /// <summary>The same for work that waits.</summary>
    public static async Task<T> GuardedAsync<T>(string path, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (SqliteException e)
        {
            throw new OperationFailedException(FailureOf(path, e), e);
        }
    }

    /// <summary>What SQLite says about this file, in words for the user.</summary>
    public static Failure FailureOf(string path, SqliteException e) => e.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => Failures.NotACatalogue(path),
        raw.SQLITE_CORRUPT => Failures.Damaged(path),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Failures.Busy(path),
        raw.SQLITE_READONLY => Failures.ReadOnly(path, e).Failure,
        // On a full disk, the shared memory beside the catalogue cannot be made, which SQLite calls an I/O error.
        raw.SQLITE_FULL => TargetFailure.NoRoom(path),
        raw.SQLITE_IOERR when e.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => TargetFailure.NoRoom(path),
        _ => Failures.Failed(path, e),
    };

    private static CatalogueDatabase Opened(string path, string source, SqliteOpenMode mode, CatalogueUse use, FileLock? worker, CatalogueWait? wait)
    {
        SqliteConnectionStringBuilder settings = new() { DataSource = source, Mode = source == path ? mode : SqliteOpenMode.ReadOnly, Pooling = false, ForeignKeys = use != CatalogueUse.Reading };
        if (use == CatalogueUse.Entering)
        {
            settings.DefaultTimeout = SecondsToEnter;
        }

        CatalogueDatabase database = new(System.IO.Path.GetFullPath(path), new(settings.ToString()), use, worker, wait);
        try
        {
            database.Connection.Open();
            database.Run($"PRAGMA busy_timeout = {(use == CatalogueUse.Entering ? MillisecondsToEnter : BusyTimeoutMilliseconds)}");
            database.Check(path);
            if (use == CatalogueUse.Working)
            {
                database.Run($"PRAGMA page_size = {PageLength}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = {CheckpointPages}");
                database.Migrate();
            }

            database.Run($"PRAGMA cache_size = -{CacheKibibytes(path)}"); // now that pages have their size: SQLite counts by the one of this moment
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static long CacheKibibytes(string path) =>
        Math.Clamp(new FileInfo(path) is { Exists: true, Length: var length } ? length / 1024 / CachedShare : 0, SmallestCacheKibibytes, LargestCacheKibibytes);

    private void Check(string path)
    {
        long application = CatalogueFile.Pragma(Connection, "application_id");
        bool isNew = application == 0 && CatalogueFile.Pragma(Connection, "schema_version") == 0 && CatalogueFile.Pragma(Connection, "user_version") == 0;
        if (application != CatalogueSchema.ApplicationId && !(isNew && IsWritable))
        {
            throw new OperationFailedException(Failures.NotACatalogue(path));
        }

        long version = CatalogueFile.Pragma(Connection, "user_version");
        if (version > CatalogueSchema.Steps.Count)
        {
            throw Failures.Newer(path, version, CatalogueSchema.Steps.Count);
        }
    }

    /// <summary>Takes each missing step whole or not at all.</summary>
    private void Migrate()
    {
        for (long version = CatalogueFile.Pragma(Connection, "user_version"); version < CatalogueSchema.Steps.Count; version++)
        {
            using SqliteTransaction transaction = BeginWriting();
            Run(CatalogueSchema.Steps[(int)version]);
            Run($"PRAGMA application_id = {CatalogueSchema.ApplicationId}; PRAGMA user_version = {version + 1}");
            if (version == 0)
            {
                Set("uuid", Guid.NewGuid().ToString());
            }

            transaction.Commit();
        }
    }

    private sealed class Savepoint : IDisposable
    {
        private readonly CatalogueDatabase _database;

        public Savepoint(CatalogueDatabase database)
        {
            _database = database;
            database.Run("SAVEPOINT snapshot");
        }

        public void Dispose() => _database.Run("RELEASE snapshot");
    }
}
