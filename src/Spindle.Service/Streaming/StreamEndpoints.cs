// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Web;

namespace Spindle.Service.Streaming;

/// <summary>What changes, as it changes (server-sent events).</summary>
/// <param name="path">Where it is told.</param>
/// <param name="feed">What is told.</param>
/// <param name="logs">What processes of jobs write, for who asks for one of them (<c>?log=</c>).</param>
internal sealed class StreamEndpoints(string path, EventFeed feed, LogFollower logs) : IEndpoints
{
    private const string LastSeen = "Last-Event-ID"; // sent by a browser that comes back

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(path, SendAsync);

    private async Task SendAsync(HttpContext context)
    {
        string? given = context.Request.Headers[LastSeen] is [{ Length: > 0 } header] ? header : context.Request.Query["after"] is [{ Length: > 0 } asked] ? asked : null;
        long? after = null;
        if (given is not null)
        {
            if (!long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            {
                await Answer.FailAsync(context, Failures.NoEvent(given));
                return;
            }

            after = number;
        }

        Job? followed = context.Request.Query["log"] is [{ Length: > 0 } job] ? await logs.FindAsync(job, context.RequestAborted) : null;
        CancellationToken stopping = context.Features.GetRequiredFeature<ServedBy>().Stopping;
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        Watcher? watcher = await feed.EnterAsync(ended.Token);
        if (watcher is null)
        {
            context.Response.Headers.RetryAfter = "30";
            await Answer.FailAsync(context, Failures.TooMany, StatusCodes.Status503ServiceUnavailable);
            return;
        }

        Task following = Task.CompletedTask;
        try
        {
            following = followed is null ? following : FollowAsync(followed, watcher, ended.Token);
            await SendAsync(context, watcher, after, ended.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(EventText.Going, context.RequestAborted);
        }
        finally
        {
            feed.Leave(watcher);
            await ended.CancelAsync();
            await following;
        }
    }

    private async Task FollowAsync(Job job, Watcher watcher, CancellationToken cancellationToken)
    {
        try
        {
            await logs.FollowAsync(job, watcher, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or OperationFailedException)
        {
            // Nobody listens any more; or the job was forgotten while it was followed.
        }
    }

    private async Task SendAsync(HttpContext context, Watcher watcher, long? after, CancellationToken cancellationToken)
    {
        byte[]? missed = after is { } seen ? await feed.BetweenAsync(seen, watcher.Seen, cancellationToken) : [];
        EventText hello = new();
        hello.Write("retry: 2000\n");
        hello.Add("hello", missed is null ? watcher.Seen : after ?? watcher.Seen, new(watcher.Seen, missed is not null), EventText.Form.HelloPart);

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep events back
        Stream body = context.Response.Body;
        await body.WriteAsync(hello.ToArray(), cancellationToken); // at once: a browser knows only then that it is connected
        await body.WriteAsync(missed, cancellationToken);
        await body.FlushAsync(cancellationToken);
        for (List<byte[]> texts = []; await watcher.NextAsync(texts, cancellationToken); texts.Clear())
        {
            foreach (byte[] text in texts)
            {
                await body.WriteAsync(text, cancellationToken);
            }

            await body.FlushAsync(cancellationToken);
        }
    }
}
