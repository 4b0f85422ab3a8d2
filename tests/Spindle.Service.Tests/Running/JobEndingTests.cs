// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Running;
using Spindle.Testing;

namespace Spindle.Service.Tests.Running;

public sealed class JobEndingTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private JobFolder Folder => new(_directory.Path);

    [Fact]
    public void A_failure_without_a_document_is_told_and_one_with_it_is_the_documents()
    {
        Folder.Finish(1);
        Assert.Equal((JobOutcome.Failed, "job-without-document"), Of(JobEnding.Of(Folder, null, StopRequest.None)));

        File.WriteAllText(Folder.Result, """{ "error": { "code": "no-space", "what": "it is full" } }""");
        JobEnd end = JobEnding.Of(Folder, null, StopRequest.None);
        Assert.Equal(new Failure("no-space", "it is full"), end.Failure);
        Assert.Equal((Folder.Result, File.ReadAllText(Folder.Result)), (end.DocumentPath, end.Document));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{ "error": null }""")]
    [InlineData("""{ "error": { "code": 5 } }""")]
    [InlineData("12 names, as an export writes them")]
    public void A_document_may_be_anything(string text)
    {
        Folder.Finish(0);
        File.WriteAllText(Folder.Result, text);

        Assert.Equal((JobOutcome.Done, null), Of(JobEnding.Of(Folder, null, StopRequest.None)));
    }

    [Fact]
    public void A_document_that_is_large_stays_in_its_folder()
    {
        Folder.Finish(2);
        File.WriteAllText(Folder.Result, $$"""{ "files": "{{new string('x', 2 << 20)}}" }""");

        JobEnd end = JobEnding.Of(Folder, null, StopRequest.None);

        Assert.Equal((JobOutcome.Incomplete, null, Folder.Result), (end.Outcome, end.Document, end.DocumentPath));
    }

    [Theory]
    [InlineData(137, 9, StopRequest.None, JobOutcome.Crashed, "job-crashed")]
    [InlineData(137, 9, StopRequest.Soft, JobOutcome.Crashed, "job-crashed")] // that was somebody else
    [InlineData(137, 9, StopRequest.Hard, JobOutcome.Cancelled, null)]
    [InlineData(143, 15, StopRequest.Soft, JobOutcome.Cancelled, null)] // before it could hear
    [InlineData(143, 15, StopRequest.None, JobOutcome.Crashed, "job-crashed")]
    [InlineData(1, null, StopRequest.None, JobOutcome.Failed, "job-without-document")] // the disk was full for the word of its end
    [InlineData(130, null, StopRequest.Soft, JobOutcome.Cancelled, null)]
    [InlineData(127, null, StopRequest.None, JobOutcome.Failed, "job-not-started")]
    [InlineData(3, null, StopRequest.None, JobOutcome.Crashed, "job-crashed")]
    public void Without_a_word_of_its_end_the_system_tells(int code, int? signal, StopRequest stop, JobOutcome outcome, string? failure) =>
        Assert.Equal((outcome, failure), Of(JobEnding.Of(Folder, (code, signal), stop)));

    [Fact]
    public void Where_nobody_saw_its_end_it_crashed() => Assert.Equal((JobOutcome.Crashed, "job-crashed"), Of(JobEnding.Of(Folder, null, StopRequest.None)));

    [Fact]
    public void A_folder_that_another_process_has_is_not_taken_again()
    {
        using JobRun run = JobRun.Begin(_directory.Path, TimeProvider.System);

        Assert.Equal("job-taken", Assert.Throws<OperationFailedException>(() => JobRun.Begin(_directory.Path, TimeProvider.System)).Failure.Code);
        Assert.Equal("cannot-serve", Assert.Throws<OperationFailedException>(() => JobRun.Begin(_directory["none"], TimeProvider.System)).Failure.Code);
        Assert.Equal(Environment.ProcessId, Folder.Announced()!.Value.Id);
    }

    public void Dispose() => _directory.Dispose();

    private static (JobOutcome, string?) Of(JobEnd end) => (end.Outcome, end.Failure?.Code);
}
