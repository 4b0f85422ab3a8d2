// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Files;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;
using Spindle.Station.CommandLines;

namespace Spindle.Service.Pages.Working;

/// <summary>Jobs that belong together: a stack of discs, an afternoon's work.</summary>
internal static class BatchPage
{
    /// <summary>Its jobs at most: those before are in the table as a file.</summary>
    public const int Most = 1000;

    /// <summary>How many batches are listed.</summary>
    public const int MostListed = 500;

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="batch">The batch; null where there is none yet.</param>
    /// <param name="jobs">Its jobs.</param>
    public static Page Of(PageContext context, string name, JobBatch? batch, IReadOnlyList<JobPart> jobs) => new(name, Html.Of($"""
        <div id="batch" data-live>
        <p>{(batch is null ? Html.Of($"There is no such batch yet: its first job opens it.") : batch.Closed is { } closed ? Html.Of($"Closed {Html.Moment(closed)}: it takes no new jobs. ") : Html.Empty)}{Totals(jobs)}</p>
        <p class="row">{Html.If(batch, known => Change(context, known))}</p>
        {JobCard.Table(context, "Jobs of this batch, the newest first", jobs)}
        </div>
        <p><a class="button" href="{context.Root}batches.csv?batch={Uri.EscapeDataString(name)}" download>Table (CSV)</a></p>
        """)) { Here = "batches", CommandLine = $"spindle jobs --batch {ShellWord.Quote(name)}" };

    /// <summary>Of those that there are, those with the newest jobs first.</summary>
    public static Page All(PageContext context, IReadOnlyList<JobBatch> batches) => new("Batches", Html.Of($"""
        <div id="batches" data-live>
        {(batches.Count == 0 ? Html.Of($"<p class=\"soft\">There is no batch yet. A job belongs to one when the field ‘Batch’ of its form is filled in.</p>") : Table(context, batches))}
        </div>
        <h2>Open a batch</h2>
        <form class="row" method="post" action="{context.Root}batches/open"><span>{Fields.Text("batch", "What it is called", required: true)}</span><button>Open</button></form>
        """)) { Here = "batches" };

    /// <summary>The same as CSV (RFC 4180), in UTF-8: a line for each job.</summary>
    public static string Csv(IReadOnlyList<JobPart> jobs)
    {
        StringBuilder table = new("job,verb,title,state,outcome,reason,created,started,ended,seconds,operator,exit_code\r\n");
        foreach (JobPart job in jobs.OrderBy(job => job.Number))
        {
            string[] cells =
            [
                job.Number.ToString(CultureInfo.InvariantCulture), job.Verb, job.Title, job.State.ToString().ToLowerInvariant(), job.Outcome?.ToString().ToLowerInvariant() ?? "",
                JobWords.Reason(job), Moment(job.CreatedAt), Moment(job.StartedAt), Moment(job.EndedAt),
                job.StartedAt is { } started && job.EndedAt is { } ended ? (ended - started).TotalSeconds.ToString("F0", CultureInfo.InvariantCulture) : "",
                job.Operator ?? "", job.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            ];
            table.AppendJoin(',', cells.Select(CsvCell.Of)).Append("\r\n");
        }

        return table.ToString();
    }

    private static Html Table(PageContext context, IReadOnlyList<JobBatch> batches) => Html.Of($"""
        <div class="scroll" role="region" aria-label="Batches" tabindex="0"><table><caption>Batches, those with the newest jobs first</caption>
        <thead><tr><th scope="col">Batch</th><th scope="col" class="number">Jobs</th><th scope="col">Last</th><th scope="col">State</th></tr></thead>
        <tbody>{Html.All(batches, batch => Html.Of($"<tr><th scope=\"row\"><a class=\"name\" href=\"{context.Root}batches?batch={Uri.EscapeDataString(batch.Name)}\">{Html.Name(batch.Name)}</a></th><td class=\"number\">{batch.Jobs}</td><td>{Html.Moment(batch.Last ?? batch.Opened)}</td><td>{(batch.Closed is null ? "open" : "closed")}</td></tr>"))}</tbody></table></div>
        """);

    private static Html Change(PageContext context, JobBatch batch) => batch.Closed is null
        ? Fields.Button($"{context.Root}batches/close", "Close this batch", "", ("batch", batch.Name))
        : Fields.Button($"{context.Root}batches/open", "Open it again", "", ("batch", batch.Name));

    private static string Totals(IReadOnlyList<JobPart> jobs) => string.Join(", ", jobs.GroupBy(JobWords.State).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key[2..]}")));

    private static string Moment(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";
}
