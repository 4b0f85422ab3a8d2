// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spindle.Files;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Orders;
using Spindle.Service.Running;
using Spindle.Station;
using Spindle.Station.Contract;
using Spindle.Station.Drives;

namespace Spindle.Service.Managing;

/// <summary><c>jobs</c>: what a station has to do, does and did; whether a service runs or not. Each of its words tells of the jobs that it touched.</summary>
public static class JobsVerb
{
    private const string Name = "jobs";
    private const int MostListed = 1000, Page = 200;

    /// <summary>Lists them, the newest first.</summary>
    public static Verb<JobsRequest, JobsDocument> List { get; } = Make(JobsRequestJson.Form.JobsRequest, async (request, work, stop) =>
    {
        if (request.Limit is < 1 or > MostListed)
        {
            throw Failures.OddLimit(request.Limit);
        }

        if (!File.Exists(JobsFile.In(work.Equipment.Folder)))
        {
            return new() { Jobs = [], Serving = Supervisor.IsServing(work.Equipment.Folder) }; // to look makes no register
        }

        await using IRegister register = Open(work);
        return await ListAsync(register, request, Watch(work), stop);
    });

    /// <summary>Tells of one.</summary>
    public static Verb<JobRequest, JobsDocument> Show { get; } = Make(JobsRequestJson.Form.JobRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        return await TellAsync(register, (await FindAsync(new(register, roots: null), request.Number, stop)).Order.Id, work, stop);
    });

    /// <summary>Enters one.</summary>
    public static Verb<AddJobRequest, JobsDocument> Add { get; } = Make(JobsRequestJson.Form.AddJobRequest, async (request, work, stop) =>
    {
        (IVerb verb, JsonElement asked) = RequestFile.Read(request.File);
        JobOrder order = Ordering.Of(verb, asked, work.Equipment.DriveIdentity, new()
        {
            Folder = request.Folder,
            Title = request.Title,
            Priority = request.Priority,
            Batch = request.Batch,
            Operator = request.Operator,
        });
        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null, new(new(work.Equipment), register, new ImageFiles().FreeSpace));
        return await EnteredAsync(register, await jobs.EnterAsync(order, stop), work, stop);
    });

    /// <summary>Asks one to stop.</summary>
    public static Verb<StopJobRequest, JobsDocument> Stop { get; } = Make(JobsRequestJson.Form.StopJobRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null);
        Job job = await FindAsync(jobs, request.Number, stop);
        await jobs.StopAsync(job, request.Now, request.By, stop);
        return await TellAsync(register, job.Order.Id, work, stop);
    });

    /// <summary>Does one once more that has ended: it goes on, where its verb can.</summary>
    public static Verb<AgainRequest, JobsDocument> Retry { get; } = Make(JobsRequestJson.Form.AgainRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null);
        return await EnteredAsync(register, await jobs.RetryAsync(await FindAsync(jobs, request.Number, stop), request.By, stop), work, stop);
    });

    /// <summary>Gives one free whose service was not heard of: a person's word that it does not work any more.</summary>
    public static Verb<AgainRequest, JobsDocument> Release { get; } = Make(JobsRequestJson.Form.AgainRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null);
        Job job = await FindAsync(jobs, request.Number, stop);
        await jobs.ReleaseAsync(job, request.By, stop);
        return await TellAsync(register, job.Order.Id, work, stop);
    });

    /// <summary>Gives a queued one another turn.</summary>
    public static Verb<PrioritizeRequest, JobsDocument> Prioritize { get; } = Make(JobsRequestJson.Form.PrioritizeRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null);
        Job job = await FindAsync(jobs, request.Number, stop);
        await (request.Priority is { } priority ? jobs.PrioritizeAsync(job, priority, request.By, stop) : jobs.PromoteAsync(job, request.By, stop));
        return await TellAsync(register, job.Order.Id, work, stop);
    });

    /// <summary>Keeps a drive back, or all jobs; tells of those that wait.</summary>
    public static Verb<PauseRequest, JobsDocument> Pause { get; } = Make(JobsRequestJson.Form.PauseRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        string resource = request.Drive is null ? Hold.StationOf(Supervisor.ThisStation)
            : (await register.HoldsAsync(stop)).FirstOrDefault(hold => hold.Resource == $"drive:{request.Drive}")?.Resource // also where it was taken away meanwhile
            ?? await DriveAsync(request.Drive, work, stop);
        await (request.Paused ? register.HoldAsync(resource, request.By, stop) : register.FreeAsync(resource, request.By, stop));
        return await JobsDocument.ReadAsync(register, new() { States = [JobState.Queued], Resource = request.Drive is null ? null : resource }, null, MostListed, Watch(work), stop);
    });

    /// <summary>Opens a batch, or closes it; tells of its jobs.</summary>
    public static Verb<BatchRequest, JobsDocument> Batch { get; } = Make(JobsRequestJson.Form.BatchRequest, async (request, work, stop) =>
    {
        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null);
        await (request.Closed ? jobs.CloseBatchAsync(request.Batch, request.By, stop) : jobs.OpenBatchAsync(request.Batch, request.By, stop));
        return await JobsDocument.ReadAsync(register, new() { Batch = request.Batch }, null, MostListed, Watch(work), stop);
    });

    /// <summary>Answers what one asks.</summary>
    public static Verb<AnswerJobRequest, JobsDocument> Answer { get; } = Make(JobsRequestJson.Form.AnswerJobRequest, async (request, work, stop) =>
    {
        if (request.Answer is not ("yes" or "no"))
        {
            throw Failures.OddAnswer(request.Answer);
        }

        await using IRegister register = Open(work);
        JobChanges jobs = new(register, roots: null);
        Job job = await FindAsync(jobs, request.Number, stop);
        JobQuestion question = (await register.OpenQuestionsAsync(stop)).FirstOrDefault(asked => asked.Job == job.Order.Id) ?? throw Failures.NoQuestion(job.Number);
        await jobs.AnswerAsync(job, question.Id, request.Answer == "yes", request.By, stop);
        return await TellAsync(register, job.Order.Id, work, stop);
    });

    /// <summary>The files of the last attempt at a job; null where it did not begin.</summary>
    /// <param name="folder">The folder of the station.</param>
    /// <param name="number">The job's number.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    /// <exception cref="OperationFailedException"><c>no-such-job</c>; the register can't be read.</exception>
    public static async Task<(JobFolder? Files, bool HasEnded)> FilesAsync(string folder, long number, CancellationToken cancellationToken)
    {
        await using IRegister register = JobsFile.Open(JobsFile.In(folder));
        Job job = await FindAsync(new(register, roots: null), number, cancellationToken);
        return (job.Attempt == 0 ? null : JobFolder.Of(folder, job.Order.Id, job.Attempt), job.State == JobState.Ended);
    }

    private static async Task<string> DriveAsync(string name, Work work, CancellationToken cancellationToken)
    {
        DrivesDocument drives = await DrivesVerb.Verb.RunAsync(new(name), Work.Unattended(work.Equipment), cancellationToken);
        return $"drive:{drives.Drives[0].Identity ?? drives.Drives[0].Path}";
    }

    private static Verb<TRequest, JobsDocument> Make<TRequest>(JsonTypeInfo<TRequest> form, Func<TRequest, Work, CancellationToken, Task<JobsDocument>> run)
        where TRequest : notnull => new() { Name = Name, Request = form, Document = JobsDocument.Form, RunAsync = run };

    private static IRegister Open(Work work) => JobsFile.Open(JobsFile.In(work.Equipment.Folder));

    private static JobWatch Watch(Work work) => JobWatch.Afar(Supervisor.ThisStation, Supervisor.IsServing(work.Equipment.Folder));

    private static async Task<JobsDocument> ListAsync(IRegister register, JobsRequest request, JobWatch watch, CancellationToken cancellationToken)
    {
        JobState? state = WordOf<JobState>(request.Only);
        JobOutcome? outcome = state is null or JobState.Lost ? WordOf<JobOutcome>(request.Only) : null;
        if (outcome is null)
        {
            return await JobsDocument.ReadAsync(register, new() { States = state is { } one ? [one] : [], Batch = request.Batch }, request.Before, request.Limit, watch, cancellationToken);
        }

        // By outcome: the register is asked page by page.
        List<JobPart> found = [];
        long? before = request.Before;
        while (true)
        {
            JobsDocument page = await JobsDocument.ReadAsync(register, new() { Batch = request.Batch }, before, Page, watch, cancellationToken);
            foreach (JobPart job in page.Jobs.Where(job => job.Outcome == outcome || job.State == state))
            {
                if (found.Count == request.Limit)
                {
                    return page with { Jobs = found, Next = found[^1].Number };
                }

                found.Add(job);
            }

            if (page.Next is not { } next)
            {
                return page with { Jobs = found };
            }

            before = next;
        }
    }

    private static T? WordOf<T>(string? word)
        where T : struct, Enum => Enum.GetValues<T>().Where(value => JsonForm.Word(value) == word).Select(value => (T?)value).FirstOrDefault();

    private static Task<Job> FindAsync(JobChanges jobs, long number, CancellationToken cancellationToken) => jobs.FindAsync(number.ToString(CultureInfo.InvariantCulture), cancellationToken);

    private static async Task<JobsDocument> EnteredAsync(IRegister register, Entered entered, Work work, CancellationToken cancellationToken) =>
        entered.IsDuplicate ? throw new OperationFailedException(Failures.AlreadyQueued(entered.Number)) : await TellAsync(register, entered.Job, work, cancellationToken);

    private static async Task<JobsDocument> TellAsync(IRegister register, Guid id, Work work, CancellationToken cancellationToken)
    {
        JobWatch watch = Watch(work);
        Job job = (await register.JobAsync(id, cancellationToken))!; // what was just found is not forgotten
        JobPart part = JobPart.Of(job, await register.NowAsync(cancellationToken), await watch.AroundAsync(register, cancellationToken));
        return new() { Jobs = [part], Serving = watch.IsServing };
    }
}
