// SPDX-License-Identifier: MIT
using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Spindle.Service.Jobs;

/// <summary>The register as one file on this machine: one writer at a time, for whom others wait.</summary>
internal sealed class SqliteRegister : SqlRegister
{
    private const int BusyMilliseconds = 2_000; // then we look whether the wait was ended
    private const int BusySeconds = 1; // of the provider, which waits in steps of 150 ms behind that

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly RegisterSchema Schema = new("INTEGER PRIMARY KEY AUTOINCREMENT", "text");

    private readonly string _path;
    private readonly string _settings;
    private readonly TimeSpan _patience;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Opens a register, and makes it where there is none.</summary>
    /// <param name="path">The file. Its directory must exist.</param>
    /// <param name="lease">How long a station may not be heard of.</param>
    /// <param name="patience">How long to wait for others.</param>
    public SqliteRegister(string path, TimeSpan lease, TimeSpan patience)
        : base(lease)
    {
        (_path, _patience) = (path, patience);
        _settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = BusySeconds }.ToString();
        Again(() =>
        {
            using SqliteConnection connection = Connect();
            Check(connection);
            Migrate(connection);
            Run(connection, "SELECT 1 FROM job LIMIT 1"); // the tables are read here: else the first call would find that they are damaged
            return true;
        }, CancellationToken.None);
    }

    /// <inheritdoc/>
    public override string Now => "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    /// <inheritdoc/>
    protected override string Locking => "";

    /// <inheritdoc/>
    public override object Value(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToString(), // the provider's own text is in upper case
        Guid[] ids => JsonSerializer.Serialize(ids, RegisterJson.Default.GuidArray),
        _ => value,
    };

    /// <inheritdoc/>
    public override Task OrderEventsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken) => Task.CompletedTask; // one writes at a time

    /// <summary>A connection as all that is done here has it.</summary>
    internal SqliteConnection Connect()
    {
        SqliteConnection connection = new(_settings);
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        using SqliteConnection connection = new(_settings);
        SqliteConnection.ClearPool(connection); // the last one takes away what SQLite keeps beside the file
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task WaitAsync(long after, TimeSpan time, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        await using SqliteConnection connection = Again(Connect, cancellationToken);
        TimeSpan pause = BetweenLooks;
        for (long seen = -1; ;)
        {
            Task changed = _changed.Task; // before the look: what comes behind it is not missed

            // Rises with what others commit, by a look into memory that all share: a service that has nothing to do costs nothing.
            long version = Again(() => Pragma(connection, "data_version"), cancellationToken);
            if (version != seen && (await EventsAsync(after, 1, cancellationToken)).Count > 0)
            {
                return;
            }

            TimeSpan left = time - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            seen = version;
            await Task.WhenAny(changed, Task.Delay(left < pause ? left : pause, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            seen = changed.IsCompleted ? -1 : seen;
            pause = pause * 1.2 < LongestPause ? pause * 1.2 : LongestPause; // the longer nothing came, the less does a moment matter
        }
    }

    /// <inheritdoc/>
    protected override void HasChanged() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <inheritdoc/>
    protected override string In(string parameter) => $"IN (SELECT value FROM json_each({parameter}))";

    /// <inheritdoc/>
    protected override Guid Id(DbDataReader row, int column) => Guid.Parse(row.GetString(column));

    /// <inheritdoc/>
    protected override Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => Task.FromResult<DbConnection>(Connect());

    /// <inheritdoc/>
    protected override Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    /// <inheritdoc/>
    protected override Task<T> AgainAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.FromResult(Again(() => work().GetAwaiter().GetResult(), cancellationToken)); // nothing in it waits: the provider has no other way

    private static long Pragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private T Again<T>(Func<T> work, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return work();
            }
            catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED && Stopwatch.GetElapsedTime(began) < _patience)
            {
                // Nothing of it was done.
            }
            catch (SqliteException e)
            {
                throw e.SqliteErrorCode switch
                {
                    raw.SQLITE_NOTADB => Failures.NotARegister(_path, e),
                    raw.SQLITE_CORRUPT => Failures.Damaged(_path, e),
                    raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Failures.Busy(_path, _patience, e),
                    raw.SQLITE_READONLY => Failures.ReadOnly(_path, e),
                    raw.SQLITE_CANTOPEN when File.Exists(_path) => Failures.ReadOnly(_path, e),
                    // On a full disk, the shared memory beside the file cannot be made, which SQLite calls an I/O error.
                    raw.SQLITE_FULL => Failures.NoRoom(_path, e),
                    raw.SQLITE_IOERR when e.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE => Failures.NoRoom(_path, e),
                    _ => Failures.Failed(_path, e),
                };
            }
        }
    }

    private void Check(SqliteConnection connection)
    {
        long application = Pragma(connection, "application_id");
        bool isNew = application == 0 && Pragma(connection, "schema_version") == 0 && Pragma(connection, "user_version") == 0;
        if (application != RegisterSchema.ApplicationId && !isNew)
        {
            throw Failures.NotARegister(_path);
        }

        long version = Pragma(connection, "user_version");
        if (version > Schema.Steps.Count)
        {
            throw Failures.Newer(_path, version, Schema.Steps.Count);
        }

        if (raw.sqlite3_db_readonly(connection.Handle, "main") == 1)
        {
            throw Failures.ReadOnly(_path); // else the first change would say so
        }
    }

    /// <summary>Takes the missing steps, all or none; another program may be about to do the same.</summary>
    private static void Migrate(SqliteConnection connection)
    {
        if (Pragma(connection, "user_version") == Schema.Steps.Count)
        {
            return;
        }

        Run(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        for (long version = Pragma(connection, "user_version"); version < Schema.Steps.Count; version++)
        {
            Run(connection, Schema.Steps[(int)version]);
            Run(connection, $"PRAGMA application_id = {RegisterSchema.ApplicationId}; PRAGMA user_version = {version + 1}");
        }

        transaction.Commit();
    }
}
