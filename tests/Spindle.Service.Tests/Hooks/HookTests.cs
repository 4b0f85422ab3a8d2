// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Hooks;
using Spindle.Service.Jobs;
using Spindle.Testing;

namespace Spindle.Service.Tests.Hooks;

public sealed class HookTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempDirectory _directory = new();
    private readonly IRegister _register;
    private readonly StationSession _station = new("here", Guid.NewGuid());
    private readonly ConcurrentQueue<string> _logged = new();
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _running = [];
    private readonly List<Hook> _hooks = [];

    public HookTests() => _register = JobsFile.Open(JobsFile.In(_directory.Path));

    [Fact]
    public async Task A_command_gets_each_event_on_its_standard_input()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "by a script of a shell");
        await StartAsync($"cat > '{_directory["told"]}'.$SPINDLE_EVENT; echo \"$SPINDLE_EVENT\" >> '{_directory["kinds"]}'; echo noise");
        Job job = await BeginAsync("one");
        await _register.AskAsync(Guid.NewGuid(), job.Claim!.Value, "disc-wanted", "Insert disc 3.", CancellationToken.None);
        await UntilAsync(() => File.Exists(_directory["kinds"]));
        await _register.EndAsync(job.Claim.Value, new() { Outcome = JobOutcome.Failed, ExitCode = 1, Failure = new("no-space", "the disk is full") }, CancellationToken.None);
        await UntilAsync(() => File.ReadAllLines(_directory["kinds"]).Length == 2);

        Assert.Equal(["asked", "failed"], File.ReadAllLines(_directory["kinds"]));
        JsonNode[] told = [.. ((string[])["told.asked", "told.failed"]).Select(name => JsonNode.Parse(File.ReadAllText(_directory[name]))!)];
        Assert.Equal("spindle/hook/1", (string?)told[0]["schema"]);
        Assert.Contains("needs you: Insert disc 3.", (string?)told[0]["text"], StringComparison.Ordinal);
        Assert.Equal("disc-wanted", (string?)told[0]["job"]!["question"]!["code"]);
        Assert.Contains("the disk is full", (string?)told[1]["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_told_again_until_it_hears_and_nothing_waits_for_it()
    {
        using Listener listener = new(answers: [500, 503, 204]);
        await StartAsync(listener.Address);
        Job job = await BeginAsync("one");

        long began = Stopwatch.GetTimestamp();
        await _register.EndAsync(job.Claim!.Value, new() { Outcome = JobOutcome.Done, ExitCode = 0 }, CancellationToken.None);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2));
        await UntilAsync(() => listener.Heard.Count == 3);

        JsonNode[] heard = [.. listener.Heard.Select(text => JsonNode.Parse(text)!)];
        Assert.Single(heard.Select(one => (string?)one["id"]).Distinct());
        Assert.All(heard, one => Assert.Equal(("done", 1), ((string?)one["kind"], (int?)one["job"]!["number"])));
        Assert.Equal("application/json", listener.Types.First());
    }

    [Fact]
    public async Task What_nobody_hears_is_logged_and_the_next_one_is_told()
    {
        using Listener listener = new(answers: [500, 500, 500, 500, 204]);
        await StartAsync(listener.Address);
        foreach (string title in (string[])["one", "two"])
        {
            Job job = await BeginAsync(title);
            await _register.EndAsync(job.Claim!.Value, new() { Outcome = JobOutcome.Crashed, Signal = 9 }, CancellationToken.None);
        }

        await UntilAsync(() => listener.Heard.Count == 5);

        Assert.Contains("did not hear of 'job 1 (image one): crashed'", Assert.Single(_logged), StringComparison.Ordinal);
        Assert.Contains("two", listener.Heard.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_happened_while_nobody_told_is_told_by_the_next_one_and_nothing_twice()
    {
        using Listener listener = new(answers: [204]);
        await StartAsync(listener.Address);
        Job first = await BeginAsync("one");
        await _register.EndAsync(first.Claim!.Value, new() { Outcome = JobOutcome.Done }, CancellationToken.None);
        await UntilAsync(() => listener.Heard.Count == 1 && HookPlace.Read(_directory.Path)!.Event == _register.LastEventAsync(CancellationToken.None).Result);
        await _end.CancelAsync();
        await Task.WhenAll(_running);

        Job second = await BeginAsync("two");
        await _register.EndAsync(second.Claim!.Value, new() { Outcome = JobOutcome.Incomplete }, CancellationToken.None);
        using CancellationTokenSource again = new();
        using Hook next = new(HookTarget.Of(listener.Address), _register, _directory.Path, TimeProvider.System, _logged.Enqueue);
        Task running = next.RunAsync(again.Token);
        await UntilAsync(() => listener.Heard.Count == 2);
        await again.CancelAsync();
        await running;

        Assert.Equal(["done", "incomplete"], listener.Heard.Select(text => (string?)JsonNode.Parse(text)!["kind"]));
    }

    [Fact]
    public async Task The_day_that_is_over_is_told_once_where_it_had_jobs()
    {
        using Listener listener = new(answers: [204]);
        Job good = await BeginAsync("good"), bad = await BeginAsync("bad");
        await _register.EndAsync(good.Claim!.Value, new() { Outcome = JobOutcome.Done }, CancellationToken.None);
        await _register.EndAsync(bad.Claim!.Value, new() { Outcome = JobOutcome.Crashed, Failure = new("job-crashed", "its process was ended by signal 9") }, CancellationToken.None);
        new HookPlace(await _register.LastEventAsync(CancellationToken.None), DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime)).Write(_directory.Path);
        await StartAsync(listener.Address, new Tomorrow());
        await UntilAsync(() => listener.Heard.Count == 1);
        await UntilAsync(() => HookPlace.Read(_directory.Path)!.Day > DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime));

        JsonNode digest = JsonNode.Parse(Assert.Single(listener.Heard))!;
        Assert.Equal("digest", (string?)digest["kind"]);
        Assert.Equal((1, 1), ((int?)digest["digest"]!["outcomes"]!["done"], (int?)digest["digest"]!["outcomes"]!["crashed"]));
        Assert.Equal("bad", (string?)digest["digest"]!["troubled"]!.AsArray().Single()!["title"]);
    }

    [Fact]
    public async Task One_that_hangs_is_ended_and_one_that_is_not_there_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "by a script of a shell");
        using HookTarget hangs = HookTarget.Of("sleep 60", TimeSpan.FromSeconds(1)), fails = HookTarget.Of("exit 3"), deaf = HookTarget.Of("exit 0"), nobody = HookTarget.Of("http://127.0.0.1:9");

        long began = Stopwatch.GetTimestamp();
        Assert.Equal("it did not answer within 1 second", await hangs.TellAsync(HookKind.Done, "{}"u8.ToArray(), CancellationToken.None));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
        Assert.Equal("it ended with exit code 3", await fails.TellAsync(HookKind.Done, "{}"u8.ToArray(), CancellationToken.None));
        Assert.Null(await deaf.TellAsync(HookKind.Done, new byte[1 << 20], CancellationToken.None)); // it reads nothing
        Assert.NotNull(await nobody.TellAsync(HookKind.Done, "{}"u8.ToArray(), CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("http://")]
    [InlineData("https://a b")]
    public void What_is_neither_command_nor_address_is_refused(string target) =>
        Assert.Equal("usage", Assert.Throws<OperationFailedException>(() => HookTarget.Of(target)).Failure.Code);

    [Fact]
    public void Its_keys_are_in_the_schema()
    {
        JsonObject schema = JsonSchemas.Of(HookEvent.Form, "what a hook of spindle serve is told");
        JsonSchemas.Approve(schema, "docs/formats/hook.schema.json");
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running);
        _hooks.ForEach(hook => hook.Dispose());
        await _register.DisposeAsync();
        _end.Dispose();
        _directory.Dispose();
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        long began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, "it does not come to that");
            await Task.Delay(20);
        }
    }

    private async Task StartAsync(string target, TimeProvider? time = null)
    {
        TimeSpan[] pauses = [TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(80)];
        await _register.EnterAsync(_station, "test", CancellationToken.None);
        Hook hook = new(HookTarget.Of(target), _register, _directory.Path, time ?? TimeProvider.System, _logged.Enqueue) { Pauses = pauses };
        _hooks.Add(hook);
        _running.Add(hook.RunAsync(_end.Token));
        await UntilAsync(() => HookPlace.Read(_directory.Path) is not null);
    }

    private async Task<Job> BeginAsync(string title)
    {
        await _register.EnterAsync(_station, "test", CancellationToken.None);
        await _register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = title, Request = $$"""{"title":"{{title}}"}""" }, CancellationToken.None);
        return (await _register.ClaimAsync(_station, Guid.NewGuid(), CancellationToken.None))!;
    }

    private sealed class Tomorrow : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromDays(1);
    }

    /// <summary>Somebody who listens, and answers as is said: the last answer for ever.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Listener(int[] answers)
        {
            Address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = Task.Run(async () =>
            {
                for (int i = 0; ; i++)
                {
                    HttpListenerContext context = await _listener.GetContextAsync();
                    using StreamReader reader = new(context.Request.InputStream);
                    Types.Enqueue(context.Request.ContentType);
                    string text = await reader.ReadToEndAsync();
                    context.Response.StatusCode = answers[Math.Min(i, answers.Length - 1)];
                    context.Response.Close();
                    Heard.Enqueue(text);
                }
            });
        }

        public string Address { get; }

        public ConcurrentQueue<string> Heard { get; } = new();

        public ConcurrentQueue<string?> Types { get; } = new();

        public void Dispose() => _listener.Close();
    }
}
