// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Orders;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Service.Tests.Managing;

/// <summary>What is changed about jobs, and what is refused: the same whoever asks.</summary>
public sealed class JobChangesTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TempDirectory _directory = new();
    private readonly IRegister _register;
    private readonly JobChanges _jobs;

    public JobChangesTests()
    {
        _register = JobsFile.Open(_directory["jobs.db"]);
        _jobs = new(_register, roots: null);
    }

    [Fact]
    public async Task A_job_is_found_by_its_number_and_by_its_id()
    {
        Job job = await QueuedAsync();

        Assert.Equal(job.Order.Id, (await _jobs.FindAsync("1", None)).Order.Id);
        Assert.Equal(1, (await _jobs.FindAsync(job.Order.Id.ToString(), None)).Number);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("{01890000-0000-7000-8000-000000000000}")]
    public async Task What_names_no_job_is_told(string name)
    {
        await QueuedAsync();

        Assert.Equal("no-such-job", (await Assert.ThrowsAsync<OperationFailedException>(() => _jobs.FindAsync(name, None))).Failure.Code);
    }

    [Fact]
    public async Task What_makes_no_sense_of_a_job_is_refused()
    {
        Job job = await QueuedAsync();
        Assert.Equal("job-not-ended", await CodeAsync(() => _jobs.RetryAsync(job, null, None)));
        Assert.Equal("job-not-lost", await CodeAsync(() => _jobs.ReleaseAsync(job, null, None)));
        Assert.Equal("no-such-question", await CodeAsync(() => _jobs.AnswerAsync(job, Guid.NewGuid(), true, "anna", None)));

        await _jobs.StopAsync(job, now: false, "anna", None);

        Assert.Equal("job-ended", await CodeAsync(() => _jobs.StopAsync(job, now: true, null, None)));
        Assert.Equal(2, (await _jobs.RetryAsync(job, null, None)).Number);
    }

    [Fact]
    public async Task A_question_is_answered_for_the_job_that_asked_it()
    {
        StationSession station = new("s", Guid.NewGuid());
        await _register.EnterAsync(station, "test", None);
        await QueuedAsync();
        Job asking = (await _register.ClaimAsync(station, Guid.NewGuid(), None))!;
        Job other = await QueuedAsync();
        Guid question = Guid.NewGuid();
        Assert.True(await _register.AskAsync(question, asking.Claim!.Value, "disc-wanted", "Insert it?", None));

        Assert.Equal("no-such-question", await CodeAsync(() => _jobs.AnswerAsync(other, question, true, "anna", None)));
        await _jobs.AnswerAsync(asking, question, false, "anna", None);

        Assert.Equal(("no", "anna"), await _register.QuestionAsync(question, None) is { } answered ? (answered.Answer, answered.AnsweredBy) : default);
        Assert.Equal("no-such-question", await CodeAsync(() => _jobs.AnswerAsync(asking, question, true, "ben", None))); // the first word counts
    }

    [Fact]
    public async Task Who_may_name_less_than_who_ordered_a_job_may_not_do_it_again()
    {
        Job job = await QueuedAsync("""{"source":"/elsewhere/a.iso","directory":"/elsewhere"}""");
        await _jobs.StopAsync(job, now: false, null, None);
        JobChanges bound = new(_register, new Roots([_directory.Path], Equipment.OfThisMachine()));

        Assert.Equal("outside-root", await CodeAsync(() => bound.RetryAsync(job, null, None)));
    }

    public async ValueTask DisposeAsync()
    {
        await _register.DisposeAsync();
        _directory.Dispose();
    }

    private static async Task<string> CodeAsync(Func<Task> change) => (await Assert.ThrowsAsync<OperationFailedException>(change)).Failure.Code;

    private async Task<Job> QueuedAsync(string request = "{}")
    {
        Entered entered = await _register.EnqueueAsync(new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "t", Request = request, Resources = [Guid.NewGuid().ToString()] }, None);
        return (await _register.JobAsync(entered.Job, None))!;
    }
}
