// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Service.Drives;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;

namespace Spindle.Service.Managing;

/// <summary>What is changed about jobs, whoever asks: a terminal, a page, a program. Each is refused in the same words.</summary>
/// <param name="register">Where jobs stand.</param>
/// <param name="roots">Which files may be named; null at the terminal of the user whose files they are.</param>
/// <param name="room">Looks whether there is room for images; null where that is left to the jobs.</param>
internal sealed class JobChanges(IRegister register, Roots? roots, DiscRoom? room = null)
{
    private const int LongestName = 200; // characters

    /// <summary>A job by its number, or its id.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-job</c>.</exception>
    public async Task<Job> FindAsync(string name, CancellationToken cancellationToken) =>
        (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? await register.JobAsync(number, cancellationToken)
            : Guid.TryParseExact(name, "D", out Guid id) ? await register.JobAsync(id, cancellationToken)
            : null)
        ?? throw Failures.NoJob(name);

    /// <summary>Enters a job.</summary>
    /// <exception cref="OperationFailedException"><c>outside-root</c>, <c>no-space</c>, <c>batch-closed</c>.</exception>
    public async Task<Entered> EnterAsync(JobOrder order, CancellationToken cancellationToken)
    {
        roots?.Check(order);
        await (room?.CheckAsync(order, cancellationToken) ?? Task.CompletedTask);
        return await register.EnqueueAsync(order, cancellationToken);
    }

    /// <summary>Asks it to stop.</summary>
    /// <exception cref="OperationFailedException"><c>job-ended</c>.</exception>
    public async Task StopAsync(Job job, bool now, string? by, CancellationToken cancellationToken)
    {
        if (!await register.AskToStopAsync(job.Order.Id, now ? StopRequest.Hard : StopRequest.Soft, by, cancellationToken))
        {
            throw Failures.Ended(job.Number);
        }
    }

    /// <summary>Does it once more: it goes on where it was, where its verb can.</summary>
    /// <exception cref="OperationFailedException"><c>job-not-ended</c>; <c>outside-root</c>: who ordered it could name more than who asks now.</exception>
    public async Task<Entered> RetryAsync(Job job, string? by, CancellationToken cancellationToken)
    {
        roots?.Check(job.Order);
        return await register.RetryAsync(job.Order.Id, Guid.CreateVersion7(), by, cancellationToken) ?? throw Failures.NotEnded(job.Number);
    }

    /// <summary>A person's word that it may be begun anew: whoever had it does not work on it any more.</summary>
    /// <exception cref="OperationFailedException"><c>job-not-lost</c>.</exception>
    public async Task ReleaseAsync(Job job, string? by, CancellationToken cancellationToken)
    {
        if (!await register.ReleaseAsync(job.Order.Id, null, by, cancellationToken))
        {
            throw Failures.NotLost(job.Number);
        }
    }

    /// <summary>Gives it another priority: the higher goes first.</summary>
    /// <exception cref="OperationFailedException"><c>job-not-queued</c>; <c>not-a-request</c>.</exception>
    public async Task PrioritizeAsync(Job job, int priority, string? by, CancellationToken cancellationToken)
    {
        if (priority is < -JobOrder.MostPriority or > JobOrder.MostPriority)
        {
            throw Orders.Failures.OddPriority(priority, JobOrder.MostPriority);
        }

        if (!await register.PrioritizeAsync(job.Order.Id, priority, by, cancellationToken))
        {
            throw Failures.NotQueued(job.Number);
        }
    }

    /// <summary>Puts it before all that wait.</summary>
    /// <exception cref="OperationFailedException"><c>job-not-queued</c>.</exception>
    public async Task PromoteAsync(Job job, string? by, CancellationToken cancellationToken)
    {
        if (!await register.PromoteAsync(job.Order.Id, by, cancellationToken))
        {
            throw Failures.NotQueued(job.Number);
        }
    }

    /// <summary>Opens a batch, or opens it again.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: it has no name that could be shown.</exception>
    public Task OpenBatchAsync(string batch, string? by, CancellationToken cancellationToken) =>
        batch.Length is 0 or > LongestName || batch.Any(char.IsControl) ? throw Failures.OddBatch(LongestName) : register.OpenBatchAsync(batch, by, cancellationToken);

    /// <summary>Closes a batch: it takes no new jobs any more.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-batch</c>.</exception>
    public async Task CloseBatchAsync(string batch, string? by, CancellationToken cancellationToken)
    {
        if (!await register.CloseBatchAsync(batch, by, cancellationToken))
        {
            throw Failures.NoBatch(batch);
        }
    }

    /// <summary>Answers what it asks.</summary>
    /// <exception cref="OperationFailedException"><c>no-such-question</c>.</exception>
    public async Task AnswerAsync(Job job, Guid question, bool isYes, string by, CancellationToken cancellationToken)
    {
        bool isOfJob = await register.QuestionAsync(question, cancellationToken) is { } asked && asked.Job == job.Order.Id;
        if (!isOfJob || !await register.AnswerAsync(question, isYes ? "yes" : "no", by, cancellationToken))
        {
            throw Failures.NoQuestion(job.Number);
        }
    }
}
