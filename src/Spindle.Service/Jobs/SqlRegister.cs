// SPDX-License-Identifier: MIT
using System.Data.Common;
using System.Diagnostics;
using Spindle.Media;

namespace Spindle.Service.Jobs;

/// <summary>The statements that SQLite and PostgreSQL understand alike; what differs is in the abstract members.</summary>
/// <param name="lease">How long a station may not be heard of.</param>
internal abstract partial class SqlRegister(TimeSpan lease) : IRegister
{
    /// <summary>How often somebody who waits looks.</summary>
    protected static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private long Lease => (long)lease.TotalMilliseconds;

    /// <summary>The database's clock, in ms since 1970-01-01 UTC.</summary>
    public abstract string Now { get; }

    /// <summary>What goes behind a value that is to be in a list of ids.</summary>
    protected abstract string In(string parameter);

    /// <summary>What goes behind a query whose row is to be changed: <c>FOR UPDATE SKIP LOCKED</c>, or nothing where one writes at a time.</summary>
    protected abstract string Locking { get; }

    /// <summary>A value as the engine takes it: null, text, numbers, uuids, lists of uuids.</summary>
    public abstract object Value(object? value);

    /// <summary>A uuid as the engine gives it.</summary>
    protected abstract Guid Id(DbDataReader row, int column);

    /// <summary>From here to the end of the transaction, events are written by nobody else.</summary>
    public abstract Task OrderEventsAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken);

    /// <summary>A connection of one's own, for a moment.</summary>
    protected abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>A transaction that writes.</summary>
    protected abstract Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellationToken);

    /// <summary>Does work again that did not come to its end, where that is worth while: here, all work may be done again.</summary>
    /// <exception cref="OperationFailedException">It is not.</exception>
    protected abstract Task<T> AgainAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken);

    /// <summary>There are further events, of this process: who waits in it need not look.</summary>
    protected virtual void HasChanged()
    {
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>A word of an enumeration, as it stands in the tables: <c>late-taken</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonForm.Word(value);

    /// <inheritdoc/>
    public Task EnterAsync(StationSession station, string program, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        if (!await work.AnyAsync("SELECT 1 FROM station WHERE name = @name AND session = @session", cancellationToken, ("name", station.Station), ("session", station.Session)))
        {
            work.Tell(RegisterEventKind.StationEntered, new(null, station.Station), program);
        }

        return await work.RunAsync(
            $"""
            INSERT INTO station (name, session, program, seen) VALUES (@name, @session, @program, {Now})
            ON CONFLICT (name) DO UPDATE SET session = excluded.session, program = excluded.program, seen = excluded.seen
            """, cancellationToken, ("name", station.Station), ("session", station.Session), ("program", program));
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, StopRequest>> BeatAsync(StationSession station, IReadOnlyList<Beat> beats, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        if (await work.RunAsync($"UPDATE station SET seen = {Now} WHERE name = @name AND session = @session", cancellationToken, ("name", station.Station), ("session", station.Session)) == 0)
        {
            throw Failures.StationTaken(station.Station);
        }

        Dictionary<Guid, StopRequest> mine = [];
        foreach (Beat beat in beats)
        {
            foreach (StopRequest stop in await work.ListAsync(
                $"""
                UPDATE job SET lease = {Now} + {Lease}, heartbeat = {Now} - @seen, moved = {Now} - @moved, progress = COALESCE(@progress, progress)
                WHERE token = @token AND {IsHeld} RETURNING stop
                """, row => (StopRequest)row.GetInt32(0), cancellationToken,
                ("seen", (long)beat.SinceSeen.TotalMilliseconds), ("moved", (long)beat.SinceMoved.TotalMilliseconds), ("progress", beat.Progress), ("token", beat.Token)))
            {
                mine[beat.Token] = stop;
            }
        }

        return (IReadOnlyDictionary<Guid, StopRequest>)mine;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RegisterEvent>> EventsAsync(long after, int limit, CancellationToken cancellationToken) => await ReadAsync(
        "SELECT id, at, kind, job, token, attempt, author, detail FROM event WHERE id > @after ORDER BY id LIMIT @limit",
        row => new RegisterEvent(
            row.GetInt64(0), Moment(row, 1)!.Value, Parse<RegisterEventKind>(row.GetString(2)), IdOrNull(row, 3), IdOrNull(row, 4), Number(row, 5), row.GetString(6), row.GetString(7)),
        cancellationToken, ("after", after), ("limit", (long)limit));

    /// <inheritdoc/>
    public async Task<long> LastEventAsync(CancellationToken cancellationToken) => (await ReadAsync("SELECT COALESCE(MAX(id), 0) FROM event", row => row.GetInt64(0), cancellationToken)).Single();

    /// <inheritdoc/>
    public virtual async Task WaitAsync(long after, TimeSpan time, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        while ((await EventsAsync(after, 1, cancellationToken)).Count == 0 && Stopwatch.GetElapsedTime(began) < time)
        {
            await Task.Delay(BetweenLooks, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => (await ReadAsync($"SELECT {Now}", row => Moment(row, 0)!.Value, cancellationToken)).Single();

    /// <summary>A change: all of it, or nothing.</summary>
    protected Task<T> ChangeAsync<T>(Func<RegisterWork, Task<T>> change, CancellationToken cancellationToken) => AgainAsync(async () =>
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        await using DbTransaction transaction = await BeginAsync(connection, cancellationToken);
        RegisterWork work = new(this, connection, transaction);
        T result = await change(work);
        if (!work.IsAbandoned)
        {
            bool isTold = await work.WriteEventsAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (isTold)
            {
                HasChanged();
            }
        }

        return result;
    }, cancellationToken);

    /// <summary>A look.</summary>
    protected Task<List<T>> ReadAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string, object?)[] values) => AgainAsync(async () =>
    {
        await using DbConnection connection = await OpenAsync(cancellationToken);
        return await new RegisterWork(this, connection, null).ListAsync(sql, read, cancellationToken, values);
    }, cancellationToken);

    private static T Parse<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private static DateTimeOffset? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private Guid? IdOrNull(DbDataReader row, int column) => row.IsDBNull(column) ? null : Id(row, column);
}
