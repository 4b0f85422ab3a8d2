// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>Orders, and who gets them.</summary>
public abstract partial class RegisterContract
{
    [Fact]
    public async Task A_job_is_found_again_as_it_was_ordered()
    {
        await using IRegister register = Open(Lasting);
        JobOrder order = Order("äöü 'x'; DROP TABLE job; --\n\u0001", "target:/b", "drive:ata-K93", "target:/b") with
        {
            Station = "s7",
            Priority = -3,
            IsMovable = false,
            Batch = "box 12",
            Operator = "anna",
        };
        Entered entered = await register.EnqueueAsync(order, None);

        Job job = (await register.JobAsync(order.Id, None))!;

        Assert.Equal(order with { Resources = job.Order.Resources }, job.Order);
        Assert.Equal(["drive:ata-K93", "target:/b"], job.Order.Resources);
        Assert.Equal((entered.Number, JobState.Queued, 0, null, null), (job.Number, job.State, job.Attempt, job.Claim, job.Outcome));
        Assert.InRange(job.Created, (await register.NowAsync(None)).AddMinutes(-5), await register.NowAsync(None));
        Assert.Equal(order.Id, (await register.JobAsync(job.Number, None))!.Order.Id);
        Assert.Null(await register.JobAsync(Guid.NewGuid(), None));
        Assert.Null(await register.JobAsync(job.Number + 1, None));
    }

    [Fact]
    public async Task Numbers_rise_and_the_same_order_again_is_the_same_job()
    {
        await using IRegister register = Open(Lasting);
        JobOrder one = Order("a");
        Entered first = await register.EnqueueAsync(one, None), again = await register.EnqueueAsync(one, None), second = await register.EnqueueAsync(Order("b"), None);

        Assert.Equal(new(one.Id, 1, false), first);
        Assert.Equal(first, again);
        Assert.True(second.Number > first.Number);
        Assert.Equal(2, (await register.EventsAsync(0, 100, None)).Count(one => one.Kind == RegisterEventKind.Queued));
    }

    [Fact]
    public async Task What_is_asked_for_already_is_not_entered_once_more_until_that_has_ended()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder first = Order("a", "target:/a");
        Entered entered = await register.EnqueueAsync(first, None);
        JobOrder same = first with { Id = Guid.CreateVersion7(), Title = "another name", Operator = "ben" };

        Assert.Equal(new(first.Id, entered.Number, true), await register.EnqueueAsync(same, None));
        Job job = await MustClaimAsync(register, station);
        Assert.True((await register.EnqueueAsync(same, None)).IsDuplicate);
        Assert.False((await register.EnqueueAsync(same with { Id = Guid.CreateVersion7(), Verb = "verify" }, None)).IsDuplicate);
        Assert.False((await register.EnqueueAsync(same with { Id = Guid.CreateVersion7(), Request = "{}" }, None)).IsDuplicate);
        Assert.False((await register.EnqueueAsync(same with { Id = Guid.CreateVersion7(), Resources = [] }, None)).IsDuplicate);
        await register.EndAsync(job.Claim!.Value, End(JobOutcome.Done), None);

        Assert.False((await register.EnqueueAsync(same, None)).IsDuplicate);
        Assert.Equal(new(first.Id, entered.Number, false), await register.EnqueueAsync(first, None)); // the first call once more, late
    }

    [Fact]
    public async Task A_job_is_claimed_once_and_the_same_claim_again_is_the_same_claim()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        await register.EnqueueAsync(Order("a"), None);
        Guid token = Guid.NewGuid();

        Job one = (await register.ClaimAsync(station, token, None))!, again = (await register.ClaimAsync(station, token, None))!;

        Assert.Equal(new(one.Order.Id, token, "s1"), one.Claim);
        Assert.Equal((one.Claim, one.Number, 1, JobState.Running, one.Lease), (again.Claim, again.Number, again.Attempt, again.State, again.Lease));
        Assert.NotNull(one.Started);
        Assert.Null(await ClaimAsync(register, other));
    }

    [Fact]
    public async Task The_higher_priority_goes_first_and_then_the_older()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder[] orders = [Order("a"), Order("b") with { Priority = -1 }, Order("c") with { Priority = 5 }, Order("d")];
        foreach (JobOrder order in orders)
        {
            await register.EnqueueAsync(order, None);
        }

        List<string> claimed = [];
        while (await ClaimAsync(register, station) is { } job)
        {
            claimed.Add(job.Order.Title);
        }

        Assert.Equal(["c", "a", "d", "b"], claimed);
    }

    [Fact]
    public async Task A_job_for_one_station_is_not_given_to_another()
    {
        await using IRegister register = Open(Lasting);
        await register.EnqueueAsync(Order("a") with { Station = "s7" }, None);

        Assert.Null(await ClaimAsync(register, await EnterAsync(register, "s8")));
        Assert.NotNull(await ClaimAsync(register, await EnterAsync(register, "s7")));
    }

    [Fact]
    public async Task A_resource_is_had_by_one_job_and_whoever_can_run_overtakes_those_that_wait()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder first = Order("a", "target:/1", "target:/2"), waits = Order("b", "target:/2", "target:/3"), also = Order("c", "target:/3");
        foreach (JobOrder order in new[] { first, waits, also })
        {
            await register.EnqueueAsync(order, None);
        }

        await register.EnqueueAsync(Order("another's", "target:/1") with { Station = "s2" }, None); // which waits at another station
        Job running = await MustClaimAsync(register, station);
        Assert.Equal("c", (await MustClaimAsync(register, station)).Order.Title); // b, which waits, has taken nothing
        Assert.Null(await ClaimAsync(register, station));
        Assert.Equal(
            [new(waits.Id, "target:/2", running.Number), new(waits.Id, "target:/3", running.Number + 2)],
            await register.WaitsAsync("s", None));

        await register.EndAsync(running.Claim!.Value, End(JobOutcome.Done), None);
        Assert.Equal(["target:/3"], (await register.WaitsAsync("s", None)).Select(wait => wait.Resource));
        Assert.Null(await ClaimAsync(register, station));
    }

    [Fact]
    public async Task Each_station_has_two_tokens_of_processor()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        foreach (int i in Enumerable.Range(0, 6))
        {
            await register.EnqueueAsync(Order(i.ToString(CultureInfo.InvariantCulture), JobOrder.Processor), None);
        }

        Job first = await MustClaimAsync(register, station);
        Assert.Empty(await register.WaitsAsync("s1", None));
        await MustClaimAsync(register, station);
        Assert.Null(await ClaimAsync(register, station));
        Assert.Equal([1, 2], (await register.WaitsAsync("s1", None)).Where(wait => wait.Resource == "cpu").Take(2).Select(wait => wait.HolderNumber));
        Assert.Empty(await register.WaitsAsync("s2", None));

        await MustClaimAsync(register, other);
        await MustClaimAsync(register, other);
        Assert.Null(await ClaimAsync(register, other));
        await register.EndAsync(first.Claim!.Value, End(JobOutcome.Done), None);
        Assert.Null(await ClaimAsync(register, other));
        Assert.NotNull(await ClaimAsync(register, station));
    }

    [Fact]
    public async Task A_job_that_ended_is_done_again_as_another_job()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a", "target:/a") with { Batch = "box", Operator = "anna", Priority = 2 };
        await register.EnqueueAsync(order, None);
        Guid id = Guid.CreateVersion7();
        Assert.Null(await register.RetryAsync(order.Id, id, "ben", None));
        await register.EndAsync((await MustClaimAsync(register, station)).Claim!.Value, End(JobOutcome.Crashed), None);

        Entered retried = (await register.RetryAsync(order.Id, id, "ben", None))!.Value;

        Assert.Equal(retried, await register.RetryAsync(order.Id, id, "ben", None));
        Assert.True((await register.RetryAsync(order.Id, Guid.CreateVersion7(), "ben", None))!.Value.IsDuplicate);
        Job job = (await register.JobAsync(id, None))!;
        Assert.Equal(order with { Id = id, Operator = "ben", Resources = job.Order.Resources }, job.Order);
        Assert.Equal((order.Id, JobState.Queued, 0), (job.RetryOf, job.State, job.Attempt));
        Assert.Equal(JobOutcome.Crashed, (await register.JobAsync(order.Id, None))!.Outcome);
        Assert.Null(await register.RetryAsync(Guid.NewGuid(), Guid.CreateVersion7(), null, None));
    }

    [Fact]
    public async Task Two_hundred_jobs_claimed_by_eight_at_once_are_each_claimed_once()
    {
        await using IRegister register = Open(Lasting);
        foreach (int i in Enumerable.Range(0, 200))
        {
            await register.EnqueueAsync(Order($"{i}", i % 3 == 0 ? [$"target:{i % 5}"] : []), None);
        }

        int left = 200;
        List<Guid>[] claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(s => Task.Run(async () =>
        {
            await using IRegister own = Open(Lasting);
            StationSession station = await EnterAsync(own, $"s{s}");
            List<Guid> mine = [];
            while (Volatile.Read(ref left) > 0)
            {
                if (await ClaimAsync(own, station) is { } job)
                {
                    mine.Add(job.Order.Id);
                    Assert.Equal(Reported.Current, await own.EndAsync(job.Claim!.Value, End(JobOutcome.Done), None));
                    Interlocked.Decrement(ref left);
                }
            }

            return mine;
        })));

        Assert.Equal(200, claimed.Sum(mine => mine.Count));
        Assert.Equal(200, claimed.SelectMany(mine => mine).Distinct().Count());
        Assert.Empty(await register.ListAsync(new() { States = [JobState.Queued, JobState.Running] }, null, 10, None));
    }

    [Fact]
    public async Task Of_orders_for_the_same_that_come_at_once_one_is_entered()
    {
        await using IRegister register = Open(Lasting);
        JobOrder order = Order("a", "target:/a");

        Entered[] entered = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using IRegister own = Open(Lasting);
            return await own.EnqueueAsync(order with { Id = Guid.CreateVersion7() }, None);
        })));

        Assert.Single(entered, one => !one.IsDuplicate);
        Assert.Single(entered.Select(one => one.Number).Distinct());
        Assert.Single(await register.ListAsync(JobFilter.All, null, 10, None));
    }

    [Fact]
    public async Task Tokens_of_processor_are_two_even_if_eight_ask_at_once()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        foreach (int i in Enumerable.Range(0, 8))
        {
            await register.EnqueueAsync(Order($"{i}", JobOrder.Processor), None);
        }

        Job?[] claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using IRegister own = Open(Lasting);
            return await ClaimAsync(own, station);
        })));

        Assert.Equal(2, claimed.Count(job => job is not null));
        Assert.Equal(2, (await register.CountsAsync(None))[JobState.Running]);
    }
}
