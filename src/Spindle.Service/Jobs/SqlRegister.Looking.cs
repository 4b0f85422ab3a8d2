// SPDX-License-Identifier: MIT
using System.Data.Common;
using System.Text.Json;

namespace Spindle.Service.Jobs;

/// <summary>What pages and lists are made of.</summary>
internal abstract partial class SqlRegister
{
    // Word for word as in the index job_lease, which SQLite uses only then.
    private const string IsHeld = "(state = 'running' OR state = 'stopping')";

    private const string Columns = """
        id, number, verb, title, request, resources, station, movable, priority, batch, operator_name, retry_of, state, stop, attempt, token, holder, lease,
        created, started, ended, process, process_start, heartbeat, moved, progress, outcome, document_path, failure_code, failure_what, failure_hint, exit_code, exit_signal
        """;

    /// <inheritdoc/>
    public async Task<Job?> JobAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync($"SELECT {Columns} FROM job WHERE id = @id", JobOf, cancellationToken, ("id", id))).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<Job?> JobAsync(long number, CancellationToken cancellationToken) =>
        (await ReadAsync($"SELECT {Columns} FROM job WHERE number = @number", JobOf, cancellationToken, ("number", number))).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<string?> DocumentAsync(Guid job, CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT document FROM job WHERE id = @id", row => Text(row, 0), cancellationToken, ("id", job))).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Job>> ListAsync(JobFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        List<string> conditions = [];
        List<(string, object?)> values = [("limit", (long)limit)];
        void Where(string condition, string name, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
                values.Add((name, value));
            }
        }

        if (filter.States.Count > 0)
        {
            conditions.Add($"state IN ({string.Join(", ", filter.States.Select(state => $"'{Word(state)}'"))})");
            if (!filter.States.Contains(JobState.Ended))
            {
                conditions.Add("state <> 'ended'"); // follows from the former, and is what the index job_open asks for
            }
        }

        Where("number < @before", "before", before);
        Where("verb = @verb", "verb", filter.Verb);
        Where("batch = @batch", "batch", filter.Batch);
        Where("operator_name = @operator", "operator", filter.Operator);
        Where("EXISTS (SELECT 1 FROM job_resource r WHERE r.job = job.id AND r.resource = @resource)", "resource", filter.Resource);
        return await ReadAsync(
            $"SELECT {Columns} FROM job{(conditions.Count == 0 ? "" : " WHERE ")}{string.Join(" AND ", conditions)} ORDER BY number DESC LIMIT @limit", JobOf, cancellationToken, [.. values]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<JobState, long>> CountsAsync(CancellationToken cancellationToken) => (await ReadAsync(
        // In two, so that each has an index: those that ended are many.
        "SELECT state, count(*) FROM job WHERE state <> 'ended' GROUP BY state UNION ALL SELECT 'ended', count(*) FROM job WHERE state = 'ended'",
        row => KeyValuePair.Create(Parse<JobState>(row.GetString(0)), row.GetInt64(1)), cancellationToken)).Where(count => count.Value > 0).ToDictionary();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobWait>> WaitsAsync(string station, CancellationToken cancellationToken) =>
    [
        .. await ReadAsync(
            $"""
            SELECT j.id, d.resource FROM job j JOIN hold d ON d.resource = {StationHeld} OR EXISTS (SELECT 1 FROM job_resource r WHERE r.job = j.id AND r.resource = d.resource)
            WHERE j.state = 'queued' AND j.state <> 'ended' AND (j.station IS NULL OR j.station = @station)
            ORDER BY j.priority DESC, j.number, d.resource
            """, row => new JobWait(Id(row, 0), row.GetString(1), null), cancellationToken, ("station", station)),
        .. await ReadAsync(
            $"""
            SELECT j.id, r.resource, k.number FROM job j
                JOIN job_resource r ON r.job = j.id JOIN holding h ON h.resource = {Held} JOIN job k ON k.id = h.job
            WHERE j.state = 'queued' AND j.state <> 'ended' AND (j.station IS NULL OR j.station = @station)
                AND (SELECT count(*) FROM holding g WHERE g.resource = h.resource) >= {Tokens}
            ORDER BY j.priority DESC, j.number, r.resource, h.slot
            """, row => new JobWait(Id(row, 0), row.GetString(1), row.GetInt64(2)), cancellationToken, ("station", station)),
    ];

    private Job JobOf(DbDataReader row)
    {
        Guid id = Id(row, 0);
        string? holder = Text(row, 16);
        return new()
        {
            Order = new()
            {
                Id = id,
                Verb = row.GetString(2),
                Title = row.GetString(3),
                Request = row.GetString(4),
                Resources = JsonSerializer.Deserialize(row.GetString(5), RegisterJson.Default.StringArray)!,
                Station = Text(row, 6),
                IsMovable = row.GetInt32(7) == 1,
                Priority = row.GetInt32(8),
                Batch = Text(row, 9),
                Operator = Text(row, 10),
            },
            Number = row.GetInt64(1),
            RetryOf = IdOrNull(row, 11),
            State = Parse<JobState>(row.GetString(12)),
            Stop = (StopRequest)row.GetInt32(13),
            Attempt = row.GetInt32(14),
            Claim = IdOrNull(row, 15) is { } token ? new Claim(id, token, holder!) : null,
            Holder = holder,
            Lease = Moment(row, 17),
            Created = Moment(row, 18)!.Value,
            Started = Moment(row, 19),
            Ended = Moment(row, 20),
            Child = Number(row, 21) is { } process ? new ChildProcess(process, row.GetString(22)) : null,
            Heartbeat = Moment(row, 23),
            Moved = Moment(row, 24),
            Progress = Text(row, 25),
            Outcome = Text(row, 26) is { } outcome ? Parse<JobOutcome>(outcome) : null,
            DocumentPath = Text(row, 27),
            Failure = FailureOf(row, 28),
            ExitCode = Number(row, 31),
            Signal = Number(row, 32),
        };
    }
}
