// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Web;

namespace Spindle.Service.Api;

/// <summary>Finds the jobs that addresses name, and tells of them.</summary>
/// <param name="register">Where they stand.</param>
/// <param name="watch">What is seen of those that run.</param>
/// <param name="jobs">Finds them.</param>
internal sealed class JobFinder(IRegister register, JobWatch watch, JobChanges jobs)
{
    /// <summary>The job that the address names, by its number or its id.</summary>
    /// <exception cref="Media.OperationFailedException"><c>no-such-job</c>.</exception>
    public Task<Job> FindAsync(HttpContext context) => jobs.FindAsync((string)context.GetRouteValue("job")!, context.RequestAborted);

    /// <summary>Tells of a job as it is now.</summary>
    public async Task TellAsync(HttpContext context, Guid id, int status = StatusCodes.Status200OK)
    {
        Job job = await jobs.FindAsync(id.ToString(), context.RequestAborted);
        DateTimeOffset now = await register.NowAsync(context.RequestAborted);
        JobPart part = JobPart.Of(job, now, await watch.AroundAsync(register, context.RequestAborted));
        await Answer.JsonAsync(context, part, JobsJson.Form.JobPart, status);
    }

    /// <summary>Where a job is.</summary>
    public static string AddressOf(HttpContext context, long number) => string.Create(CultureInfo.InvariantCulture, $"{context.Base()}/api/jobs/{number}");
}
