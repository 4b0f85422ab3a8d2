// SPDX-License-Identifier: MIT
using System.Data.Common;
using Spindle.Media;

namespace Spindle.Service.Jobs;

/// <summary>How jobs end, and what becomes of those whose station is not heard of.</summary>
internal abstract partial class SqlRegister
{
    private const string EndColumns = "outcome, document, document_path, failure_code, failure_what, failure_hint, exit_code, exit_signal";

    /// <inheritdoc/>
    public Task<Reported> EndAsync(Claim claim, JobEnd end, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        (string, object?)[] values =
        [
            ("job", claim.Job), ("token", claim.Token), ("outcome", Word(end.Outcome)), ("document", end.Document), ("path", end.DocumentPath),
            ("code", end.Failure?.Code), ("what", end.Failure?.What), ("hint", end.Failure?.Hint), ("exit", end.ExitCode), ("signal", end.Signal),
        ];
        List<int> attempts = await work.ListAsync(
            $"""
            UPDATE job SET state = 'ended', ended = {Now}, lease = NULL, outcome = @outcome, document = @document, document_path = @path,
                failure_code = @code, failure_what = @what, failure_hint = @hint, exit_code = @exit, exit_signal = @signal
            WHERE id = @job AND token = @token AND {IsHeld} RETURNING attempt
            """, row => row.GetInt32(0), cancellationToken, values);
        if (attempts is [int attempt])
        {
            await FreeAsync(work, claim.Job, cancellationToken);
            work.Tell(RegisterEventKind.Ended, new(claim.Job, claim.Station, claim.Token, attempt), Word(end.Outcome));
            return Reported.Current;
        }

        if (await work.AnyAsync("SELECT 1 FROM job WHERE id = @job AND token = @token AND state = 'ended'", cancellationToken, ("job", claim.Job), ("token", claim.Token)))
        {
            return Reported.Already;
        }

        if (await work.RunAsync(
            $"""
            INSERT INTO late_report (token, job, holder, at, {EndColumns})
            SELECT @token, id, @station, {Now}, @outcome, @document, @path, @code, @what, @hint, @exit, @signal FROM job WHERE id = @job
            ON CONFLICT (token) DO NOTHING
            """, cancellationToken, [.. values, ("station", claim.Station)]) == 1)
        {
            work.Tell(RegisterEventKind.Late, new(claim.Job, claim.Station, claim.Token), Word(end.Outcome));
        }

        return Reported.Late;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReapAsync(CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        List<(Guid Job, JobState State, string Holder, int Attempt)> given = await work.ListAsync(
            $"""
            UPDATE job SET state = CASE WHEN state = 'stopping' THEN 'ended' WHEN movable = 1 THEN 'queued' ELSE 'lost' END,
                outcome = CASE WHEN state = 'stopping' THEN 'lost' END, ended = CASE WHEN state = 'stopping' THEN {Now} END, token = NULL, lease = NULL
            WHERE {IsHeld} AND lease < {Now} RETURNING id, state, holder, attempt
            """, row => (Id(row, 0), Parse<JobState>(row.GetString(1)), row.GetString(2), row.GetInt32(3)), cancellationToken);
        foreach ((Guid job, JobState state, string holder, int attempt) in given)
        {
            if (state != JobState.Lost)
            {
                await FreeAsync(work, job, cancellationToken);
            }

            EventSubject subject = new(job, holder, null, attempt);
            switch (state)
            {
                case JobState.Queued:
                    work.Tell(RegisterEventKind.Requeued, subject);
                    break;
                case JobState.Lost:
                    work.Tell(RegisterEventKind.Lost, subject);
                    break;
                default:
                    work.Tell(RegisterEventKind.Ended, subject, Word(JobOutcome.Lost));
                    break;
            }
        }

        return given.Count;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReleaseAsync(Guid job, string? station, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        if (await work.RunAsync("UPDATE job SET state = 'queued', station = @station WHERE id = @job AND state = 'lost'", cancellationToken, ("job", job), ("station", station)) == 0)
        {
            return false;
        }

        await FreeAsync(work, job, cancellationToken);
        work.Tell(RegisterEventKind.Released, new(job, by));
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LateReport>> LateReportsAsync(Guid? job, CancellationToken cancellationToken) => await ReadAsync(
        $"SELECT job, token, holder, at, decision, {EndColumns} FROM late_report WHERE {(job is null ? "decision IS NULL" : "job = @job")} ORDER BY at, token",
        row => new LateReport(new(Id(row, 0), Id(row, 1), row.GetString(2)), Moment(row, 3)!.Value, EndOf(row, 5), Text(row, 4) is { } decision ? decision == "taken" : null),
        cancellationToken, job is null ? [] : [("job", job)]);

    /// <inheritdoc/>
    public Task<bool> DecideLateAsync(Guid token, bool take, string? by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        string word = take ? "taken" : "discarded";
        List<(Guid Job, string? Decision, string Outcome, bool IsHeld)> reports = await work.ListAsync(
            $"SELECT l.job, l.decision, l.outcome, CASE WHEN {IsHeld} THEN 1 ELSE 0 END FROM late_report l JOIN job j ON j.id = l.job WHERE l.token = @token",
            row => (Id(row, 0), Text(row, 1), row.GetString(2), row.GetInt32(3) == 1), cancellationToken, ("token", token));
        if (reports is not [var report] || (report.Decision ?? word) != word || (take && report.IsHeld && report.Decision is null))
        {
            return false;
        }

        if (report.Decision is not null)
        {
            return true; // the same word again
        }

        // The conditions decide where two say something at a time.
        if (await work.RunAsync("UPDATE late_report SET decision = @word WHERE token = @token AND decision IS NULL", cancellationToken, ("word", word), ("token", token)) == 0)
        {
            return false;
        }

        if (take)
        {
            // The job's own token stays: who reported the former result is told 'already', if it asks again.
            if (await work.RunAsync(
                $"""
                UPDATE job SET ({EndColumns}) = (SELECT {EndColumns} FROM late_report WHERE token = @token), state = 'ended', ended = COALESCE(ended, {Now})
                WHERE id = @job AND NOT {IsHeld}
                """, cancellationToken, ("token", token), ("job", report.Job)) == 0)
            {
                work.Abandon();
                return false;
            }

            await FreeAsync(work, report.Job, cancellationToken);
        }

        work.Tell(take ? RegisterEventKind.LateTaken : RegisterEventKind.LateDiscarded, new(report.Job, by, token), report.Outcome);
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid>> ForgetAsync(TimeSpan age, int most, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        Guid[] gone = [.. await work.ListAsync(
            $"""
            SELECT id FROM job j WHERE state = 'ended' AND NOT EXISTS (SELECT 1 FROM late_report l WHERE l.job = j.id AND l.decision IS NULL)
                AND (ended < {Now} - @age OR id IN (SELECT id FROM job WHERE state = 'ended' ORDER BY ended DESC, number DESC LIMIT {long.MaxValue} OFFSET @most))
            ORDER BY number
            """, row => Id(row, 0), cancellationToken, ("age", (long)age.TotalMilliseconds), ("most", (long)most))];
        foreach (string table in gone.Length == 0 ? [] : (string[])["job_resource", "late_report", "question", "event"])
        {
            await work.RunAsync($"DELETE FROM {table} WHERE job {In("@gone")}", cancellationToken, ("gone", gone));
        }

        await work.RunAsync($"DELETE FROM job WHERE id {In("@gone")}", cancellationToken, ("gone", gone));
        await work.RunAsync($"DELETE FROM event WHERE job IS NULL AND at < {Now} - @age", cancellationToken, ("age", (long)age.TotalMilliseconds));
        await work.RunAsync($"DELETE FROM batch WHERE COALESCE(closed, opened) < {Now} - @age AND NOT EXISTS (SELECT 1 FROM job WHERE job.batch = batch.name)", cancellationToken, ("age", (long)age.TotalMilliseconds));
        return (IReadOnlyList<Guid>)gone;
    }, cancellationToken);

    private static JobEnd EndOf(DbDataReader row, int first) => new()
    {
        Outcome = Parse<JobOutcome>(row.GetString(first)),
        Document = Text(row, first + 1),
        DocumentPath = Text(row, first + 2),
        Failure = FailureOf(row, first + 3),
        ExitCode = Number(row, first + 6),
        Signal = Number(row, first + 7),
    };

    private static Failure? FailureOf(DbDataReader row, int first) => row.IsDBNull(first) ? null : new Failure(row.GetString(first), row.GetString(first + 1), Text(row, first + 2));
}
