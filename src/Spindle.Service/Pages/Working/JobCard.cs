// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Working;

/// <summary>A job as a card, and as a line of a table.</summary>
internal static class JobCard
{
    /// <summary>What runs, or waits.</summary>
    public static Html Card(PageContext context, JobPart job, string kind = "card") => Html.Of($"""
        <article class="{kind}{(job.Question is null ? "" : " wanted")}" data-job="{job.Number}">
        <h3 class="name"><a id="job-{job.Number}" href="{context.Root}jobs/{job.Number}">{Html.Name(job.Title)}</a></h3>
        <p class="row"><span class="state {JobWords.Kind(job)}" data-f="state">{JobWords.State(job)}</span> <span class="soft">{job.Verb} · {job.Number}</span> <span class="end">{Buttons(context, job)}</span></p>
        {Progress(context, job)}
        {Reason(context, job)}
        </article>
        """);

    /// <summary>How far it is: the texts that change, and a bar.</summary>
    public static Html Progress(PageContext context, JobPart job)
    {
        if (job.State is not (JobState.Running or JobState.Stopping))
        {
            return Html.Empty;
        }

        IReadOnlyDictionary<string, string> fields = JobWords.Fields(job, context.Now);
        string? value = JobWords.Part(job)?.ToString("F4", CultureInfo.InvariantCulture);
        return Html.Of($"""
            <progress max="1"{(value is null ? Html.Empty : Html.Of($" value=\"{value}\""))} aria-label="How far job {job.Number} is"></progress>
            <p class="row"><span data-f="stage">{fields["stage"]}</span> <span data-f="amount">{fields["amount"]}</span> <span data-f="rate">{fields["rate"]}</span> <span data-f="left">{fields["left"]}</span></p>
            <p class="row soft"><bdi class="name" data-f="item">{fields["item"]}</bdi></p>
            <p class="row"><span class="stalled" data-f="trouble">{fields["trouble"]}</span> <span class="soft" data-f="alive">{fields["alive"]}</span> <span class="stalled" data-f="still">{fields["still"]}</span></p>
            """);
    }

    /// <summary>What can be done with it.</summary>
    public static Html Buttons(PageContext context, JobPart job)
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"{context.Root}jobs/{job.Number}");
        return job switch
        {
            { State: JobState.Queued } => Html.Of($"{Fields.Button($"{at}/next", "Do it next")} {Fields.Button($"{at}/stop", "Stop")}"),
            { State: JobState.Running } => Fields.Button($"{at}/stop", "Stop"),
            { State: JobState.Stopping } => Fields.Button($"{at}/stop", "End at once", "danger", ("now", "yes")),
            { State: JobState.Lost } => Html.Of($"{Fields.Button($"{at}/release", "Begin anew")} {Fields.Button($"{at}/stop", "Give up", "danger")}"),
            { Outcome: JobOutcome.Done } => Html.Empty,
            _ => Fields.Button($"{at}/retry", "Retry"),
        };
    }

    /// <summary>A table of jobs, the newest first.</summary>
    public static Html Table(PageContext context, string caption, IReadOnlyList<JobPart> jobs) => jobs.Count == 0 ? Html.Of($"<p class=\"soft\">{caption}: none.</p>") : Html.Of($"""
        <div class="scroll" role="region" aria-label="{caption}" tabindex="0"><table>
        <caption>{caption}</caption>
        <thead><tr><th scope="col" class="number">Job</th><th scope="col">What</th><th scope="col">Title</th><th scope="col">State</th><th scope="col">Since</th><th scope="col" class="number">Took</th></tr></thead>
        <tbody>{Html.All(jobs, job => Row(context, job))}</tbody>
        </table></div>
        """);

    private static Html Row(PageContext context, JobPart job) => Html.Of($"""
        <tr data-job="{job.Number}">
        <td class="number"><a href="{context.Root}jobs/{job.Number}">{job.Number}</a></td>
        <td>{job.Verb}</td>
        <th scope="row"><span class="name">{Html.Name(job.Title)}</span></th>
        <td><span class="state {JobWords.Kind(job)}" data-f="state">{JobWords.State(job)}</span><br><span class="soft">{Html.Name(JobWords.Reason(job))}</span></td>
        <td>{Html.Moment(job.EndedAt ?? job.StartedAt ?? job.CreatedAt)}</td>
        <td class="number">{JobWords.Took(job, context.Now)}</td>
        </tr>
        """);

    private static Html Reason(PageContext context, JobPart job)
    {
        if (job.Question is { } question)
        {
            string action = string.Create(CultureInfo.InvariantCulture, $"{context.Root}jobs/{job.Number}/answer");
            return Html.Of($"""
                <p class="name"><strong>{Html.Name(question.Text)}</strong></p>
                <p class="row">{Fields.Button(action, "Yes", "main", ("question", question.Id.ToString()), ("answer", "yes"))} {Fields.Button(action, "No", "", ("question", question.Id.ToString()), ("answer", "no"))}</p>
                """);
        }

        return JobWords.Reason(job) is { Length: > 0 } reason ? Html.Of($"<p class=\"soft name\">{Html.Name(reason)}</p>") : Html.Empty;
    }
}
