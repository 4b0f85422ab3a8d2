// SPDX-License-Identifier: MIT
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>Stations that work, that are silent, and that come back.</summary>
public abstract partial class RegisterContract
{
    [Fact]
    public async Task A_process_is_noted_with_its_start_once()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;

        Assert.True(await register.StartedAsync(claim, new(4711, "boot 7/123"), None));
        Assert.True(await register.StartedAsync(claim, new(4711, "boot 7/123"), None));

        Assert.Equal(new(4711, "boot 7/123"), (await register.JobAsync(order.Id, None))!.Child);
        Assert.Equal([RegisterEventKind.Queued, RegisterEventKind.Claimed, RegisterEventKind.Started], await KindsAsync(register, order.Id));
        Assert.False(await register.StartedAsync(claim with { Token = Guid.NewGuid() }, new(1, "x"), None));
        await register.EndAsync(claim, End(JobOutcome.Done), None);
        Assert.False(await register.StartedAsync(claim, new(1, "x"), None));
    }

    [Fact]
    public async Task A_beat_says_what_was_seen_and_keeps_the_lease()
    {
        await using IRegister register = Open(Lasting);
        await using IRegister hasty = Open(Hasty);
        StationSession station = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("a"), None);
        Job claimed = await MustClaimAsync(hasty, station);
        Guid token = claimed.Claim!.Value.Token, foreign = Guid.NewGuid();

        IReadOnlyDictionary<Guid, StopRequest> mine = await register.BeatAsync(
            station, [new(token, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(47), """{"done":5}"""), new(foreign, TimeSpan.Zero, TimeSpan.Zero)], None);

        Assert.Equal([KeyValuePair.Create(token, StopRequest.None)], mine);
        Assert.Equal(0, await register.ReapAsync(None));
        Job job = (await register.JobAsync(claimed.Order.Id, None))!;
        Assert.Equal((JobState.Running, """{"done":5}"""), (job.State, job.Progress));
        Assert.Equal(45, (job.Heartbeat!.Value - job.Moved!.Value).TotalSeconds, 0.5);
        Assert.InRange(job.Lease!.Value - job.Heartbeat.Value, TimeSpan.FromSeconds(61.5), TimeSpan.FromSeconds(62.5));
        await register.BeatAsync(station, [new(token, TimeSpan.Zero, TimeSpan.Zero)], None);
        Assert.Equal("""{"done":5}""", (await register.JobAsync(claimed.Order.Id, None))!.Progress);
    }

    [Fact]
    public async Task A_station_that_was_started_again_goes_on_with_what_it_names_and_nothing_else()
    {
        await using IRegister register = Open(Lasting);
        await using IRegister hasty = Open(Hasty);
        StationSession before = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("still runs"), None);
        await register.EnqueueAsync(Order("is gone"), None);
        Job runs = await MustClaimAsync(hasty, before), gone = await MustClaimAsync(hasty, before);

        StationSession now = await EnterAsync(register, "s");
        await Task.Delay(20);
        Assert.Single(await register.BeatAsync(now, [new(runs.Claim!.Value.Token, TimeSpan.Zero, TimeSpan.Zero)], None));
        Assert.Equal(1, await register.ReapAsync(None));

        Assert.Equal(JobState.Running, await StateAsync(register, runs.Order.Id));
        Assert.Equal(JobState.Queued, await StateAsync(register, gone.Order.Id));
        Assert.Equal(Reported.Current, await register.EndAsync(runs.Claim!.Value, End(JobOutcome.Done), None));
    }

    [Fact]
    public async Task Of_two_programs_of_one_name_the_older_is_told()
    {
        await using IRegister register = Open(Lasting);
        StationSession older = await EnterAsync(register, "s"), newer = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("a"), None);

        await FailsAsync("station-taken", () => register.BeatAsync(older, [], None));
        await FailsAsync("station-taken", () => register.ClaimAsync(older, Guid.NewGuid(), None));
        await FailsAsync("station-taken", () => register.ClaimAsync(new("never entered", Guid.NewGuid()), Guid.NewGuid(), None));
        Assert.NotNull(await ClaimAsync(register, newer));
        await register.EnterAsync(newer, "0.1.0", None);
        Assert.Equal(2, (await register.EventsAsync(0, 100, None)).Count(one => one.Kind == RegisterEventKind.StationEntered)); // sent again, it is the same
    }

    [Fact]
    public async Task A_movable_job_of_a_silent_station_goes_to_another()
    {
        await using IRegister register = Open(Lasting);
        StationSession silent = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        JobOrder order = Order("a", "target:/a");
        await register.EnqueueAsync(order, None);
        Guid question = Guid.CreateVersion7();
        await using (IRegister hasty = Open(Hasty))
        {
            Claim claim = (await MustClaimAsync(hasty, silent)).Claim!.Value;
            await register.StartedAsync(claim, new(4711, "boot 7/123"), None);
            await register.AskAsync(question, claim, "disc-wanted", "insert B", None);
            await Task.Delay(20);
            await register.ReapAsync(None);
        }

        Assert.Equal(JobState.Queued, await StateAsync(register, order.Id));
        Job now = await MustClaimAsync(register, other);
        Assert.Equal((2, "s2", null, null), (now.Attempt, now.Holder, now.Child, now.Progress)); // the other's process is none of this attempt
        Assert.Empty(await register.OpenQuestionsAsync(None)); // nor is its question
        Assert.False(await register.AnswerAsync(question, "done", "anna", None));
        Assert.Equal(
            [RegisterEventKind.Queued, RegisterEventKind.Claimed, RegisterEventKind.Started, RegisterEventKind.Asked, RegisterEventKind.Requeued, RegisterEventKind.Claimed],
            await KindsAsync(register, order.Id));
    }

    [Fact]
    public async Task A_job_with_a_disc_in_a_drive_is_lost_and_not_given_away_until_its_station_goes_on_or_a_person_releases_it()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        JobOrder order = Order("a", "drive:d") with { IsMovable = false }, next = Order("b", "drive:d");
        await register.EnqueueAsync(order, None);
        await register.EnqueueAsync(next, None);
        await GiveUpAsync(station);

        Assert.Equal(JobState.Lost, await StateAsync(register, order.Id));
        Assert.Null(await ClaimAsync(register, other)); // it may still have the drive
        await using (IRegister hasty = Open(Hasty))
        {
            Assert.Equal((order.Id, 2), await MustClaimAsync(hasty, station) is { } again ? (again.Order.Id, again.Attempt) : default);
            await Task.Delay(20);
            await hasty.ReapAsync(None);
        }

        Assert.True(await register.ReleaseAsync(order.Id, "s2", "anna", None));
        Assert.False(await register.ReleaseAsync(order.Id, "s2", "anna", None));
        Assert.Equal("b", (await MustClaimAsync(register, station)).Order.Title); // the drive is free, and the job is another's
        Assert.Equal("anna", (await register.EventsAsync(0, 100, None)).Single(one => one.Kind == RegisterEventKind.Released).By);
    }

    [Fact]
    public async Task A_queued_job_that_is_to_stop_ends_at_once()
    {
        await using IRegister register = Open(Lasting);
        JobOrder order = Order("a", "target:/a");
        await register.EnqueueAsync(order, None);

        Assert.True(await register.AskToStopAsync(order.Id, StopRequest.Soft, "anna", None));
        Assert.False(await register.AskToStopAsync(order.Id, StopRequest.Soft, "anna", None));
        Assert.False(await register.AskToStopAsync(Guid.NewGuid(), StopRequest.Soft, "anna", None));

        Job job = (await register.JobAsync(order.Id, None))!;
        Assert.Equal((JobState.Ended, JobOutcome.Cancelled), (job.State, job.Outcome));
        Assert.NotNull(job.Ended);
        Assert.Null(await ClaimAsync(register, await EnterAsync(register, "s")));
    }

    [Fact]
    public async Task A_running_job_hears_of_a_stop_by_its_beat_and_the_stronger_word_counts()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;
        async Task<StopRequest> HeardAsync() => (await register.BeatAsync(station, [new(claim.Token, TimeSpan.Zero, TimeSpan.Zero)], None))[claim.Token];

        Assert.True(await register.AskToStopAsync(order.Id, StopRequest.Soft, "anna", None));
        Assert.Equal((JobState.Stopping, StopRequest.Soft), (await StateAsync(register, order.Id), await HeardAsync()));
        Assert.True(await register.AskToStopAsync(order.Id, StopRequest.Hard, "anna", None));
        Assert.True(await register.AskToStopAsync(order.Id, StopRequest.Soft, "ben", None));
        Assert.Equal(StopRequest.Hard, await HeardAsync());
        Assert.Equal(["soft", "hard"], (await register.EventsAsync(0, 100, None)).Where(one => one.Kind == RegisterEventKind.Stopping).Select(one => one.Detail));

        Assert.Equal(Reported.Current, await register.EndAsync(claim, End(JobOutcome.Cancelled), None));
        Assert.False(await register.AskToStopAsync(order.Id, StopRequest.Hard, "anna", None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_to_stop_and_is_not_heard_of_is_not_begun_anew(bool isMovable)
    {
        await using IRegister register = Open(Lasting);
        await using IRegister hasty = Open(Hasty);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a", "drive:d") with { IsMovable = isMovable };
        await register.EnqueueAsync(order, None);
        Claim claim = (await MustClaimAsync(hasty, station)).Claim!.Value;
        await register.AskToStopAsync(order.Id, StopRequest.Soft, "anna", None);
        await Task.Delay(20);

        Assert.Equal(1, await register.ReapAsync(None));

        Assert.Equal(JobOutcome.Lost, (await register.JobAsync(order.Id, None))!.Outcome);
        Assert.Null(await ClaimAsync(register, station));
        await register.EnqueueAsync(Order("b", "drive:d"), None);
        Assert.NotNull(await ClaimAsync(register, station)); // the drive is free
        Assert.Equal(Reported.Late, await register.EndAsync(claim, End(JobOutcome.Cancelled), None));
    }

    [Fact]
    public async Task A_lost_job_that_is_to_stop_ends_and_nobody_knows_how()
    {
        await using IRegister register = Open(Lasting);
        JobOrder order = Order("a") with { IsMovable = false };
        await register.EnqueueAsync(order, None);
        StationSession station = await EnterAsync(register, "s");
        await GiveUpAsync(station);

        Assert.True(await register.AskToStopAsync(order.Id, StopRequest.Hard, "anna", None));

        Assert.Equal(JobOutcome.Lost, (await register.JobAsync(order.Id, None))!.Outcome);
        Assert.Null(await ClaimAsync(register, station));
    }
}
