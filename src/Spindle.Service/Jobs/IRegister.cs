// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Jobs;

/// <summary>The register of jobs: what is to be done, who does it, and what came of it.</summary>
/// <remarks>
/// Every change is named by an id that its caller draws, or says what is to be true: after a broken connection, or a killed process, the same call
/// is made again, and is one change. What a call has returned survives a killed process and a pulled plug. Any number of threads and
/// processes may call. An embedded register works on the caller's thread. Each call may throw an <see cref="OperationFailedException"/>: the register is
/// damaged, has no room, can't be written, or stays busy.
/// </remarks>
public interface IRegister : IAsyncDisposable
{
    /// <summary>A program begins to work as a station. One that did so before under this name is told at its next call.</summary>
    Task EnterAsync(StationSession station, string program, CancellationToken cancellationToken);

    /// <summary>Enters a job.</summary>
    /// <returns>The same for the same order sent again.</returns>
    /// <exception cref="OperationFailedException"><c>batch-closed</c>.</exception>
    Task<Entered> EnqueueAsync(JobOrder order, CancellationToken cancellationToken);

    /// <summary>Enters a job that does again what an ended one did; what that one came to stays as it is.</summary>
    /// <param name="ended">The one that ended.</param>
    /// <param name="id">Drawn for the new one.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    /// <returns>Null where there is no such job, or it has not ended.</returns>
    Task<Entered?> RetryAsync(Guid ended, Guid id, string? by, CancellationToken cancellationToken);

    /// <summary>Takes the next job that this station can do: the highest priority first, then the oldest; one whose resources another job holds is overtaken.</summary>
    /// <remarks>A job that this station lost is among them, as a further attempt. Before it calls, it sees to it that no process of such a job is left.</remarks>
    /// <param name="station">Who takes it.</param>
    /// <param name="token">Drawn at random; the same token gets the same job.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    /// <returns>Null where there is nothing to do now.</returns>
    /// <exception cref="OperationFailedException"><c>station-taken</c>.</exception>
    Task<Job?> ClaimAsync(StationSession station, Guid token, CancellationToken cancellationToken);

    /// <summary>Says which process does a job.</summary>
    /// <returns>False where the claim does not count any more.</returns>
    Task<bool> StartedAsync(Claim claim, ChildProcess child, CancellationToken cancellationToken);

    /// <summary>Says that the station lives, and renews the leases that it names, no others: what a former run of it had, and nobody works on, must run out.</summary>
    /// <returns>Those whose claims still count, and what they were asked. What is missing was given up: its process must end.</returns>
    /// <exception cref="OperationFailedException"><c>station-taken</c>.</exception>
    Task<IReadOnlyDictionary<Guid, StopRequest>> BeatAsync(StationSession station, IReadOnlyList<Beat> beats, CancellationToken cancellationToken);

    /// <summary>Asks a job to stop: a queued or lost one ends here, a running one is told by its station's next beat.</summary>
    /// <returns>False where there is no such job, or it has ended.</returns>
    Task<bool> AskToStopAsync(Guid job, StopRequest how, string? by, CancellationToken cancellationToken);

    /// <summary>Reports how a job ended. A lease that ran out does not matter, as long as nobody has ended it.</summary>
    Task<Reported> EndAsync(Claim claim, JobEnd end, CancellationToken cancellationToken);

    /// <summary>Ends leases that ran out: a movable job is queued again, another one is lost, and one that was asked to stop has ended.</summary>
    /// <returns>How many.</returns>
    Task<int> ReapAsync(CancellationToken cancellationToken);

    /// <summary>A person's word that a lost job may be begun anew.</summary>
    /// <param name="job">The job.</param>
    /// <param name="station">The only station that may do it; null for any.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    /// <returns>False where it is not lost.</returns>
    Task<bool> ReleaseAsync(Guid job, string? station, string? by, CancellationToken cancellationToken);

    /// <summary>Reports that came too late, the oldest first.</summary>
    /// <param name="job">Of this job; null for all that wait for a decision.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    Task<IReadOnlyList<LateReport>> LateReportsAsync(Guid? job, CancellationToken cancellationToken);

    /// <summary>A person's word on a late report: it becomes the job's result, or it is discarded. The first word counts.</summary>
    /// <returns>False where there is no such report, another word was given, or it was to become the result of a job that a station has now.</returns>
    Task<bool> DecideLateAsync(Guid token, bool take, string? by, CancellationToken cancellationToken);

    /// <summary>Gives a queued job another priority.</summary>
    /// <param name="job">The job.</param>
    /// <param name="priority">The higher goes first; 0 is usual.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    /// <returns>False where it is not queued.</returns>
    Task<bool> PrioritizeAsync(Guid job, int priority, string? by, CancellationToken cancellationToken);

    /// <summary>Puts a queued job before all others that are queued.</summary>
    /// <returns>False where it is not queued.</returns>
    Task<bool> PromoteAsync(Guid job, string? by, CancellationToken cancellationToken);

    /// <summary>Keeps something back: no job that needs it begins; what runs goes on.</summary>
    /// <param name="resource">A resource of jobs, or all of a station (<see cref="Hold.StationOf"/>).</param>
    /// <param name="by">Who says so.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    Task HoldAsync(string resource, string? by, CancellationToken cancellationToken);

    /// <summary>Keeps something back no longer.</summary>
    Task FreeAsync(string resource, string? by, CancellationToken cancellationToken);

    /// <summary>What is kept back.</summary>
    Task<IReadOnlyList<Hold>> HoldsAsync(CancellationToken cancellationToken);

    /// <summary>Opens a batch: one that is new, or one that was closed. The first job of a batch opens it, too.</summary>
    Task OpenBatchAsync(string batch, string? by, CancellationToken cancellationToken);

    /// <summary>Closes a batch: it takes no new jobs any more. What was entered is done, and may be done again.</summary>
    /// <returns>False where there is none of that name.</returns>
    Task<bool> CloseBatchAsync(string batch, string? by, CancellationToken cancellationToken);

    /// <summary>Batches, those with the newest jobs first.</summary>
    /// <param name="name">That one alone; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    Task<IReadOnlyList<JobBatch>> BatchesAsync(string? name, int limit, CancellationToken cancellationToken);

    /// <summary>Asks a person.</summary>
    /// <returns>False where the claim does not count any more.</returns>
    Task<bool> AskAsync(Guid question, Claim claim, string code, string text, CancellationToken cancellationToken);

    /// <summary>Answers. The first answer counts.</summary>
    /// <returns>False where there is no such question, another answer was given, or who asked is gone.</returns>
    Task<bool> AnswerAsync(Guid question, string answer, string by, CancellationToken cancellationToken);

    /// <summary>A question; null where there is none of that id.</summary>
    Task<JobQuestion?> QuestionAsync(Guid question, CancellationToken cancellationToken);

    /// <summary>Questions that wait for an answer, the oldest first.</summary>
    Task<IReadOnlyList<JobQuestion>> OpenQuestionsAsync(CancellationToken cancellationToken);

    /// <summary>A job; null where there is none.</summary>
    Task<Job?> JobAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>A job by its number; null where there is none.</summary>
    Task<Job?> JobAsync(long number, CancellationToken cancellationToken);

    /// <summary>The document of an ended job, as JSON; null where there is none.</summary>
    Task<string?> DocumentAsync(Guid job, CancellationToken cancellationToken);

    /// <summary>A page of jobs, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Numbers below this only: that of the last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    Task<IReadOnlyList<Job>> ListAsync(JobFilter filter, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>How many jobs there are in each state; a state without any is left out.</summary>
    Task<IReadOnlyDictionary<JobState, long>> CountsAsync(CancellationToken cancellationToken);

    /// <summary>What the queued jobs of a station wait for. One that is not named waits for its turn alone.</summary>
    Task<IReadOnlyList<JobWait>> WaitsAsync(string station, CancellationToken cancellationToken);

    /// <summary>What changed behind an event, in order.</summary>
    /// <param name="after">The last one that was seen; 0 for all that is known.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    Task<IReadOnlyList<RegisterEvent>> EventsAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The number of the last event; 0 where there is none.</summary>
    Task<long> LastEventAsync(CancellationToken cancellationToken);

    /// <summary>Returns when there may be events behind <paramref name="after"/>, or the time is over: a hint, never a promise.</summary>
    Task WaitAsync(long after, TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Forgets ended jobs with all that belongs to them: those that ended longer ago than <paramref name="age"/>, and the oldest above <paramref name="most"/>. One with a late report that waits for a decision stays.</summary>
    /// <returns>Which.</returns>
    Task<IReadOnlyList<Guid>> ForgetAsync(TimeSpan age, int most, CancellationToken cancellationToken);

    /// <summary>The register's clock: the only one that counts.</summary>
    Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);
}
