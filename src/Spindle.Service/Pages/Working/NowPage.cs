// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Pages.Working;

/// <summary>What is going on: what a person is wanted for, what runs and waits, the last that ended.</summary>
internal static class NowPage
{
    /// <summary>How many ended ones it shows.</summary>
    public const int Ended = 10;

    /// <summary>How many of those that have not ended.</summary>
    public const int Open = 50;

    /// <summary>The page.</summary>
    /// <param name="context">What every page needs to know.</param>
    /// <param name="open">Jobs that have not ended.</param>
    /// <param name="ended">The last that ended.</param>
    /// <param name="queued">How many wait in all.</param>
    /// <param name="isServing">Whether somebody runs jobs.</param>
    /// <param name="isPaused">Whether a person keeps all jobs of this station back.</param>
    public static Page Of(PageContext context, IReadOnlyList<JobPart> open, IReadOnlyList<JobPart> ended, long queued, bool isServing, bool isPaused)
    {
        JobPart[] wanted = [.. open.Where(job => job.Question is not null || job.State == JobState.Lost)];
        JobPart[] running = [.. open.Where(job => job.State is JobState.Running or JobState.Stopping && job.Question is null)];
        JobPart[] waiting = [.. open.Where(job => job.State == JobState.Queued).Reverse().OrderByDescending(job => job.Priority)];
        return new("Now", Html.Of($"""
            <div id="now" data-live>
            {Html.If(!isServing, () => Html.Of($"<p class=\"failure\">This service runs no jobs: it was started with --no-jobs.</p>"))}
            {Html.If(wanted.Length > 0, () => Html.Of($"<h2>You are wanted</h2><div class=\"cards\">{Html.All(wanted, job => JobCard.Card(context, job))}</div>"))}
            {Html.If(isPaused, () => Html.Of($"<p class=\"stalled\">Paused: no job begins. {Fields.Button($"{context.Root}pause", "Go on", "", ("off", "yes"))}</p>"))}
            <h2>Running</h2>
            {(running.Length == 0 ? Html.Of($"<p class=\"soft\">Nothing runs.</p>") : Html.Of($"<div class=\"cards\">{Html.All(running, job => JobCard.Card(context, job))}</div>"))}
            {Html.If(waiting.Length > 0, () => Html.Of($"<h2>Waiting ({queued})</h2><div class=\"cards\">{Html.All(waiting, job => JobCard.Card(context, job))}</div>"))}
            <h2>Ended last</h2>
            {JobCard.Table(context, "The last jobs that ended", ended)}
            </div>
            <p class="row"><a class="button main" href="{context.Root}station">Image a disc</a> <a class="button" href="{context.Root}jobs/new">Other work</a> {Html.If(isServing && !isPaused, () => Fields.Button($"{context.Root}pause", "Pause: begin no jobs"))}</p>
            <p hidden><label class="check"><input type="checkbox" id="sound"> <span>A sound and a notice when a job ends</span></label></p>
            """)) { Here = "", CommandLine = "spindle jobs" };
    }
}
