// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Orders;
using Spindle.Service.Web;
using Spindle.Station;
using Spindle.Station.Contract;

namespace Spindle.Service.Api;

/// <summary>Jobs: their list, each of them, and what becomes of them.</summary>
/// <param name="register">Where they stand.</param>
/// <param name="watch">What is seen of those that run.</param>
/// <param name="changes">Changes them.</param>
/// <param name="driveIdentity">Names the drive that a path is.</param>
internal sealed class JobsEndpoints(IRegister register, JobWatch watch, JobChanges changes, Func<string, string?> driveIdentity) : IEndpoints
{
    private const int UsualLimit = 50;
    private const int MostLimit = 1000;
    private const string SomeProgram = "a program"; // who answers, where nobody says who it is

    private readonly JobFinder _jobs = new(register, watch, changes);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/jobs", ListAsync);
        routes.MapRead("/api/jobs/{job}", async context => await _jobs.TellAsync(context, (await _jobs.FindAsync(context)).Order.Id));
        routes.MapRead("/api/jobs/{job}/result", ResultAsync);
        routes.MapPost("/api/jobs", OrderAsync);
        routes.MapPost("/api/jobs/{job}/stop", StopAsync);
        routes.MapPost("/api/jobs/{job}/retry", RetryAsync);
        routes.MapPost("/api/jobs/{job}/priority", PrioritizeAsync);
        routes.MapPost("/api/jobs/{job}/release", ReleaseAsync);
        routes.MapPost("/api/jobs/{job}/answer", AnswerAsync);
        routes.MapRead("/api/jobs/{job}/late-reports", LateReportsAsync);
        routes.MapPost("/api/jobs/{job}/late-reports", DecideAsync);
    }

    private async Task LateReportsAsync(HttpContext context)
    {
        Job job = await _jobs.FindAsync(context);
        IReadOnlyList<LateReport> reports = await register.LateReportsAsync(job.Order.Id, context.RequestAborted);
        await Answer.JsonAsync(context, new([.. reports.Select(report => new LateReportPart(report.Claim.Token, report.Claim.Station, report.At, report.End.Outcome, report.IsTaken))]), ApiJson.Form.LateReportsPart);
    }

    private async Task DecideAsync(HttpContext context)
    {
        DecisionPart part = await Body.ReadAsync(context, ApiJson.Form.DecisionPart) ?? throw Failures.NoBody();
        OrderPart.Limit("operator", part.Operator);
        Job job = await _jobs.FindAsync(context);
        bool isOfJob = (await register.LateReportsAsync(job.Order.Id, context.RequestAborted)).Any(report => report.Claim.Token == part.Token);
        if (!isOfJob || !await register.DecideLateAsync(part.Token, part.Take, part.Operator, context.RequestAborted))
        {
            throw Failures.NoLateReport(job.Number);
        }

        await _jobs.TellAsync(context, job.Order.Id, StatusCodes.Status202Accepted);
    }

    private async Task ListAsync(HttpContext context)
    {
        Query query = new(context.Request, "state", "verb", "batch", "operator", "resource", "before", "limit");
        JobFilter filter = new()
        {
            States = query.Words<JobState>("state"),
            Verb = query.Text("verb"),
            Batch = query.Text("batch"),
            Operator = query.Text("operator"),
            Resource = query.Text("resource"),
        };
        long? before = query.Number("before", 1, long.MaxValue);
        int limit = (int)(query.Number("limit", 1, MostLimit) ?? UsualLimit);
        await Answer.JsonAsync(context, await JobsDocument.ReadAsync(register, filter, before, limit, watch, context.RequestAborted), JobsDocument.Form);
    }

    private async Task ResultAsync(HttpContext context)
    {
        Job job = await _jobs.FindAsync(context);
        string document = await register.DocumentAsync(job.Order.Id, context.RequestAborted) ?? throw Failures.NoResult(job.Number);
        await Answer.BytesAsync(context, Encoding.UTF8.GetBytes(document), "application/json");
    }

    private async Task OrderAsync(HttpContext context)
    {
        OrderPart part = await Body.ReadAsync(context, ApiJson.Form.OrderPart) ?? throw Failures.NoBody();
        part.Check();
        IVerb verb = Verbs.All.FirstOrDefault(known => known.Name == part.Verb) ?? throw Failures.NoVerb(part.Verb);
        JobOrder order = Ordering.Of(verb, part.Request, driveIdentity, new() { Id = part.Id, Title = part.Title, Priority = part.Priority, Batch = part.Batch, Operator = part.Operator });
        await EnteredAsync(context, await changes.EnterAsync(order, context.RequestAborted));
    }

    private async Task StopAsync(HttpContext context)
    {
        StopPart part = await Body.ReadAsync(context, ApiJson.Form.StopPart) ?? new();
        OrderPart.Limit("operator", part.Operator);
        Job job = await _jobs.FindAsync(context);
        await changes.StopAsync(job, part.Hard, part.Operator, context.RequestAborted);
        await _jobs.TellAsync(context, job.Order.Id, StatusCodes.Status202Accepted);
    }

    private async Task RetryAsync(HttpContext context)
    {
        ByPart part = await Body.ReadAsync(context, ApiJson.Form.ByPart) ?? new();
        OrderPart.Limit("operator", part.Operator);
        await EnteredAsync(context, await changes.RetryAsync(await _jobs.FindAsync(context), part.Operator, context.RequestAborted));
    }

    private async Task PrioritizeAsync(HttpContext context)
    {
        PriorityPart part = await Body.ReadAsync(context, ApiJson.Form.PriorityPart) ?? throw Failures.NoBody();
        OrderPart.Limit("operator", part.Operator);
        Job job = await _jobs.FindAsync(context);
        await (part.Priority is { } priority ? changes.PrioritizeAsync(job, priority, part.Operator, context.RequestAborted) : changes.PromoteAsync(job, part.Operator, context.RequestAborted));
        await _jobs.TellAsync(context, job.Order.Id, StatusCodes.Status202Accepted);
    }

    private async Task ReleaseAsync(HttpContext context)
    {
        ByPart part = await Body.ReadAsync(context, ApiJson.Form.ByPart) ?? new();
        OrderPart.Limit("operator", part.Operator);
        Job job = await _jobs.FindAsync(context);
        await changes.ReleaseAsync(job, part.Operator, context.RequestAborted);
        await _jobs.TellAsync(context, job.Order.Id, StatusCodes.Status202Accepted);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        AnswerPart part = await Body.ReadAsync(context, ApiJson.Form.AnswerPart) ?? throw Failures.NoBody();
        OrderPart.Limit("operator", part.Operator);
        Job job = await _jobs.FindAsync(context);
        await changes.AnswerAsync(job, part.Question, part.Answer == AnswerWord.Yes, part.Operator ?? SomeProgram, context.RequestAborted);
        await _jobs.TellAsync(context, job.Order.Id, StatusCodes.Status202Accepted);
    }

    private async Task EnteredAsync(HttpContext context, Entered entered)
    {
        string address = JobFinder.AddressOf(context, entered.Number);
        if (entered.IsDuplicate)
        {
            Media.Failure failure = Managing.Failures.AlreadyQueued(entered.Number);
            await Answer.ProblemAsync(context, new() { Code = failure.Code, Title = failure.What, Detail = failure.Hint, Status = StatusCodes.Status409Conflict, Instance = address });
            return;
        }

        context.Response.Headers.Location = address;
        await _jobs.TellAsync(context, entered.Job, StatusCodes.Status202Accepted);
    }
}
