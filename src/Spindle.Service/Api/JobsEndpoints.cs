// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Web;

namespace Spindle.Service.Api;

/// <summary>Jobs: their list, and each of them.</summary>
/// <param name="register">Where they stand.</param>
/// <param name="watch">What is seen of those that run.</param>
internal sealed class JobsEndpoints(IRegister register, JobWatch watch) : IEndpoints
{
    private const int UsualLimit = 50;
    private const int MostLimit = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/jobs", ListAsync);
        routes.MapRead("/api/jobs/{job}", async context => await TellAsync(context, await FindAsync(context)));
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

    private async Task TellAsync(HttpContext context, Job job, int status = StatusCodes.Status200OK)
    {
        DateTimeOffset now = await register.NowAsync(context.RequestAborted);
        JobPart part = JobPart.Of(job, now, await watch.AroundAsync(register, context.RequestAborted));
        await Answer.JsonAsync(context, part, JobsJson.Form.JobPart, status);
    }

    /// <summary>The job that the address names, by its number or its id.</summary>
    private async Task<Job> FindAsync(HttpContext context)
    {
        string name = (string)context.GetRouteValue("job")!;
        Job? job = long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? await register.JobAsync(number, context.RequestAborted)
            : Guid.TryParseExact(name, "D", out Guid id) ? await register.JobAsync(id, context.RequestAborted)
            : null;
        return job ?? throw Failures.NoJob(name);
    }
}
