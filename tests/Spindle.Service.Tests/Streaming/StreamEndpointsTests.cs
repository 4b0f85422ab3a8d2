// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Spindle.Service.Jobs;
using Spindle.Service.Running;
using Spindle.Service.Streaming;

namespace Spindle.Service.Tests.Streaming;

public sealed class StreamEndpointsTests : IAsyncLifetime
{
    private readonly PlayedService _service = new();
    private IRegister? _register;

    private IRegister Register => _register!;

    public async ValueTask InitializeAsync()
    {
        await _service.InitializeAsync();
        _register = _service.OpenRegister();
    }

    public async ValueTask DisposeAsync()
    {
        await Register.DisposeAsync();
        await _service.DisposeAsync();
        Assert.Empty(_service.Logged);
    }

    [Fact]
    public async Task It_greets_at_once_and_tells_what_others_change()
    {
        await using PlayedStream stream = await OpenAsync();

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", stream.Response.Headers.CacheControl!.ToString());
        Assert.Equal("no", stream.Response.Headers.GetValues("X-Accel-Buffering").Single());
        (string kind, JsonElement hello) = (await stream.NextAsync())!.Value;
        Assert.Equal(("hello", 0, true), (kind, hello.GetProperty("lastEventId").GetInt64(), hello.GetProperty("complete").GetBoolean()));
        Assert.Equal(TimeSpan.FromSeconds(2), stream.Reconnect);

        Guid job = await EnqueueAsync("a\nb<script>");
        JsonElement created = await stream.NextAsync("job-created");
        Assert.Equal((job.ToString(), 1, "a\nb<script>", "queued"), (Text(created, "id"), created.GetProperty("number").GetInt64(), Text(created, "title"), Text(created, "state")));
        Assert.Equal("1", stream.LastId);

        Claim claim = await ClaimAsync();
        Assert.Equal("running", Text(await stream.NextAsync("job-changed"), "state"));
        Guid question = Guid.NewGuid();
        await Register.AskAsync(question, claim, "disc-wanted", "Insert the next disc?", CancellationToken.None);
        JsonElement wanted = await stream.NextAsync("operator-wanted");
        Assert.Equal((1, question.ToString()), (wanted.GetProperty("job").GetInt64(), Text(wanted.GetProperty("question"), "id")));
        await Register.EndAsync(claim, new() { Outcome = JobOutcome.Incomplete, ExitCode = 2 }, CancellationToken.None);
        JsonElement ended = await stream.NextAsync("job-changed");
        while (Text(ended, "state") != "ended")
        {
            ended = await stream.NextAsync("job-changed"); // that it had asked is one, too
        }

        Assert.Equal("incomplete", Text(ended, "outcome"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_comes_back_is_told_what_it_missed_once_and_in_order(bool isHeader)
    {
        for (int i = 0; i < 5; i++)
        {
            await EnqueueAsync($"job {i}");
        }

        await using PlayedStream stream = await PlayedStream.OpenAsync(_service.Client, isHeader ? "" : "?after=2", isHeader ? "2" : null);
        JsonElement hello = await stream.NextAsync("hello");
        Assert.Equal((5, true), (hello.GetProperty("lastEventId").GetInt64(), hello.GetProperty("complete").GetBoolean()));
        Assert.Equal("2", stream.LastId); // cut off here, it would ask for the same again
        await EnqueueAsync("job 5");

        List<string> seen = [];
        while (seen.Count < 4)
        {
            seen.Add(Text(await stream.NextAsync("job-created"), "title"));
        }

        Assert.Equal(["job 2", "job 3", "job 4", "job 5"], seen);
        Assert.Equal("6", stream.LastId);
    }

    [Theory]
    [InlineData("?after=99999")] // of another register
    [InlineData("?after=0")]
    public async Task Who_missed_too_much_is_told_to_ask_anew(string query)
    {
        for (int i = 0; i <= EventFeed.LongestReplay; i++)
        {
            await EnqueueAsync($"job {i}");
        }

        await using PlayedStream stream = await PlayedStream.OpenAsync(_service.Client, query);
        JsonElement hello = await stream.NextAsync("hello");

        Assert.False(hello.GetProperty("complete").GetBoolean());
        Assert.Equal(EventFeed.LongestReplay + 1, hello.GetProperty("lastEventId").GetInt64());
        await EnqueueAsync("new");
        Assert.Equal("new", Text(await stream.NextAsync("job-created"), "title"));
    }

    [Fact]
    public async Task What_people_arrange_and_what_drives_do_is_told_too()
    {
        await using PlayedStream stream = await OpenAsync();
        Assert.Equal("/dev/sr0", Text(await stream.NextAsync("drive-changed"), "path"));

        await Register.HoldAsync("drive:played", "anna", CancellationToken.None);
        JsonElement held = await stream.NextAsync("station-changed");
        Assert.Equal(("held", "drive:played", "anna"), (Text(held, "kind"), Text(held, "name"), Text(held, "by")));
        Assert.Equal("1", stream.LastId);
        await Register.OpenBatchAsync("a\nb", null, CancellationToken.None);
        JsonElement opened = await stream.NextAsync("station-changed");
        Assert.Equal(("batch-opened", "a\nb", JsonValueKind.Null), (Text(opened, "kind"), Text(opened, "name"), opened.GetProperty("by").ValueKind));
    }

    [Fact]
    public async Task What_a_process_writes_is_told_to_who_asks_for_it_to_its_end()
    {
        Guid job = await EnqueueAsync("t");
        Claim claim = await ClaimAsync();
        JobFolder folder = JobFolder.Of(_service.Folder, job, 1);
        folder.Create("{}"u8.ToArray());
        await File.WriteAllTextAsync(folder.Progress, "one\ntwo\nhal", CancellationToken.None);
        await using PlayedStream stream = await PlayedStream.OpenAsync(_service.Client, "?log=1"), other = await OpenAsync();

        JsonElement first = await stream.NextAsync("job-log");
        Assert.Equal((1, 1, 0, "one\ntwo\n"), (first.GetProperty("job").GetInt64(), first.GetProperty("attempt").GetInt32(), first.GetProperty("from").GetInt64(), Text(first, "text")));
        await File.AppendAllTextAsync(folder.Progress, "f\n", CancellationToken.None);
        JsonElement second = await stream.NextAsync("job-log");
        Assert.Equal((8, "half\n"), (second.GetProperty("from").GetInt64(), Text(second, "text")));
        await File.AppendAllTextAsync(folder.Progress, "end\n", CancellationToken.None);
        await Register.EndAsync(claim, new() { Outcome = JobOutcome.Done, ExitCode = 0 }, CancellationToken.None);
        Assert.Equal("end\n", Text(await stream.NextAsync("job-log"), "text"));

        // Who did not ask for it is not told.
        string kind;
        do
        {
            (kind, JsonElement data) = (await other.NextAsync())!.Value;
            Assert.NotEqual("job-log", kind);
            kind = kind == "job-changed" ? Text(data, "state") : kind;
        }
        while (kind != "ended");
        Assert.Equal((HttpStatusCode.NotFound, "no-such-job"), await _service.RefusedAsync("/api/events?log=99"));
    }

    [Theory]
    [InlineData("?after=x")]
    [InlineData("?after=-1")]
    [InlineData("?after=99999999999999999999")]
    public async Task What_is_no_number_of_an_event_is_refused(string query) =>
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "usage"), await _service.RefusedAsync($"/api/events{query}"));

    [Fact]
    public async Task Nothing_is_missed_or_told_twice_however_many_enter_while_things_change()
    {
        using CancellationTokenSource enough = new();
        Task changing = Task.Run(async () =>
        {
            for (int i = 0; i < 60; i++)
            {
                await EnqueueAsync($"{i}");
            }
        });

        int[][] seen = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using PlayedStream stream = await PlayedStream.OpenAsync(_service.Client, "?after=0");
            List<int> titles = [];
            while (titles.LastOrDefault(-1) < 59)
            {
                titles.Add(int.Parse(Text(await stream.NextAsync("job-created"), "title")));
            }

            return titles.ToArray();
        }));
        await changing;

        Assert.All(seen, titles => Assert.Equal(Enumerable.Range(0, 60), titles));
    }

    [Fact]
    public async Task Two_hundred_may_watch_and_one_more_when_one_has_gone()
    {
        List<PlayedStream> streams = [.. await Task.WhenAll(Enumerable.Range(0, EventFeed.MostWatchers).Select(_ => OpenAsync()))];
        await Task.WhenAll(streams.Select(stream => stream.NextAsync("hello")));

        using HttpResponseMessage refused = await _service.Client.GetAsync(new Uri("/api/events", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("too-many-streams", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        await _service.GetAsync("/api/status"); // all else is answered

        await streams[0].DisposeAsync();
        PlayedStream? again = null;
        for (long began = Stopwatch.GetTimestamp(); again is null && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20);)
        {
            PlayedStream tried = await OpenAsync();
            if (tried.Response.IsSuccessStatusCode)
            {
                again = tried;
            }
            else
            {
                await tried.DisposeAsync();
                await Task.Delay(20);
            }
        }

        Assert.NotNull(again);
        streams[0] = again;
        await EnqueueAsync("for all");
        await Task.WhenAll(streams.Select(stream => stream.NextAsync("job-created")));
        foreach (PlayedStream stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task It_says_that_it_goes_and_is_gone_within_a_second()
    {
        PlayedStream[] streams = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => OpenAsync()));
        await Task.WhenAll(streams.Select(stream => stream.NextAsync("hello")));

        long began = Stopwatch.GetTimestamp();
        await _service.Service.StopAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        foreach (PlayedStream stream in streams)
        {
            Assert.Equal("stop", Text(await stream.NextAsync("going"), "reason"));
            Assert.Null(await stream.NextAsync());
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_hangs_up_half_way_is_not_counted_any_more()
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, _service.Service.Addresses[0].Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {PlayedService.Token}\r\n\r\n"));
        await client.GetStream().ReadExactlyAsync(new byte[20]);
        Assert.Equal(1, _service.Service.Watchers);

        client.Client.Shutdown(SocketShutdown.Send);

        for (long began = Stopwatch.GetTimestamp(); _service.Service.Watchers > 0;)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
            await Task.Delay(20);
        }
    }

    private Task<PlayedStream> OpenAsync() => PlayedStream.OpenAsync(_service.Client);

    private static string Text(JsonElement record, string key) => record.GetProperty(key).GetString()!;

    private async Task<Guid> EnqueueAsync(string title)
    {
        Guid id = Guid.CreateVersion7();
        await Register.EnqueueAsync(new() { Id = id, Verb = "verify", Title = title, Request = $"\"{id}\"" }, CancellationToken.None);
        return id;
    }

    private async Task<Claim> ClaimAsync()
    {
        StationSession station = new("s", Guid.NewGuid());
        await Register.EnterAsync(station, "1", CancellationToken.None);
        return (await Register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None))!.Claim!.Value;
    }
}
