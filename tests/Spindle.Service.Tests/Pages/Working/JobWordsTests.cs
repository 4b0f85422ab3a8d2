// SPDX-License-Identifier: MIT
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Working;

namespace Spindle.Service.Tests.Pages.Working;

public sealed class JobWordsTests
{
    [Fact]
    public void A_running_job_tells_how_far_it_is()
    {
        IReadOnlyDictionary<string, string> fields = JobWords.Fields(SomeJobs.Job(), SomeJobs.Now);

        Assert.Equal(["▶ running", "verifying image", "12 % · 1.00 MB of 8.00 MB", "24.67 MB/s", "0:01:24 left", "alive", ""], new[] { "state", "stage", "amount", "rate", "left", "alive", "still" }.Select(name => fields[name]));
    }

    [Fact]
    public void What_does_not_move_is_said_not_to_move()
    {
        JobPart still = SomeJobs.Job() with { MovedAt = SomeJobs.Now.AddSeconds(-47), HeartbeatAt = SomeJobs.Now.AddSeconds(-31), Doing = JobActivity.WaitingForDevice };

        IReadOnlyDictionary<string, string> fields = JobWords.Fields(still, SomeJobs.Now);

        Assert.Equal("nothing has moved for 0:00:47", fields["still"]);
        Assert.Equal("last seen 0:00:31 ago, waiting for the drive or a disk", fields["alive"]);
    }

    [Fact]
    public void A_stop_that_is_not_heard_is_said_with_what_helps()
    {
        JobPart deaf = SomeJobs.Job() with { State = JobState.Stopping, Stop = StopRequest.Soft, StopAskedAt = SomeJobs.Now.AddSeconds(-75) };

        Assert.Equal("asked to stop 0:01:15 ago, and goes on: ‘End at once’ ends it", JobWords.Fields(deaf, SomeJobs.Now)["still"]);
        Assert.Equal("", JobWords.Fields(deaf with { StopAskedAt = SomeJobs.Now.AddSeconds(-50) }, SomeJobs.Now)["still"]);
    }

    [Theory]
    [InlineData("""{"schema":"spindle/progress/1","stage":"verifying-image","done":500000,"total":1000000,"unit":"B","item":"a.iso"}""", "verifying image  50 % · 500.00 kB of 1.00 MB  a.iso")]
    [InlineData("""{"stage":"scanning","done":3,"total":0,"unit":"files"}""", "scanning  3 files")]
    [InlineData("spindle: something went wrong", "spindle: something went wrong")]
    [InlineData("{\"stage\"", "{\"stage\"")]
    public void A_line_of_the_log_is_for_people(string line, string shown) => Assert.Equal(shown, JobWords.Line(line));

    [Fact]
    public void Nearly_all_is_not_all()
    {
        JobPart nearly = SomeJobs.Job() with { Progress = new() { Stage = "copying", Done = 99_999, Total = 100_000, Unit = "sectors" } };

        Assert.Equal("99 % · 99,999 of 100,000 sectors", JobWords.Fields(nearly, SomeJobs.Now)["amount"]);
    }

    [Theory]
    [InlineData(JobOutcome.Done, "✓ done", "done")]
    [InlineData(JobOutcome.Incomplete, "! incomplete", "incomplete")]
    [InlineData(JobOutcome.Failed, "✗ failed", "failed")]
    [InlineData(JobOutcome.Cancelled, "– stopped", "cancelled")]
    [InlineData(JobOutcome.Crashed, "✗ crashed", "crashed")]
    [InlineData(JobOutcome.Lost, "? lost", "lost")]
    public void Every_outcome_has_a_word_and_a_shape(JobOutcome outcome, string word, string kind)
    {
        JobPart job = SomeJobs.Job(JobState.Ended) with { Outcome = outcome };

        Assert.Equal((word, kind), (JobWords.State(job), JobWords.Kind(job)));
    }

    [Fact]
    public void Why_it_waits_or_ended_is_said()
    {
        Assert.Equal("waits for the drive left, which job 12 has", JobWords.Reason(SomeJobs.Job(JobState.Queued) with { WaitsFor = [new("drive", "left", 12)] }));
        Assert.Equal("waits for its turn", JobWords.Reason(SomeJobs.Job(JobState.Queued)));
        Assert.Equal("no room", JobWords.Reason(SomeJobs.Job(JobState.Ended) with { Outcome = JobOutcome.Failed, Failure = new("no-space", "no room") }));
        Assert.Equal("signal 9 ended its process", JobWords.Reason(SomeJobs.Job(JobState.Ended) with { Outcome = JobOutcome.Crashed, Signal = 9 }));
        Assert.Equal("Insert the next disc", JobWords.Reason(SomeJobs.Job() with { Question = new(Guid.Empty, "disc-wanted", "Insert the next disc") }));
    }
}
