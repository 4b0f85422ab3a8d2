// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Testing;

namespace Spindle.Service.Tests.Documents;

public sealed class JobsDocumentTests : IDisposable
{
    private const string Progress =
        """{"schema":"spindle/progress/1","stage":"copying","done":999,"total":1000,"unit":"B","item":null,"trouble":{"count":2,"what":"sectors unreadable"},"rate":10.5,"secondsLeft":1.5,"elapsedSeconds":9,"silentSeconds":0}""";

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();

    [Fact]
    public void Its_keys_are_in_the_schema()
    {
        JsonObject schema = JsonSchemas.Of(JobsDocument.Form, "spindle jobs --json");
        schema["properties"]!["schema"] = new JsonObject { ["const"] = "spindle/jobs/1" };
        JsonSchemas.Approve(schema, "docs/formats/jobs.schema.json");
    }

    [Fact]
    public void A_running_job_tells_what_is_seen_of_it_now()
    {
        Job job = Running(moved: Now - TimeSpan.FromSeconds(50));
        JobLive live = new(Now, Now - TimeSpan.FromSeconds(1), JobActivity.WaitingForDevice, JobProgressPart.Parse(Progress));

        JobPart part = JobPart.Of(job, Now, JobSurroundings.Unknown with { Live = new Dictionary<Guid, JobLive> { [job.Order.Id] = live } });

        Assert.Equal((Now, Now - TimeSpan.FromSeconds(1), JobActivity.WaitingForDevice), (part.HeartbeatAt, part.MovedAt, part.Doing));
        Assert.Equal((99, 1.5, 2L), (part.Progress!.Percent, part.Progress.SecondsLeft, part.Progress.Trouble!.Count)); // 100 is all of it
        Assert.Null(part.StillFor(Now));
    }

    [Theory]
    [InlineData(29, 1.5)]
    [InlineData(30, null)]
    public void Where_nothing_moves_nobody_says_how_long_it_takes(int seconds, double? left)
    {
        JobPart part = JobPart.Of(Running(Now - TimeSpan.FromSeconds(seconds)) with { Progress = Progress }, Now, JobSurroundings.Unknown);

        Assert.Equal(left, part.Progress!.SecondsLeft);
        Assert.Equal(left is null ? TimeSpan.FromSeconds(seconds) : null, part.StillFor(Now));
    }

    [Fact]
    public void What_has_ended_takes_no_time_any_more_and_is_not_still()
    {
        JobPart part = JobPart.Of(Running(Now - TimeSpan.FromHours(1)) with { State = JobState.Ended, Outcome = JobOutcome.Crashed, Signal = 9, Progress = Progress }, Now, JobSurroundings.Unknown);

        Assert.Null(part.Progress!.SecondsLeft);
        Assert.Null(part.StillFor(Now));
        Assert.Equal((JobOutcome.Crashed, 9), (part.Outcome, part.Signal));
    }

    [Fact]
    public async Task A_page_of_jobs_says_what_each_waits_for_and_where_the_next_page_begins()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using IRegister register = JobsFile.Open(JobsFile.In(_directory.Path));
        StationSession station = new("here", Guid.NewGuid());
        await register.EnterAsync(station, "test", stop);
        for (int i = 0; i < 3; i++)
        {
            await register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = $"{i}", Request = $$"""{"i":{{i}}}""", Resources = ["drive:a"], Operator = "anna" }, stop);
        }

        Job first = (await register.ClaimAsync(station, Guid.NewGuid(), stop))!;
        await register.AskAsync(Guid.NewGuid(), first.Claim!.Value, "disc-wanted", "Insert a disc.", stop);

        JobsDocument page = await JobsDocument.ReadAsync(register, JobFilter.All, null, 2, JobWatch.Afar("here", isServing: true), stop);
        JobsDocument last = await JobsDocument.ReadAsync(register, JobFilter.All, page.Next, 2, JobWatch.Afar("here", isServing: false), stop);

        Assert.Equal([3, 2], page.Jobs.Select(job => job.Number));
        Assert.Equal((2, true), (page.Next, page.Serving));
        Assert.Equal(new JobWaitPart("drive", "a", 1), Assert.Single(page.Jobs[0].WaitsFor));
        Assert.Equal((1, null, false), (Assert.Single(last.Jobs).Number, last.Next, last.Serving));
        Assert.Equal(("disc-wanted", "Insert a disc."), (last.Jobs[0].Question!.Code, last.Jobs[0].Question!.Text));
        string json = JsonSerializer.Serialize(last, JobsDocument.Form);
        Assert.Contains("\"schema\": \"spindle/jobs/1\"", json, StringComparison.Ordinal);
        Assert.Contains("\"state\": \"running\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"stage":5}""")]
    [InlineData("Unhandled exception.")]
    public void A_line_that_is_no_progress_is_none(string? line) => Assert.Null(JobProgressPart.Parse(line));

    public void Dispose() => _directory.Dispose();

    private static Job Running(DateTimeOffset moved) => new()
    {
        Order = new() { Id = Guid.NewGuid(), Verb = "image", Title = "t", Request = "{}" },
        Number = 1,
        State = JobState.Running,
        Created = Now - TimeSpan.FromHours(2),
        Started = Now - TimeSpan.FromHours(1),
        Heartbeat = Now - TimeSpan.FromSeconds(2),
        Moved = moved,
    };
}
