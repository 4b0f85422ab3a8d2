// SPDX-License-Identifier: MIT
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>What people arrange.</summary>
public abstract partial class RegisterContract
{
    [Fact]
    public async Task The_highest_priority_goes_first_and_can_be_changed_while_a_job_waits()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder one = Order("one"), two = Order("two"), three = Order("three") with { Priority = 5 };
        foreach (JobOrder order in new[] { one, two, three })
        {
            await register.EnqueueAsync(order, None);
        }

        Assert.True(await register.PrioritizeAsync(two.Id, 9, "anna", None));
        Assert.True(await register.PrioritizeAsync(two.Id, 9, "anna", None)); // once more: it is so already
        Assert.Equal([RegisterEventKind.Queued, RegisterEventKind.Prioritized], await KindsAsync(register, two.Id));
        Job claimed = await MustClaimAsync(register, station);
        Assert.Equal((two.Id, 9), (claimed.Order.Id, claimed.Order.Priority));
        Assert.False(await register.PrioritizeAsync(two.Id, 1, null, None)); // it runs
        Assert.False(await register.PrioritizeAsync(Guid.NewGuid(), 1, null, None));

        Assert.True(await register.PromoteAsync(one.Id, "anna", None));
        Assert.True(await register.PromoteAsync(one.Id, "anna", None)); // it is the next one already
        Assert.Equal(2, (await KindsAsync(register, one.Id)).Length);
        Assert.Equal(one.Id, (await MustClaimAsync(register, station)).Order.Id);
        Assert.True(await register.PromoteAsync(three.Id, null, None)); // alone
        Assert.Equal(three.Id, (await MustClaimAsync(register, station)).Order.Id);
        Assert.False(await register.PromoteAsync(three.Id, null, None));
    }

    [Fact]
    public async Task What_is_kept_back_is_given_to_nobody_and_what_runs_goes_on()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder left = Order("left", "drive:left"), right = Order("right", "drive:right"), later = Order("later", "drive:left");
        await register.EnqueueAsync(left, None);
        Job running = await MustClaimAsync(register, station);
        await register.EnqueueAsync(later, None);
        await register.EnqueueAsync(right, None);

        await register.HoldAsync("drive:left", "anna", None);
        await register.HoldAsync("drive:left", "ben", None); // it is so already
        Assert.Equal(("drive:left", "anna"), (await register.HoldsAsync(None)).Select(hold => (hold.Resource, hold.By)).Single());
        Assert.Equal(right.Id, (await MustClaimAsync(register, station)).Order.Id);
        await register.EndAsync(running.Claim!.Value, End(JobOutcome.Done), None);
        Assert.Null(await ClaimAsync(register, station));
        Assert.Equal([new(later.Id, "drive:left", null)], await register.WaitsAsync("s", None));

        await register.FreeAsync("drive:left", "anna", None);
        await register.FreeAsync("drive:left", "anna", None);
        Assert.Equal(later.Id, (await MustClaimAsync(register, station)).Order.Id);
        Assert.Equal([RegisterEventKind.Held, RegisterEventKind.Freed], (await register.EventsAsync(0, 99, None)).Where(one => one is { Job: null, Kind: not RegisterEventKind.StationEntered }).Select(one => one.Kind));
    }

    [Fact]
    public async Task A_station_is_kept_back_as_a_whole_and_others_are_not()
    {
        await using IRegister register = Open(Lasting);
        StationSession here = await EnterAsync(register, "s"), there = await EnterAsync(register, "s2");
        JobOrder order = Order("a", "target:/a");
        await register.EnqueueAsync(order, None);

        await register.HoldAsync(Hold.StationOf("s"), null, None);
        Assert.Null(await ClaimAsync(register, here));
        Assert.Equal([new(order.Id, "station:s", null)], await register.WaitsAsync("s", None));
        Assert.Empty(await register.WaitsAsync("s2", None));
        Assert.Equal(order.Id, (await MustClaimAsync(register, there)).Order.Id);
    }

    [Fact]
    public async Task A_closed_batch_takes_no_new_jobs_until_it_is_opened_again()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder first = Order("a") with { Batch = "box 12" };
        await register.EnqueueAsync(first, None);
        JobBatch open = Assert.Single(await register.BatchesAsync(null, 9, None));
        Assert.Equal(("box 12", 1, null), (open.Name, open.Jobs, open.Closed));

        Assert.False(await register.CloseBatchAsync("nothing", null, None));
        Assert.True(await register.CloseBatchAsync("box 12", "anna", None));
        Assert.True(await register.CloseBatchAsync("box 12", "anna", None));
        Assert.NotNull(Assert.Single(await register.BatchesAsync("box 12", 9, None)).Closed);
        await FailsAsync("batch-closed", () => register.EnqueueAsync(Order("b") with { Batch = "box 12" }, None));
        Assert.Single(await register.ListAsync(JobFilter.All, null, 9, None)); // nothing of it was kept
        Assert.Equal(first.Id, (await register.EnqueueAsync(first, None)).Job); // sent again, it is what it was

        // What is done again belongs to what is there already.
        Job job = await MustClaimAsync(register, station);
        await register.EndAsync(job.Claim!.Value, End(JobOutcome.Failed), None);
        Assert.NotNull(await register.RetryAsync(first.Id, Guid.CreateVersion7(), null, None));

        await register.OpenBatchAsync("box 12", "anna", None);
        await register.OpenBatchAsync("box 12", "anna", None);
        await register.OpenBatchAsync("box 13", null, None);
        await register.EnqueueAsync(Order("c") with { Batch = "box 12" }, None);
        Assert.Equal(["box 12", "box 13"], (await register.BatchesAsync(null, 9, None)).Select(batch => batch.Name).Order());
        Assert.Equal((3, null), (await register.BatchesAsync("box 12", 1, None)).Select(batch => (batch.Jobs, batch.Closed)).Single());
        Assert.Equal(
            [RegisterEventKind.BatchOpened, RegisterEventKind.BatchClosed, RegisterEventKind.BatchOpened, RegisterEventKind.BatchOpened],
            (await register.EventsAsync(0, 99, None)).Where(one => one is { Job: null, Kind: not RegisterEventKind.StationEntered }).Select(one => one.Kind));
    }

    [Fact]
    public async Task A_batch_is_forgotten_with_its_last_job()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("a") with { Batch = "old" }, None);
        await register.EnqueueAsync(Order("b") with { Batch = "kept" }, None);
        Job job = await MustClaimAsync(register, station);
        await register.EndAsync(job.Claim!.Value, End(JobOutcome.Done), None);
        await Task.Delay(20);

        await register.ForgetAsync(TimeSpan.FromMilliseconds(1), 99, None);

        Assert.Equal(["kept"], (await register.BatchesAsync(null, 9, None)).Select(batch => batch.Name));
    }
}
