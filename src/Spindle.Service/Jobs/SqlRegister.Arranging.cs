// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>What people arrange: which job is next, what is kept back, which batches take jobs.</summary>
internal abstract partial class SqlRegister
{
    /// <inheritdoc/>
    public Task<bool> PrioritizeAsync(Guid job, int priority, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        if (await work.RunAsync("UPDATE job SET priority = @priority WHERE id = @job AND state = 'queued' AND priority <> @priority", cancellationToken, ("priority", priority), ("job", job)) == 1)
        {
            work.Tell(RegisterEventKind.Prioritized, new(job, by), Invariant(priority));
            return true;
        }

        return await work.AnyAsync("SELECT 1 FROM job WHERE id = @job AND state = 'queued'", cancellationToken, ("job", job));
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> PromoteAsync(Guid job, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        List<int> risen = await work.ListAsync(
            """
            UPDATE job SET priority = (SELECT MAX(o.priority) + 1 FROM job o WHERE o.state = 'queued' AND o.id <> @job)
            WHERE id = @job AND state = 'queued' AND EXISTS (SELECT 1 FROM job o WHERE o.state = 'queued' AND o.id <> @job AND (o.priority > job.priority OR (o.priority = job.priority AND o.number < job.number)))
            RETURNING priority
            """, row => row.GetInt32(0), cancellationToken, ("job", job));
        if (risen is [int priority])
        {
            work.Tell(RegisterEventKind.Prioritized, new(job, by), Invariant(priority));
            return true;
        }

        return await work.AnyAsync("SELECT 1 FROM job WHERE id = @job AND state = 'queued'", cancellationToken, ("job", job));
    }, cancellationToken);

    /// <inheritdoc/>
    public Task HoldAsync(string resource, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        int changed = await work.RunAsync($"INSERT INTO hold (resource, at, author) VALUES (@resource, {Now}, @by) ON CONFLICT DO NOTHING", cancellationToken, ("resource", resource), ("by", by ?? ""));
        if (changed == 1)
        {
            work.Tell(RegisterEventKind.Held, new(null, by), resource);
        }

        return changed;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task FreeAsync(string resource, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        int changed = await work.RunAsync("DELETE FROM hold WHERE resource = @resource", cancellationToken, ("resource", resource));
        if (changed == 1)
        {
            work.Tell(RegisterEventKind.Freed, new(null, by), resource);
        }

        return changed;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Hold>> HoldsAsync(CancellationToken cancellationToken) =>
        await ReadAsync("SELECT resource, at, author FROM hold ORDER BY resource", row => new Hold(row.GetString(0), Moment(row, 1)!.Value, row.GetString(2)), cancellationToken);

    /// <inheritdoc/>
    public Task OpenBatchAsync(string batch, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        int changed = await work.RunAsync(
            $"""
            INSERT INTO batch (name, opened, author) VALUES (@name, {Now}, @by)
            ON CONFLICT (name) DO UPDATE SET closed = NULL, author = excluded.author WHERE batch.closed IS NOT NULL
            """, cancellationToken, ("name", batch), ("by", by ?? ""));
        if (changed == 1)
        {
            work.Tell(RegisterEventKind.BatchOpened, new(null, by), batch);
        }

        return changed;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CloseBatchAsync(string batch, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        if (await work.RunAsync($"UPDATE batch SET closed = {Now}, author = @by WHERE name = @name AND closed IS NULL", cancellationToken, ("name", batch), ("by", by ?? "")) == 1)
        {
            work.Tell(RegisterEventKind.BatchClosed, new(null, by), batch);
            return true;
        }

        return await work.AnyAsync("SELECT 1 FROM batch WHERE name = @name", cancellationToken, ("name", batch));
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobBatch>> BatchesAsync(string? name, int limit, CancellationToken cancellationToken) => await ReadAsync(
        $"""
        SELECT b.name, COUNT(j.number), b.opened, b.closed, MAX(j.created) FROM batch b LEFT JOIN job j ON j.batch = b.name
        {(name is null ? "" : "WHERE b.name = @name")} GROUP BY b.name, b.opened, b.closed ORDER BY COALESCE(MAX(j.created), b.opened) DESC, b.name LIMIT @limit
        """,
        row => new JobBatch(row.GetString(0), row.GetInt64(1), Moment(row, 2)!.Value, Moment(row, 3), Moment(row, 4)), cancellationToken,
        name is null ? [("limit", (long)limit)] : [("limit", (long)limit), ("name", name)]);

    /// <summary>A job comes to a batch: the first one opens it.</summary>
    /// <exception cref="Media.OperationFailedException"><c>batch-closed</c>.</exception>
    private async Task EnterBatchAsync(RegisterWork work, string batch, string? by, CancellationToken cancellationToken)
    {
        if (await work.RunAsync($"INSERT INTO batch (name, opened, author) VALUES (@name, {Now}, @by) ON CONFLICT DO NOTHING", cancellationToken, ("name", batch), ("by", by ?? "")) == 1)
        {
            work.Tell(RegisterEventKind.BatchOpened, new(null, by), batch);
        }
        else if (await work.AnyAsync("SELECT 1 FROM batch WHERE name = @name AND closed IS NOT NULL", cancellationToken, ("name", batch)))
        {
            throw Failures.BatchClosed(batch);
        }
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
