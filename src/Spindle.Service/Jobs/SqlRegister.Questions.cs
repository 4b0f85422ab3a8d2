// SPDX-License-Identifier: MIT
using System.Data.Common;

namespace Spindle.Service.Jobs;

/// <summary>What jobs need of people.</summary>
internal abstract partial class SqlRegister
{
    private const string QuestionColumns = "q.id, q.job, q.code, q.asked, q.answer, q.answered_by";

    // Who asked is still there.
    private static readonly string IsAsked = $"EXISTS (SELECT 1 FROM job j WHERE j.id = question.job AND j.token = question.token AND {IsHeld})";

    /// <inheritdoc/>
    public Task<bool> AskAsync(Guid question, Claim claim, string code, string text, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        if (await work.RunAsync(
            $"""
            INSERT INTO question (id, job, token, at, code, asked) SELECT @id, id, token, {Now}, @code, @text FROM job WHERE id = @job AND token = @token AND {IsHeld}
            ON CONFLICT (id) DO NOTHING
            """, cancellationToken, ("id", question), ("job", claim.Job), ("token", claim.Token), ("code", code), ("text", text)) == 1)
        {
            work.Tell(RegisterEventKind.Asked, new(claim.Job, claim.Station, claim.Token), question.ToString());
            return true;
        }

        return await work.AnyAsync($"SELECT 1 FROM question WHERE id = @id AND {IsAsked}", cancellationToken, ("id", question));
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> AnswerAsync(Guid question, string answer, string by, CancellationToken cancellationToken) => ChangeAsync(async work =>
    {
        List<Guid> jobs = await work.ListAsync(
            $"UPDATE question SET answer = @answer, answered_by = @by WHERE id = @id AND answer IS NULL AND {IsAsked} RETURNING job",
            row => Id(row, 0), cancellationToken, ("answer", answer), ("by", by), ("id", question));
        if (jobs is [Guid job])
        {
            work.Tell(RegisterEventKind.Answered, new(job, by), question.ToString());
            return true;
        }

        return await work.AnyAsync("SELECT 1 FROM question WHERE id = @id AND answer = @answer AND answered_by = @by", cancellationToken, ("id", question), ("answer", answer), ("by", by));
    }, cancellationToken);

    /// <inheritdoc/>
    public async Task<JobQuestion?> QuestionAsync(Guid question, CancellationToken cancellationToken) =>
        (await ReadAsync($"SELECT {QuestionColumns} FROM question q WHERE q.id = @id", QuestionOf, cancellationToken, ("id", question))).SingleOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobQuestion>> OpenQuestionsAsync(CancellationToken cancellationToken) => await ReadAsync(
        $"SELECT {QuestionColumns} FROM job j JOIN question q ON q.job = j.id AND q.token = j.token WHERE {IsHeld} AND q.answer IS NULL ORDER BY q.at, q.id",
        QuestionOf, cancellationToken);

    private JobQuestion QuestionOf(DbDataReader row) => new(Id(row, 0), Id(row, 1), row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5));
}
