// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.Documents;
using Spindle.Service.Pages.Markup;
using Spindle.Station.CommandLines;

namespace Spindle.Service.Pages.Working;

/// <summary>All jobs, page by page, by what is asked for.</summary>
internal static class JobsPage
{
    /// <summary>Jobs of a page.</summary>
    public const int Length = 50;

    private static readonly (string, string)[] States =
        [("", "any state"), ("queued", "queued"), ("running", "running"), ("stopping", "stopping"), ("lost", "lost"), ("ended", "ended")];

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="jobs">What was found.</param>
    /// <param name="asked">What was asked for, as in the address: <c>state</c>, <c>verb</c>, <c>batch</c>, <c>operator</c>.</param>
    /// <param name="verbs">The verbs that there are.</param>
    public static Page Of(PageContext context, JobsDocument jobs, IReadOnlyDictionary<string, string> asked, IEnumerable<string> verbs)
    {
        string Asked(string key) => asked.GetValueOrDefault(key, "");
        string further = string.Concat(asked.Where(one => one.Value.Length > 0).Select(one => $"&{one.Key}={Uri.EscapeDataString(one.Value)}"));
        return new("Jobs", Html.Of($"""
            <form method="get" action="{context.Root}jobs" class="row" role="search" aria-label="Jobs">
            <span>{Fields.Choice("state", "State", States, Asked("state"))}</span>
            <span>{Fields.Choice("verb", "What", [("", "anything"), .. verbs.Select(verb => (verb, verb))], Asked("verb"))}</span>
            <span>{Fields.Text("batch", "Batch", Asked("batch"))}</span>
            <span>{Fields.Text("operator", "Operator", Asked("operator"))}</span>
            <button>Show</button>
            </form>
            <div id="jobs" data-live>
            {JobCard.Table(context, "Jobs, the newest first", jobs.Jobs)}
            {Html.If(jobs.Next is not null, () => Html.Of($"<p><a href=\"{context.Root}jobs?before={jobs.Next!.Value}{further}\">Older jobs</a></p>"))}
            </div>
            <p><a class="button" href="{context.Root}jobs/new">New job</a></p>
            """)) { Here = "jobs", CommandLine = Asked("state") is { Length: > 0 } state ? string.Create(CultureInfo.InvariantCulture, $"spindle jobs --only {state}") : Asked("batch") is { Length: > 0 } batch ? $"spindle jobs --batch {ShellWord.Quote(batch)}" : "spindle jobs" };
    }
}
