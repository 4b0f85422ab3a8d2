// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Spindle.Service.Jobs;

/// <summary>Jobs on their way to a station.</summary>
internal abstract partial class SqlRegister
{
    // On the claiming station: what a needed resource is called among those that are taken, and how many may have it.
    private const string Held = $"CASE r.resource WHEN '{JobOrder.Processor}' THEN '{JobOrder.Processor}@' || @station ELSE r.resource END";
    private static readonly string StationHeld = $"'{Hold.StationOf("")}' || @station";
    private static readonly string Tokens = $"CASE r.resource WHEN '{JobOrder.Processor}' THEN {JobOrder.ProcessorTokens} ELSE 1 END";

    /// <inheritdoc/>
    public Task<Entered> EnqueueAsync(JobOrder order, CancellationToken cancellationToken) => ChangeAsync(work => EnterJobAsync(work, order, null, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<Entered?> RetryAsync(Guid ended, Guid id, string? by, CancellationToken cancellationToken) => ChangeAsync<Entered?>(async work =>
        (await work.ListAsync($"SELECT {Columns} FROM job WHERE id = @job AND state = 'ended'", JobOf, cancellationToken, ("job", ended))) is [Job job]
            ? await EnterJobAsync(work, job.Order with { Id = id, Operator = by ?? job.Order.Operator }, ended, cancellationToken)
            : null, cancellationToken);

    /// <inheritdoc/>
    public async Task<Job?> ClaimAsync(StationSession station, Guid token, CancellationToken cancellationToken)
    {
        while (true)
        {
            (Job? job, bool hasCollided) = await ChangeAsync(work => TryClaimAsync(work, station, token, cancellationToken), cancellationToken);
            if (!hasCollided)
            {
                return job;
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> StartedAsync(Claim claim, ChildProcess child, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        (string, object?)[] values = [("process", child.Id), ("start", child.Started), ("job", claim.Job), ("token", claim.Token)];
        List<int> attempts = await work.ListAsync(
            $"UPDATE job SET process = @process, process_start = @start WHERE id = @job AND token = @token AND {IsHeld} AND (process IS NULL OR process <> @process OR process_start <> @start) RETURNING attempt",
            row => row.GetInt32(0), cancellationToken, values);
        if (attempts is [int attempt])
        {
            work.Tell(RegisterEventKind.Started, new(claim.Job, claim.Station, claim.Token, attempt));
            return true;
        }

        return await work.AnyAsync($"SELECT 1 FROM job WHERE id = @job AND token = @token AND process = @process AND process_start = @start AND {IsHeld}", cancellationToken, values);
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AskToStopAsync(Guid job, StopRequest how, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        // Nobody has it: a queued one is taken back, and what became of a lost one is not known.
        List<(string Outcome, int Attempt)> over = await work.ListAsync(
            $"""
            UPDATE job SET state = 'ended', ended = {Now}, stop = @stop, outcome = CASE state WHEN 'lost' THEN 'lost' ELSE 'cancelled' END
            WHERE id = @job AND (state = 'queued' OR state = 'lost') RETURNING outcome, attempt
            """, row => (row.GetString(0), row.GetInt32(1)), cancellationToken, ("job", job), ("stop", (int)how));
        if (over is [(string outcome, int attempt)])
        {
            await FreeAsync(work, job, cancellationToken);
            work.Tell(RegisterEventKind.Ended, new(job, by, null, attempt), outcome);
            return true;
        }

        List<(Guid Token, int Attempt)> asked = await work.ListAsync(
            $"UPDATE job SET state = 'stopping', stop = @stop WHERE id = @job AND {IsHeld} AND stop < @stop RETURNING token, attempt",
            row => (Id(row, 0), row.GetInt32(1)), cancellationToken, ("job", job), ("stop", (int)how));
        if (asked is [(Guid token, int running)])
        {
            work.Tell(RegisterEventKind.Stopping, new(job, by, token, running), Word(how));
            return true;
        }

        return await work.AnyAsync($"SELECT 1 FROM job WHERE id = @job AND {IsHeld}", cancellationToken, ("job", job));
    }, cancellationToken);

    private static async Task FreeAsync(RegisterWork work, Guid job, CancellationToken cancellationToken) =>
        await work.RunAsync("DELETE FROM holding WHERE job = @job", cancellationToken, ("job", job));

    private async Task<Entered> EnterJobAsync(RegisterWork work, JobOrder order, Guid? retryOf, CancellationToken cancellationToken)
    {
        string[] resources = [.. order.Resources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string listed = JsonSerializer.Serialize(resources, RegisterJson.Default.StringArray);
        string same = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{order.Verb}\n{listed}\n{order.Request}")));
        while (true)
        {
            List<long> numbers = await work.ListAsync(
                $"""
                INSERT INTO job (id, verb, title, request, resources, same, station, movable, priority, batch, operator_name, retry_of, state, stop, attempt, created)
                VALUES (@id, @verb, @title, @request, @resources, @same, @station, @movable, @priority, @batch, @operator, @retry, 'queued', 0, 0, {Now})
                ON CONFLICT DO NOTHING RETURNING number
                """, row => row.GetInt64(0), cancellationToken,
                ("id", order.Id), ("verb", order.Verb), ("title", order.Title), ("request", order.Request), ("resources", listed), ("same", same), ("station", order.Station),
                ("movable", order.IsMovable ? 1 : 0), ("priority", order.Priority), ("batch", order.Batch), ("operator", order.Operator), ("retry", retryOf));
            if (numbers is [long entered])
            {
                foreach (string resource in resources)
                {
                    await work.RunAsync("INSERT INTO job_resource (job, resource) VALUES (@job, @resource)", cancellationToken, ("job", order.Id), ("resource", resource));
                }

                if (order.Batch is { } batch && retryOf is null) // a retry belongs to what is there already
                {
                    await EnterBatchAsync(work, batch, order.Operator, cancellationToken);
                }

                work.Tell(RegisterEventKind.Queued, new(order.Id, order.Operator, null, 0), order.Verb);
                return new(order.Id, entered, false);
            }

            // This very order, sent again, whatever became of it meanwhile; else the one that does the same. Where many write at a time, that may just have ended: then once more.
            if (await work.ListAsync(
                "SELECT id, number FROM job WHERE id = @id OR (same = @same AND state <> 'ended') ORDER BY CASE id WHEN @id THEN 0 ELSE 1 END LIMIT 1",
                row => new Entered(Id(row, 0), row.GetInt64(1), Id(row, 0) != order.Id), cancellationToken, ("id", order.Id), ("same", same)) is [Entered there])
            {
                return there;
            }
        }
    }

    private async Task<(Job? Job, bool HasCollided)> TryClaimAsync(RegisterWork work, StationSession station, Guid token, CancellationToken cancellationToken)
    {
        if (!await work.AnyAsync("SELECT 1 FROM station WHERE name = @name AND session = @session", cancellationToken, ("name", station.Station), ("session", station.Session)))
        {
            throw Failures.StationTaken(station.Station);
        }

        if (await work.ListAsync($"SELECT {Columns} FROM job WHERE token = @token", JobOf, cancellationToken, ("token", token)) is [Job again])
        {
            return (again, false); // the answer was lost on its way
        }

        List<Job> next = await work.ListAsync(
            $"""
            SELECT {Columns} FROM job j WHERE (state = 'queued' OR state = 'lost')
                AND ((state = 'queued' AND (station IS NULL OR station = @station)) OR (state = 'lost' AND holder = @station))
                AND NOT EXISTS (SELECT 1 FROM job_resource r WHERE r.job = j.id
                    AND (SELECT count(*) FROM holding h WHERE h.resource = {Held} AND h.job <> j.id) >= {Tokens})
                AND NOT EXISTS (SELECT 1 FROM hold d WHERE d.resource = {StationHeld} OR EXISTS (SELECT 1 FROM job_resource r WHERE r.job = j.id AND r.resource = d.resource))
            ORDER BY priority DESC, number LIMIT 1 {Locking}
            """, JobOf, cancellationToken, ("station", station.Station));
        if (next is not [Job job])
        {
            return (null, false);
        }

        // What the query saw was committed when it looked; the key of `holding` is what makes it true.
        foreach (string resource in job.Order.Resources)
        {
            if (!await TakeAsync(work, job.Order.Id, resource, station.Station, cancellationToken))
            {
                work.Abandon();
                return (null, true);
            }
        }

        Job claimed = (await work.ListAsync(
            $"""
            UPDATE job SET state = 'running', token = @token, holder = @station, attempt = attempt + 1, lease = {Now} + {Lease}, started = {Now}, heartbeat = {Now}, moved = {Now},
                process = NULL, process_start = NULL, progress = NULL
            WHERE id = @job RETURNING {Columns}
            """, JobOf, cancellationToken, ("token", token), ("station", station.Station), ("job", job.Order.Id))).Single();
        work.Tell(RegisterEventKind.Claimed, new(job.Order.Id, station.Station, token, claimed.Attempt));
        return (claimed, false);
    }

    /// <summary>Takes one resource, in the order of names as all do, so that no two wait for each other.</summary>
    private static async Task<bool> TakeAsync(RegisterWork work, Guid job, string resource, string station, CancellationToken cancellationToken)
    {
        bool isCounted = resource == JobOrder.Processor;
        string held = isCounted ? $"{resource}@{station}" : resource;
        if (await work.AnyAsync("SELECT 1 FROM holding WHERE resource = @resource AND job = @job", cancellationToken, ("resource", held), ("job", job)))
        {
            return true; // of a job that was lost, and keeps what it has
        }

        for (int slot = 0; slot < (isCounted ? JobOrder.ProcessorTokens : 1); slot++)
        {
            if (await work.RunAsync(
                "INSERT INTO holding (resource, slot, job) VALUES (@resource, @slot, @job) ON CONFLICT DO NOTHING", cancellationToken, ("resource", held), ("slot", slot), ("job", job)) == 1)
            {
                return true;
            }
        }

        return false;
    }
}
