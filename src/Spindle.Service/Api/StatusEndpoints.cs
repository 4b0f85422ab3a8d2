// SPDX-License-Identifier: MIT
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Web;

namespace Spindle.Service.Api;

/// <summary>How the service is.</summary>
/// <param name="about">What does not change while it runs.</param>
/// <param name="register">The jobs.</param>
/// <param name="trouble">What keeps jobs from being run; null where nothing does.</param>
/// <param name="watch">Who runs jobs.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusEndpoints(AboutService about, IRegister register, Func<Failure?> trouble, JobWatch watch, TimeProvider time) : IEndpoints
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead("/api/health", context => Answer.BytesAsync(context, "ok\n"u8.ToArray(), "text/plain; charset=utf-8")).Open();
        routes.MapEmbedded("/api/openapi.json", typeof(StatusEndpoints).Assembly, "api/openapi.json", "application/json").Open();
        routes.MapRead("/api/status", async context => await Answer.JsonAsync(context, await StatusAsync(context.RequestAborted), ApiJson.Form.StatusPart));
    }

    private async Task<StatusPart> StatusAsync(CancellationToken cancellationToken)
    {
        long last = await register.LastEventAsync(cancellationToken); // first: what is behind it may be told twice, and never not at all
        IReadOnlyDictionary<JobState, long> counts = await register.CountsAsync(cancellationToken);
        long Of(JobState state) => counts.GetValueOrDefault(state);
        return new(
            about.Version, about.Station, about.StartedAt, (long)(time.GetUtcNow() - about.StartedAt).TotalSeconds,
            new(Of(JobState.Queued), Of(JobState.Running), Of(JobState.Stopping), Of(JobState.Lost), Of(JobState.Ended)), last, watch.IsServing,
            (await register.HoldsAsync(cancellationToken)).Any(hold => hold.Resource == Hold.StationOf(watch.Station)), trouble());
    }
}

/// <summary>What does not change while a service runs.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="Station">The name under which it does jobs.</param>
/// <param name="StartedAt">When it was started.</param>
public sealed record AboutService(string Version, string Station, DateTimeOffset StartedAt);
