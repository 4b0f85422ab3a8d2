// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>Lists, events, and what is forgotten.</summary>
public abstract partial class RegisterContract
{
    [Fact]
    public async Task Jobs_are_listed_page_by_page_the_newest_first_though_others_come_in_between()
    {
        await using IRegister register = Open(Lasting);
        foreach (int i in Enumerable.Range(1, 7))
        {
            await register.EnqueueAsync(Order($"{i}"), None);
        }

        IReadOnlyList<Job> first = await register.ListAsync(JobFilter.All, null, 3, None);
        await register.EnqueueAsync(Order("8"), None);
        IReadOnlyList<Job> second = await register.ListAsync(JobFilter.All, first[^1].Number, 3, None), third = await register.ListAsync(JobFilter.All, second[^1].Number, 3, None);

        Assert.Equal(["7", "6", "5", "4", "3", "2", "1"], first.Concat(second).Concat(third).Select(job => job.Order.Title));
        Assert.Empty(await register.ListAsync(JobFilter.All, third[^1].Number, 3, None));
    }

    [Fact]
    public async Task Lists_have_what_all_words_of_a_filter_say()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("a", "drive:d") with { Priority = 1, Batch = "box", Operator = "anna" }, None);
        await register.EnqueueAsync(Order("b", "drive:d") with { Batch = "box", Operator = "ben" }, None);
        await register.EnqueueAsync(Order("c") with { Verb = "verify", Operator = "anna" }, None);
        await register.EndAsync((await MustClaimAsync(register, station)).Claim!.Value, End(JobOutcome.Done), None);
        await MustClaimAsync(register, station);
        async Task<string> TitlesAsync(JobFilter filter) => string.Concat((await register.ListAsync(filter, null, 10, None)).Select(job => job.Order.Title));

        Assert.Equal("cba", await TitlesAsync(JobFilter.All));
        Assert.Equal("c", await TitlesAsync(new() { Verb = "verify" }));
        Assert.Equal("ba", await TitlesAsync(new() { Batch = "box" }));
        Assert.Equal("ca", await TitlesAsync(new() { Operator = "anna" }));
        Assert.Equal("ba", await TitlesAsync(new() { Resource = "drive:d" }));
        Assert.Equal("a", await TitlesAsync(new() { States = [JobState.Ended] }));
        Assert.Equal("b", await TitlesAsync(new() { States = [JobState.Running, JobState.Stopping] }));
        Assert.Equal("ba", await TitlesAsync(new() { States = [JobState.Running, JobState.Ended] }));
        Assert.Equal("a", await TitlesAsync(new() { States = [JobState.Ended], Batch = "box", Operator = "anna", Resource = "drive:d", Verb = "image" }));
        Assert.Equal("", await TitlesAsync(new() { States = [JobState.Lost] }));
        Assert.Equal([(JobState.Queued, 1), (JobState.Running, 1), (JobState.Ended, 1)], (await register.CountsAsync(None)).Select(count => (count.Key, count.Value)).Order());
    }

    [Fact]
    public async Task Events_come_in_order_from_any_point_and_wake_who_waits()
    {
        await using IRegister register = Open(Lasting);
        await using IRegister other = Open(Lasting);
        await EnterAsync(register, "s");
        long last = (await register.EventsAsync(0, 100, None))[^1].Id;
        Assert.Equal(last, await register.LastEventAsync(None));
        long began = Stopwatch.GetTimestamp();
        Task waiting = register.WaitAsync(last, TimeSpan.FromMinutes(1), None);
        Assert.False(waiting.IsCompleted);

        await other.EnqueueAsync(Order("a"), None);
        await other.EnqueueAsync(Order("b"), None);
        await waiting;

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30));
        Assert.True(await register.LastEventAsync(None) > last);
        RegisterEvent first = Assert.Single(await register.EventsAsync(last, 1, None));
        RegisterEvent second = Assert.Single(await register.EventsAsync(first.Id, 10, None));
        Assert.Equal((RegisterEventKind.Queued, RegisterEventKind.Queued), (first.Kind, second.Kind));
        Assert.True(last < first.Id && first.Id < second.Id);
        await register.WaitAsync(second.Id, TimeSpan.FromMilliseconds(1), None); // nothing comes: it ends all the same
    }

    [Fact]
    public async Task Who_asks_for_what_is_behind_its_last_event_misses_none_while_eight_write()
    {
        const int Writers = 8, Each = 25;
        await using IRegister register = Open(Lasting);
        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            await using IRegister own = Open(Lasting);
            foreach (int i in Enumerable.Range(0, Each))
            {
                await own.EnqueueAsync(Order($"{writer}.{i}"), None);
            }
        })));

        List<Guid> seen = [];
        long last = 0;
        for (bool isOver = false; !isOver;)
        {
            isOver = writing.IsCompleted; // then one look more
            foreach (RegisterEvent one in await register.EventsAsync(last, 7, None))
            {
                seen.Add(one.Job!.Value);
                last = one.Id;
                isOver = false;
            }
        }

        await writing;
        Assert.Equal(Writers * Each, seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_wait_can_be_ended()
    {
        await using IRegister register = Open(Lasting);
        using CancellationTokenSource cancelled = new(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => register.WaitAsync(0, TimeSpan.FromMinutes(1), cancelled.Token));
    }

    [Fact]
    public async Task What_is_old_or_too_much_is_forgotten_with_all_that_belongs_to_it_but_nothing_that_has_not_ended()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        List<Guid> ended = [], questions = [];
        foreach (int i in Enumerable.Range(0, 5))
        {
            await register.EnqueueAsync(Order($"{i}", "target:/a"), None);
            Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;
            questions.Add(Guid.CreateVersion7());
            await register.AskAsync(questions[^1], claim, "disc-wanted", "insert it", None);
            await register.EndAsync(claim, End(JobOutcome.Done), None);
            ended.Add(claim.Job);
        }

        await register.EnqueueAsync(Order("runs"), None);
        await MustClaimAsync(register, station);
        await register.EnqueueAsync(Order("waits"), None);

        Assert.Empty(await register.ForgetAsync(TimeSpan.FromDays(90), 5, None));
        Assert.Equal(ended[..2], await register.ForgetAsync(TimeSpan.FromDays(90), 3, None));
        Assert.Empty(await KindsAsync(register, ended[0]));
        Assert.Null(await register.QuestionAsync(questions[0], None));
        Assert.NotEmpty(await KindsAsync(register, ended[2]));
        await Task.Delay(20);
        Assert.Equal(ended[2..], await register.ForgetAsync(TimeSpan.Zero, 1000, None));

        Assert.Equal(["waits", "runs"], (await register.ListAsync(JobFilter.All, null, 10, None)).Select(job => job.Order.Title));
        Assert.Equal(8, (await register.EnqueueAsync(Order("next"), None)).Number); // no number is given twice
        Assert.Null(await register.RetryAsync(ended[0], Guid.CreateVersion7(), null, None));
    }

    [Fact]
    public async Task A_job_is_not_forgotten_while_a_late_report_waits_for_a_word()
    {
        await using IRegister register = Open(Lasting);
        StationSession silent = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim old = await GiveUpAsync(silent);
        await register.EndAsync((await MustClaimAsync(register, other)).Claim!.Value, End(JobOutcome.Done), None);
        await register.EndAsync(old, End(JobOutcome.Done), None);
        await Task.Delay(20);

        Assert.Empty(await register.ForgetAsync(TimeSpan.Zero, 0, None));
        await register.DecideLateAsync(old.Token, false, "anna", None);
        Assert.Equal([order.Id], await register.ForgetAsync(TimeSpan.Zero, 0, None));
        Assert.Equal(Reported.Late, await register.EndAsync(old, End(JobOutcome.Done), None));
        Assert.Empty(await register.LateReportsAsync(null, None)); // of a job that nobody knows any more, nothing is kept

        long last = (await register.EventsAsync(0, 100, None)).Select(one => one.Id).DefaultIfEmpty().Max();
        Assert.Equal(2, (await register.EnqueueAsync(Order("b"), None)).Number); // though there is no job at all, no number is given twice
        Assert.True((await register.EventsAsync(0, 100, None))[^1].Id > Math.Max(last, 6));
    }
}
