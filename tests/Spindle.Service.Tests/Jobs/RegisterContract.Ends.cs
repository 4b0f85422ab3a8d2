// SPDX-License-Identifier: MIT
using Spindle.Service.Jobs;

namespace Spindle.Service.Tests.Jobs;

/// <summary>How jobs end, what comes too late, what people are asked.</summary>
public abstract partial class RegisterContract
{
    [Fact]
    public async Task An_end_counts_once_with_all_that_it_says()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;
        JobEnd end = new()
        {
            Outcome = JobOutcome.Failed,
            Document = """{"schema":"x"}""",
            DocumentPath = "/jobs/1/result.json",
            ExitCode = 1,
            Failure = new("no-medium", "/dev/sr0 is empty", "insert a disc"),
        };

        Assert.Equal(Reported.Current, await register.EndAsync(claim, end, None));
        Assert.Equal(Reported.Already, await register.EndAsync(claim, end, None));

        Job job = (await register.JobAsync(order.Id, None))!;
        Assert.Equal(
            (JobState.Ended, JobOutcome.Failed, end.DocumentPath, end.Failure, 1, null, null),
            (job.State, job.Outcome, job.DocumentPath, job.Failure, job.ExitCode, job.Signal, job.Lease));
        Assert.Equal(end.Document, await register.DocumentAsync(order.Id, None));
        Assert.True(job.Ended >= job.Started && job.Started >= job.Created);
        RegisterEvent last = (await register.EventsAsync(0, 100, None))[^1];
        Assert.Equal((RegisterEventKind.Ended, "failed", claim.Token, 1, "s"), (last.Kind, last.Detail, last.Token, last.Attempt, last.By));
    }

    [Fact]
    public async Task A_process_that_a_signal_ended_has_no_document()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        await register.EndAsync((await MustClaimAsync(register, station)).Claim!.Value, new() { Outcome = JobOutcome.Crashed, Signal = 9 }, None);

        Job job = (await register.JobAsync(order.Id, None))!;

        Assert.Equal((JobOutcome.Crashed, 9, null, null, null), (job.Outcome, job.Signal, job.ExitCode, job.Failure, job.DocumentPath));
        Assert.Null(await register.DocumentAsync(order.Id, None));
    }

    [Fact]
    public async Task A_lease_that_ran_out_and_was_ended_by_nobody_may_still_report()
    {
        await using IRegister register = Open(Hasty);
        StationSession station = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("a"), None);
        Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;
        await Task.Delay(20);

        Assert.Equal(Reported.Current, await register.EndAsync(claim, End(JobOutcome.Done), None));
        Assert.Equal(0, await register.ReapAsync(None));
    }

    [Fact]
    public async Task Who_was_given_up_and_comes_back_is_late_and_what_it_made_is_kept_apart()
    {
        await using IRegister register = Open(Lasting);
        StationSession silent = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim old = await GiveUpAsync(silent);
        Claim now = (await MustClaimAsync(register, other)).Claim!.Value;

        Assert.Equal(Reported.Late, await register.EndAsync(old, End(JobOutcome.Done, """{"of":1}"""), None));
        Assert.Empty(await register.BeatAsync(silent, [new(old.Token, TimeSpan.Zero, TimeSpan.Zero)], None));
        Assert.Equal(Reported.Current, await register.EndAsync(now, End(JobOutcome.Incomplete, """{"of":2}"""), None));
        Assert.Equal(Reported.Late, await register.EndAsync(old, End(JobOutcome.Failed), None));

        Assert.Equal("""{"of":2}""", await register.DocumentAsync(order.Id, None));
        LateReport late = Assert.Single(await register.LateReportsAsync(null, None));
        Assert.Equal((old, JobOutcome.Done, """{"of":1}""", null), (late.Claim, late.End.Outcome, late.End.Document, late.IsTaken));
        Assert.Single(await KindsAsync(register, order.Id), RegisterEventKind.Late);
    }

    [Fact]
    public async Task A_person_takes_what_came_late_instead_of_the_result()
    {
        await using IRegister register = Open(Lasting);
        StationSession silent = await EnterAsync(register, "s1"), other = await EnterAsync(register, "s2");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim old = await GiveUpAsync(silent);
        Claim now = (await MustClaimAsync(register, other)).Claim!.Value;
        await register.EndAsync(old, End(JobOutcome.Done, """{"of":1}"""), None);

        Assert.False(await register.DecideLateAsync(old.Token, true, "anna", None)); // another has the job now
        await register.EndAsync(now, new() { Outcome = JobOutcome.Failed, Failure = new("no-medium", "x"), ExitCode = 1 }, None);
        Assert.True(await register.DecideLateAsync(old.Token, true, "anna", None));
        Assert.True(await register.DecideLateAsync(old.Token, true, "anna", None));
        Assert.False(await register.DecideLateAsync(old.Token, false, "ben", None));
        Assert.False(await register.DecideLateAsync(Guid.NewGuid(), true, "anna", None));

        Job job = (await register.JobAsync(order.Id, None))!;
        Assert.Equal((JobOutcome.Done, null, null), (job.Outcome, job.Failure, job.ExitCode));
        Assert.Equal("""{"of":1}""", await register.DocumentAsync(order.Id, None));
        Assert.Empty(await register.LateReportsAsync(null, None));
        Assert.True(Assert.Single(await register.LateReportsAsync(order.Id, None)).IsTaken);
        Assert.Single(await KindsAsync(register, order.Id), RegisterEventKind.LateTaken);
        Assert.Equal(Reported.Already, await register.EndAsync(now, End(JobOutcome.Failed), None));
    }

    [Fact]
    public async Task A_person_takes_what_came_late_of_a_lost_job_and_its_drive_is_free()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a", "drive:d") with { IsMovable = false };
        await register.EnqueueAsync(order, None);
        Claim old = await GiveUpAsync(station);
        await register.EndAsync(old, End(JobOutcome.Done), None);

        Assert.True(await register.DecideLateAsync(old.Token, true, "anna", None));

        Assert.Equal(JobState.Ended, await StateAsync(register, order.Id));
        await register.EnqueueAsync(Order("b", "drive:d"), None);
        Assert.Equal("b", (await MustClaimAsync(register, station)).Order.Title);
    }

    [Fact]
    public async Task A_person_discards_what_came_late()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim old = await GiveUpAsync(station);
        await register.EndAsync(old, End(JobOutcome.Done), None);

        Assert.True(await register.DecideLateAsync(old.Token, false, "anna", None));
        Assert.False(await register.DecideLateAsync(old.Token, true, "ben", None));

        Assert.Equal(JobState.Queued, await StateAsync(register, order.Id));
        Assert.False(Assert.Single(await register.LateReportsAsync(order.Id, None)).IsTaken);
    }

    [Fact]
    public async Task The_first_answer_counts()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        JobOrder order = Order("a");
        await register.EnqueueAsync(order, None);
        Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;
        Guid question = Guid.CreateVersion7();

        Assert.True(await register.AskAsync(question, claim, "disc-wanted", "insert FAMILY_0003", None));
        Assert.True(await register.AskAsync(question, claim, "disc-wanted", "insert FAMILY_0003", None));
        Assert.Equal(new(question, order.Id, "disc-wanted", "insert FAMILY_0003"), Assert.Single(await register.OpenQuestionsAsync(None)));
        Assert.True(await register.AnswerAsync(question, "done", "anna", None));
        Assert.True(await register.AnswerAsync(question, "done", "anna", None));
        Assert.False(await register.AnswerAsync(question, "skip", "ben", None));

        Assert.Equal(("done", "anna"), await register.QuestionAsync(question, None) is { } asked ? (asked.Answer, asked.AnsweredBy) : default);
        Assert.Empty(await register.OpenQuestionsAsync(None));
        Assert.Null(await register.QuestionAsync(Guid.NewGuid(), None));
        Assert.Equal([question.ToString(), question.ToString()],
            (await register.EventsAsync(0, 100, None)).Where(one => one.Kind is RegisterEventKind.Asked or RegisterEventKind.Answered).Select(one => one.Detail));
    }

    [Fact]
    public async Task A_question_is_gone_with_who_asked()
    {
        await using IRegister register = Open(Lasting);
        StationSession station = await EnterAsync(register, "s");
        await register.EnqueueAsync(Order("a"), None);
        Claim claim = (await MustClaimAsync(register, station)).Claim!.Value;
        Guid question = Guid.CreateVersion7();
        await register.AskAsync(question, claim, "disc-wanted", "insert B", None);
        await register.EndAsync(claim, End(JobOutcome.Cancelled), None);

        Assert.Empty(await register.OpenQuestionsAsync(None));
        Assert.False(await register.AnswerAsync(question, "done", "anna", None));
        Assert.False(await register.AskAsync(question, claim, "disc-wanted", "insert B", None));
        Assert.False(await register.AskAsync(Guid.CreateVersion7(), claim, "disc-wanted", "insert C", None));
    }
}
