// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Streaming;
using Spindle.Testing;

namespace Spindle.Service.Tests.Streaming;

public sealed class EventFeedTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _logged = [];
    private IRegister? _register;
    private int _calls;
    private Failure? _trouble;
    private readonly JsonObject _drives = new() { ["drives"] = new JsonArray() };

    private IRegister Register => _register!;

    public ValueTask InitializeAsync()
    {
        _register = JobsFile.Open(JobsFile.In(_directory.Path));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Register.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Nobody_asks_the_register_while_nobody_watches()
    {
        await using EventFeed feed = Feed(JobWatch.Afar("s", true));
        await Task.Delay(300);
        Assert.Equal(0, _calls);

        Watcher watcher = (await feed.EnterAsync(CancellationToken.None))!;
        await Task.Delay(300);
        Assert.NotEqual(0, _calls);
        feed.Leave(watcher);
        await Task.Delay(300);
        int after = _calls;
        await Task.Delay(700);
        Assert.Equal(after, _calls);
    }

    [Fact]
    public async Task Two_hundred_who_watch_ask_the_register_as_often_as_one()
    {
        await using EventFeed feed = Feed(JobWatch.Afar("s", true));
        await EnterAsync(feed, 1);
        int one = await CallsAsync(TimeSpan.FromSeconds(2));
        await EnterAsync(feed, EventFeed.MostWatchers - 1);
        int all = await CallsAsync(TimeSpan.FromSeconds(2));

        Assert.InRange(all, 1, (2 * one) + 5);
        Assert.Null(await feed.EnterAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Progress_of_a_job_is_told_at_most_twice_a_second_and_only_when_there_is_any()
    {
        Guid id = Guid.CreateVersion7();
        await Register.EnqueueAsync(new() { Id = id, Verb = "image", Title = "t", Request = "{}" }, CancellationToken.None);
        StationSession station = new("s", Guid.NewGuid());
        await Register.EnterAsync(station, "1", CancellationToken.None);
        await Register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None);
        long done = 0;
        bool isMoving = true;
        DateTimeOffset now = await Register.NowAsync(CancellationToken.None);
        JobWatch watch = new("s", true, () => new Dictionary<Guid, JobLive> { [id] = new(now, now, JobActivity.Working, new() { Stage = "copying", Done = isMoving ? ++done : done, Total = 1000, Unit = "B" }) });
        await using EventFeed feed = Feed(watch);
        Watcher watcher = (await feed.EnterAsync(CancellationToken.None))!;

        using CancellationTokenSource enough = new();
        Task others = Task.Run(async () =>
        {
            for (int i = 0; !enough.IsCancellationRequested; i++) // what else changes wakes the feed, and tells no more of this one
            {
                await Register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "verify", Title = "other", Request = $"{i}" }, CancellationToken.None);
                await Task.Delay(50);
            }
        });
        string told = await ListenAsync(watcher, TimeSpan.FromSeconds(4));
        await enough.CancelAsync();
        await others;
        Assert.InRange(Count(told), 3, 9);
        Assert.Contains("\"stage\":\"copying\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("job-changed", told, StringComparison.Ordinal);

        isMoving = false;
        await ListenAsync(watcher, TimeSpan.FromSeconds(1.2));
        Assert.Equal(0, Count(await ListenAsync(watcher, TimeSpan.FromSeconds(1.5))));
    }

    [Fact]
    public async Task What_was_missed_ends_where_what_is_told_anyway_begins()
    {
        await using EventFeed feed = Feed(JobWatch.Afar("s", true));
        for (int i = 0; i < 5; i++)
        {
            await Register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "verify", Title = $"job {i}", Request = $"{i}" }, CancellationToken.None);
        }

        string text = Encoding.UTF8.GetString((await feed.BetweenAsync(1, 3, CancellationToken.None))!);
        Assert.Equal(["job 1", "job 2"], Enumerable.Range(0, 5).Select(i => $"job {i}").Where(title => text.Contains(title, StringComparison.Ordinal)));
        Assert.Empty((await feed.BetweenAsync(3, 3, CancellationToken.None))!);
    }

    [Fact]
    public async Task Progress_that_another_program_writes_is_told_too()
    {
        await Register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "t", Request = "{}" }, CancellationToken.None);
        StationSession station = new("s", Guid.NewGuid());
        await Register.EnterAsync(station, "1", CancellationToken.None);
        Claim claim = (await Register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None))!.Claim!.Value;
        await using EventFeed feed = Feed(JobWatch.Afar("s", true));
        Watcher watcher = (await feed.EnterAsync(CancellationToken.None))!;
        await ListenAsync(watcher, TimeSpan.FromSeconds(1));

        await Register.BeatAsync(station, [new(claim.Token, TimeSpan.Zero, TimeSpan.Zero, """{"stage":"hashing","done":7,"unit":"B"}""")], CancellationToken.None);

        Assert.Contains("\"stage\":\"hashing\",\"done\":7", await ListenAsync(watcher, TimeSpan.FromSeconds(4)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_register_that_fails_for_a_while_is_read_on()
    {
        await using EventFeed feed = Feed(JobWatch.Afar("s", true));
        Watcher watcher = (await feed.EnterAsync(CancellationToken.None))!;
        _trouble = new("register-busy", "others have been changing it");
        await Task.Delay(700);
        _trouble = null;
        await Register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "t", Request = "{}" }, CancellationToken.None);

        Assert.Contains("job-created", await ListenAsync(watcher, TimeSpan.FromSeconds(3)), StringComparison.Ordinal);
        Assert.Contains("register-busy", _logged[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_slowly_loses_progress_and_no_change()
    {
        Watcher watcher = new(0);
        for (int i = 0; i < 900; i++)
        {
            watcher.Tell("progress"u8.ToArray(), isProgress: true);
            watcher.Tell("change"u8.ToArray(), isProgress: false);
        }

        List<byte[]> texts = [];
        Assert.True(await watcher.NextAsync(texts, CancellationToken.None));
        Assert.Equal(901, texts.Count);
        Assert.Equal("progress", Encoding.ASCII.GetString(texts[0]));
        Assert.False(watcher.NextAsync([], CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Who_does_not_read_at_all_is_given_up()
    {
        Watcher watcher = new(0);
        for (int i = 0; i < 5000; i++)
        {
            watcher.Tell("change"u8.ToArray(), isProgress: false);
        }

        List<byte[]> texts = [];
        Assert.True(await watcher.NextAsync(texts, CancellationToken.None)); // what was kept, in order
        Assert.InRange(texts.Count, 1, 1001);
        Assert.False(await watcher.NextAsync([], CancellationToken.None));
    }

    private static int Count(string told) => told.Split("event: job-progress").Length - 1;

    private static async Task<string> ListenAsync(Watcher watcher, TimeSpan time)
    {
        using CancellationTokenSource over = new(time);
        List<byte[]> texts = [];
        try
        {
            while (await watcher.NextAsync(texts, over.Token))
            {
                // More.
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over.
        }

        return string.Concat(texts.Select(Encoding.UTF8.GetString));
    }

    private static async Task EnterAsync(EventFeed feed, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.NotNull(await feed.EnterAsync(CancellationToken.None));
        }
    }

    private async Task<int> CallsAsync(TimeSpan time)
    {
        int before = _calls;
        await Task.Delay(time);
        return _calls - before;
    }

    private EventFeed Feed(JobWatch watch)
    {
        IRegister counted = DispatchProxy.Create<IRegister, CountingRegister>();
        ((CountingRegister)counted).Begin(this);
        return new(counted, watch, new RecordForm(), new(_ => Task.FromResult(_drives), new RecordForm(), TimeProvider.System), TimeProvider.System, _logged.Add);
    }

    /// <summary>The register, and how often it is asked.</summary>
    public class CountingRegister : DispatchProxy
    {
        private EventFeedTests? _test;

        public void Begin(EventFeedTests test) => _test = test;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Interlocked.Increment(ref _test!._calls);
            return _test._trouble is { } trouble && targetMethod!.Name == nameof(IRegister.WaitAsync)
                ? Task.FromException(new OperationFailedException(trouble))
                : targetMethod!.Invoke(_test.Register, args);
        }
    }
}
