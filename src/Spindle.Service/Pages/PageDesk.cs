// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Api;
using Spindle.Service.Documents;
using Spindle.Service.Drives;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Orders;
using Spindle.Service.Pages.Markup;
using Spindle.Service.Pages.Working;
using Spindle.Station;
using Spindle.Station.CommandLines;
using Spindle.Station.Contract;

namespace Spindle.Service.Pages;

/// <summary>What pages know, and what they ask for: the same records that programs get.</summary>
/// <param name="about">What does not change while the service runs.</param>
/// <param name="register">The jobs.</param>
/// <param name="changes">Changes them.</param>
/// <param name="drives">The drives.</param>
/// <param name="equipment">The machine's.</param>
/// <param name="watch">Who runs jobs, as far as that is seen.</param>
/// <param name="lastLines">The last lines of the log of a job, so many at most.</param>
/// <param name="settings">What the service was started with.</param>
/// <param name="roots">Which files may be named.</param>
internal sealed partial class PageDesk(AboutService about, IRegister register, JobChanges changes, StationDrives drives, Equipment equipment, JobWatch watch, Func<Guid, int, IReadOnlyList<string>> lastLines, PageSettings settings, Roots roots)
{
    /// <summary>Whether jobs are run here.</summary>
    public bool IsServing => watch.IsServing;

    /// <summary>What the service was started with.</summary>
    public IReadOnlyList<(string Name, string Option, IReadOnlyList<string> Values)> Settings => settings.Lines;

    /// <summary>What every page needs to know.</summary>
    public PageContext Context(string root) => new(root, about.Version, about.Station, equipment.Time.GetUtcNow(), settings.IsDemonstration);

    /// <summary>What is going on.</summary>
    public async Task<(IReadOnlyList<JobPart> Open, IReadOnlyList<JobPart> Ended, long Queued)> NowAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JobPart> running = (await ListAsync(new() { States = [JobState.Running, JobState.Stopping, JobState.Lost] }, null, NowPage.Open, cancellationToken)).Jobs;
        IReadOnlyList<JobPart> queued = (await ListAsync(new() { States = [JobState.Queued] }, null, NowPage.Open, cancellationToken)).Jobs;
        IReadOnlyList<JobPart> ended = (await ListAsync(new() { States = [JobState.Ended] }, null, NowPage.Ended, cancellationToken)).Jobs;
        return ([.. running, .. queued], ended, (await register.CountsAsync(cancellationToken)).GetValueOrDefault(JobState.Queued));
    }

    /// <summary>A page of jobs.</summary>
    /// <param name="asked">What is asked for: <c>state</c>, <c>verb</c>, <c>batch</c>, <c>operator</c>; empty for any.</param>
    /// <param name="before">Jobs before this number.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<JobsDocument> JobsAsync(IReadOnlyDictionary<string, string> asked, string? before, CancellationToken cancellationToken)
    {
        string? Asked(string key) => asked.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;
        JobFilter filter = new()
        {
            States = Asked("state") is not { } state ? [] : Enum.TryParse(state, ignoreCase: true, out JobState known) && !char.IsDigit(state[0]) ? [known] : throw new OperationFailedException(new("usage", $"there is no state {state}", "queued, running, stopping, lost or ended")),
            Verb = Asked("verb"),
            Batch = Asked("batch"),
            Operator = Asked("operator"),
        };
        long? number = before is null ? null : long.TryParse(before, CultureInfo.InvariantCulture, out long last) ? last : throw new OperationFailedException(new("usage", $"{before} is no number of a job", "follow the link ‘Older jobs’"));
        return ListAsync(filter, number, JobsPage.Length, cancellationToken);
    }

    /// <summary>A job with all that its page tells.</summary>
    /// <param name="name">Its number, or its id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationFailedException"><c>no-such-job</c>.</exception>
    public async Task<JobView> JobAsync(string name, CancellationToken cancellationToken)
    {
        Job job = await FindAsync(name, cancellationToken);
        JobPart part = JobPart.Of(job, await register.NowAsync(cancellationToken), await watch.AroundAsync(register, cancellationToken));
        string? document = job.State == JobState.Ended ? await register.DocumentAsync(job.Order.Id, cancellationToken) : null;
        ImageFacts? image = ImageFacts.Of(document);
        return new(part, CommandLine.Of(job.Order.Verb, Request(job)), lastLines(job.Order.Id, JobPage.Lines), [.. image?.Lines() ?? []], await DoneAgainByAsync(job, cancellationToken), image);
    }

    /// <summary>Enters the job that a form asks for.</summary>
    /// <exception cref="OperationFailedException">It is refused.</exception>
    public async Task<Entered> EnterAsync(OrderForm form, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        IVerb verb = Verbs.All.Single(known => known.Name == form.Verb);
        JobOrder order = Ordering.Of(verb, form.Read(values), equipment.DriveIdentity, new() { Batch = values.GetValueOrDefault("batch") is { Length: > 0 } batch ? batch : null });
        return await changes.EnterAsync(order, cancellationToken);
    }

    /// <summary>What a form has before anybody fills it in.</summary>
    /// <param name="form">The form.</param>
    /// <param name="like">The number of a job that is to be done once more in another way; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyDictionary<string, string>> ValuesAsync(OrderForm form, string? like, CancellationToken cancellationToken)
    {
        Job? job = like is not null ? await FindAsync(like, cancellationToken) : (await register.ListAsync(new() { Verb = form.Verb }, null, 1, cancellationToken)).FirstOrDefault();
        if (job is null)
        {
            return new Dictionary<string, string>();
        }

        // Of the last job of its kind, only what stays the same from one to the next: where things are.
        IReadOnlyDictionary<string, string> values = form.ValuesOf(Request(job));
        string[] staying = ["catalogue", "directory", "how.directory", "operator", "target"];
        return like is not null ? values : values.Where(value => staying.Contains(value.Key)).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);
    }

    /// <summary>Asks a job to stop.</summary>
    public async Task StopAsync(string name, bool now, CancellationToken cancellationToken) => await changes.StopAsync(await FindAsync(name, cancellationToken), now, null, cancellationToken);

    /// <summary>A person's word that a lost job may be begun anew.</summary>
    public async Task ReleaseAsync(string name, CancellationToken cancellationToken) => await changes.ReleaseAsync(await FindAsync(name, cancellationToken), null, cancellationToken);

    /// <summary>Answers what a job asks.</summary>
    public async Task AnswerAsync(string name, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        _ = Guid.TryParse(form.GetValueOrDefault("question"), out Guid question); // else it is one that nobody asked
        await changes.AnswerAsync(await FindAsync(name, cancellationToken), question, form.GetValueOrDefault("answer") == "yes", "a page", cancellationToken);
    }

    /// <summary>Does again what an ended job did; one that was cut off goes on where it was.</summary>
    public async Task<Entered> RetryAsync(string name, CancellationToken cancellationToken) => await changes.RetryAsync(await FindAsync(name, cancellationToken), null, cancellationToken);

    /// <summary>Batches, those with the newest jobs first.</summary>
    public Task<IReadOnlyList<JobBatch>> BatchesAsync(CancellationToken cancellationToken) => register.BatchesAsync(null, BatchPage.MostListed, cancellationToken);

    /// <summary>A batch; null where there is none of that name.</summary>
    public async Task<JobBatch?> BatchOfAsync(string name, CancellationToken cancellationToken) => (await register.BatchesAsync(name, 1, cancellationToken)).FirstOrDefault();

    /// <summary>Opens a batch, or closes it.</summary>
    public Task ChangeBatchAsync(string name, bool isOpen, CancellationToken cancellationToken) =>
        isOpen ? changes.OpenBatchAsync(name, null, cancellationToken) : changes.CloseBatchAsync(name, null, cancellationToken);

    /// <summary>Keeps all jobs of this station back, or no longer.</summary>
    public Task PauseAsync(bool isPaused, CancellationToken cancellationToken) =>
        isPaused ? register.HoldAsync(Hold.StationOf(watch.Station), null, cancellationToken) : register.FreeAsync(Hold.StationOf(watch.Station), null, cancellationToken);

    /// <summary>Whether they are kept back.</summary>
    public async Task<bool> IsPausedAsync(CancellationToken cancellationToken) => (await register.HoldsAsync(cancellationToken)).Any(hold => hold.Resource == Hold.StationOf(watch.Station));

    /// <summary>Puts a job before all that wait.</summary>
    public async Task PromoteAsync(string name, CancellationToken cancellationToken) => await changes.PromoteAsync(await FindAsync(name, cancellationToken), null, cancellationToken);

    /// <summary>The jobs of a batch, the newest first.</summary>
    public async Task<IReadOnlyList<JobPart>> BatchAsync(string batch, int most, CancellationToken cancellationToken)
    {
        const int AtATime = 500;
        List<JobPart> jobs = [];
        for (long? before = null; jobs.Count < most;)
        {
            JobsDocument page = await ListAsync(new() { Batch = batch }, before, Math.Min(AtATime, most - jobs.Count), cancellationToken);
            foreach (JobPart job in page.Jobs)
            {
                jobs.Add(job.Outcome == JobOutcome.Incomplete && job.Failure is null ? job with { Failure = await ConcernAsync(job, cancellationToken) } : job);
            }

            if ((before = page.Next) is null)
            {
                break;
            }
        }

        return jobs;
    }

    private Task<JobsDocument> ListAsync(JobFilter filter, long? before, int limit, CancellationToken cancellationToken) =>
        JobsDocument.ReadAsync(register, filter, before, limit, watch, cancellationToken);

    /// <summary>The first of what keeps a job from being a success: its document tells of them.</summary>
    private async Task<Failure?> ConcernAsync(JobPart job, CancellationToken cancellationToken) =>
        ImageFacts.Of(await register.DocumentAsync(job.Id, cancellationToken)) is { Concerns: [var first, ..] } ? new("incomplete", first) : null;

    private async Task<long?> DoneAgainByAsync(Job job, CancellationToken cancellationToken)
    {
        const int Jobs = 100;
        return job.State != JobState.Ended || job.Outcome == JobOutcome.Done ? null
            : (await register.ListAsync(new() { Verb = job.Order.Verb }, null, Jobs, cancellationToken)).FirstOrDefault(later => later.RetryOf == job.Order.Id)?.Number;
    }

    private Task<Job> FindAsync(string name, CancellationToken cancellationToken) => changes.FindAsync(name, cancellationToken);

    private static JsonElement Request(Job job)
    {
        using JsonDocument request = JsonDocument.Parse(job.Order.Request);
        return request.RootElement.Clone();
    }
}

/// <summary>What a service was started with, as far as pages tell of it.</summary>
/// <param name="Lines">Each with the option that sets it.</param>
/// <param name="IsDemonstration">Whether drives and discs are made up.</param>
/// <param name="Vault">The catalogue of the vault that is served; null for none.</param>
internal sealed record PageSettings(IReadOnlyList<(string Name, string Option, IReadOnlyList<string> Values)> Lines, bool IsDemonstration, string? Vault);
