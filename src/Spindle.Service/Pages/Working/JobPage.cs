// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Working;

/// <summary>All that is known of a job.</summary>
internal static class JobPage
{
    /// <summary>Lines of its log that are shown.</summary>
    public const int Lines = 50;

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="job">The job.</param>
    /// <param name="commandLine">What it is at a terminal.</param>
    /// <param name="log">The last of what its process wrote beside its result.</param>
    /// <param name="summary">What its result says, name by name.</param>
    /// <param name="doneAgainBy">The number of the job that does it again.</param>
    public static Page Of(PageContext context, JobPart job, string commandLine, IReadOnlyList<string> log, IReadOnlyList<(string Name, string Value)> summary, long? doneAgainBy) =>
        new(job.Title, Html.Of($"""
            <div id="job" data-live data-job="{job.Number}">
            <p class="row"><span class="result state {JobWords.Kind(job)}" data-f="state">{JobWords.State(job)}</span> <span class="end">{JobCard.Buttons(context, job)}</span></p>
            {JobCard.Progress(context, job)}
            {Html.If(job.Failure, failure => Told(failure))}
            {Html.If(job.Failure is null && JobWords.Reason(job).Length > 0, () => Html.Of($"<p class=\"hint name\">{Html.Name(JobWords.Reason(job))}</p>"))}
            {(doneAgainBy is { } again ? Html.Of($"<p><a href=\"{context.Root}jobs/{again}\">Job {again}</a> goes on with it.</p>") : Html.If(job.Outcome == JobOutcome.Crashed, () => Html.Of($"<p>A retry goes on where this one was cut off, as far as the work allows.</p>")))}
            {Html.If(summary.Count > 0, () => Html.Of($"<h2>Result</h2><dl>{Html.All(summary, Pair)}</dl>"))}
            <h2>Facts</h2>
            <dl>
            {Html.All(Facts(context, job), fact => Html.Of($"<dt>{fact.Name}</dt><dd>{fact.Value}</dd>"))}
            </dl>
            {Html.If(log.Count > 0, () => Html.Of($"<h2>Last lines</h2><pre tabindex=\"0\" aria-label=\"Last lines of the log\">{string.Join('\n', log.Select(JobWords.Line))}</pre>"))}
            <p class="row"><a href="{context.Root}api/jobs/{job.Number}/log">Whole log</a> {Html.If(job.State == JobState.Ended, () => Html.Of($"<a href=\"{context.Root}api/jobs/{job.Number}/result\">Whole result (JSON)</a>"))} {Html.If(job.Verb == "image" && job.State == JobState.Ended, () => Html.Of($"<a href=\"{context.Root}jobs/{job.Number}/label\">Label</a>"))}</p>
            </div>
            """)) { Here = "jobs", CommandLine = commandLine };

    private static Html Told(Failure failure) => Html.Of($"""
        <div class="failure"><p class="name"><strong>{Html.Name(failure.What)}</strong></p>
        {Html.If(failure.Hint, hint => Html.Of($"<p class=\"name\">What to do: {Html.Name(hint)}</p>"))}<p class="soft">{failure.Code}</p></div>
        """);

    private static Html Pair((string Name, string Value) pair) => Html.Of($"<dt>{pair.Name}</dt><dd class=\"name\">{Html.Name(pair.Value)}</dd>");

    private static IEnumerable<(string Name, Html Value)> Facts(PageContext context, JobPart job)
    {
        yield return ("Job", Html.Of($"{job.Number}"));
        yield return ("What", Html.Of($"{job.Verb}"));
        yield return ("Entered", Html.Moment(job.CreatedAt));
        if (job.StartedAt is { } started)
        {
            yield return ("Begun", Html.Moment(started));
        }

        if (job.EndedAt is { } ended)
        {
            yield return ("Ended", Html.Moment(ended));
        }

        if (JobWords.Took(job, context.Now) is { Length: > 0 } took)
        {
            yield return ("Took", Html.Of($"{took}"));
        }

        if (job.Attempt > 1)
        {
            yield return ("Attempt", Html.Of($"{job.Attempt}"));
        }

        if (job.Priority != 0)
        {
            yield return ("Priority", Html.Of($"{job.Priority}"));
        }

        if (job.ExitCode is { } code)
        {
            yield return ("Exit code", Html.Of($"{code}"));
        }

        if (job.Signal is { } signal)
        {
            yield return ("Signal", Html.Of($"{signal}"));
        }

        foreach ((string name, string? value) in new[] { ("Operator", job.Operator), ("Station", job.Station) })
        {
            if (value is not null)
            {
                yield return (name, Html.Name(value));
            }
        }

        if (job.Batch is { } batch)
        {
            yield return ("Batch", Html.Of($"<a href=\"{context.Root}batches?batch={Uri.EscapeDataString(batch)}\">{Html.Name(batch)}</a>"));
        }

        foreach (string resource in job.Resources)
        {
            yield return ("Needs", Html.Name(resource));
        }

        if (job.RetryOf is { } earlier)
        {
            yield return ("Does again", Html.Of($"<a href=\"{context.Root}jobs/{earlier.ToString("D", CultureInfo.InvariantCulture)}\">an earlier job</a>"));
        }
    }
}
