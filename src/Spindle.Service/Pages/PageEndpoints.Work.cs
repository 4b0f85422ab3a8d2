// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Working;
using Spindle.Service.Web;

namespace Spindle.Service.Pages;

/// <content>Work: what is going on, jobs, batches.</content>
internal sealed partial class PageEndpoints
{
    private void MapWork(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", NowAsync);
        routes.MapRead("/jobs", JobsAsync);
        routes.MapRead("/jobs/new", NewJobAsync);
        routes.MapPost("/jobs", EnterAsync);
        routes.MapRead("/jobs/{job}", JobAsync);
        routes.MapPost("/jobs/{job}/stop", http => ChangeAsync(http, async (job, form) => await desk.StopAsync(job, form.ContainsKey("now"), http.RequestAborted)));
        routes.MapPost("/jobs/{job}/next", http => ChangeAsync(http, async (job, _) => await desk.PromoteAsync(job, http.RequestAborted)));
        routes.MapPost("/jobs/{job}/release", http => ChangeAsync(http, async (job, _) => await desk.ReleaseAsync(job, http.RequestAborted)));
        routes.MapPost("/jobs/{job}/answer", http => ChangeAsync(http, async (job, form) => await desk.AnswerAsync(job, form, http.RequestAborted)));
        routes.MapPost("/jobs/{job}/retry", RetryAsync);
        routes.MapRead("/batches", http => BatchAsync(http, isTable: false));
        routes.MapRead("/batches.csv", http => BatchAsync(http, isTable: true));
        routes.MapPost("/batches/open", http => ChangeBatchAsync(http, isOpen: true));
        routes.MapPost("/batches/close", http => ChangeBatchAsync(http, isOpen: false));
        routes.MapPost("/pause", PauseAsync);
    }

    private async Task NowAsync(HttpContext http)
    {
        (IReadOnlyList<JobPart> open, IReadOnlyList<JobPart> ended, long queued) = await desk.NowAsync(http.RequestAborted);
        await ShowAsync(http, NowPage.Of(Context(http), open, ended, queued, desk.IsServing, await desk.IsPausedAsync(http.RequestAborted)));
    }

    private async Task JobsAsync(HttpContext http)
    {
        Dictionary<string, string> asked = new(StringComparer.Ordinal);
        foreach (string key in new[] { "state", "verb", "batch", "operator" })
        {
            asked[key] = Asked(http, key) ?? "";
        }

        JobsDocument jobs = await desk.JobsAsync(asked, Asked(http, "before"), http.RequestAborted);
        await ShowAsync(http, JobsPage.Of(Context(http), jobs, asked, OrderForms.All.Select(form => form.Verb)));
    }

    private async Task NewJobAsync(HttpContext http)
    {
        OrderForm? form = OrderForms.Of(Asked(http, "verb"));
        await ShowAsync(http, form is null ? NewJobPage.Choices(Context(http)) : NewJobPage.Of(Context(http), form, await desk.ValuesAsync(form, Asked(http, "like"), http.RequestAborted)));
    }

    private async Task EnterAsync(HttpContext http)
    {
        IReadOnlyDictionary<string, string> values = await FormAsync(http);
        OrderForm form = OrderForms.Of(values.GetValueOrDefault("verb")) ?? throw new OperationFailedException(new("usage", "the form names no work that this service has a form for", "programs use /api/jobs"));
        try
        {
            Entered entered = await desk.EnterAsync(form, values, http.RequestAborted);
            await GoAsync(http, $"jobs/{Number(entered.Number)}");
        }
        catch (OperationFailedException e)
        {
            await ShowAsync(http, NewJobPage.Of(Context(http), form, values, e.Failure));
        }
    }

    private async Task JobAsync(HttpContext http)
    {
        JobView view = await desk.JobAsync(Route(http, "job"), http.RequestAborted);
        await ShowAsync(http, JobPage.Of(Context(http), view.Job, view.CommandLine, view.Log, view.Summary, view.DoneAgainBy));
    }

    private static async Task ChangeAsync(HttpContext http, Func<string, IReadOnlyDictionary<string, string>, Task> change)
    {
        string job = Route(http, "job");
        try
        {
            await change(job, await FormOrNothingAsync(http));
        }
        catch (OperationFailedException e) when (e.Failure.Code is "job-ended" or "job-not-lost" or "job-not-queued" or "no-such-question")
        {
            // It ended, or somebody else was quicker, while the page was looked at: how it is now is what is to be seen.
        }

        await GoAsync(http, $"jobs/{Uri.EscapeDataString(job)}");
    }

    private async Task RetryAsync(HttpContext http)
    {
        Entered entered = await desk.RetryAsync(Route(http, "job"), http.RequestAborted);
        await GoAsync(http, $"jobs/{Number(entered.Number)}");
    }

    private async Task BatchAsync(HttpContext http, bool isTable)
    {
        if (Asked(http, "batch") is not { } batch)
        {
            await ShowAsync(http, BatchPage.All(Context(http), await desk.BatchesAsync(http.RequestAborted)));
            return;
        }

        JobBatch? known = await desk.BatchOfAsync(batch, http.RequestAborted); // before its first job, there is none: a page that is open then follows it all the same
        if (known is null && isTable)
        {
            throw Managing.Failures.NoBatch(batch);
        }

        IReadOnlyList<JobPart> jobs = await desk.BatchAsync(batch, isTable ? int.MaxValue : BatchPage.Most, http.RequestAborted);
        await (isTable ? TextAsync(http, BatchPage.Csv(jobs), "text/csv; charset=utf-8", $"{batch}.csv") : ShowAsync(http, BatchPage.Of(Context(http), batch, known, jobs)));
    }

    private async Task ChangeBatchAsync(HttpContext http, bool isOpen)
    {
        string batch = (await FormAsync(http)).GetValueOrDefault("batch", "").Trim();
        await desk.ChangeBatchAsync(batch, isOpen, http.RequestAborted);
        await GoAsync(http, $"batches?batch={Uri.EscapeDataString(batch)}");
    }

    private async Task PauseAsync(HttpContext http)
    {
        await desk.PauseAsync(!(await FormOrNothingAsync(http)).ContainsKey("off"), http.RequestAborted);
        await GoAsync(http, "");
    }

    private static async Task<IReadOnlyDictionary<string, string>> FormOrNothingAsync(HttpContext http) =>
        http.Request.ContentLength is null or 0 ? new Dictionary<string, string>() : await FormAsync(http);
}
