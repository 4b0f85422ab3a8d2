// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Managing;
using Spindle.Service.Running;
using Spindle.Testing;

namespace Spindle.Service.Tests.Managing;

public sealed class LogReaderTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void It_reads_on_in_whole_lines_and_begins_anew_where_the_file_did()
    {
        JobFolder folder = new(_directory.Path);
        LogReader reader = new(folder);
        Assert.Empty(reader.Next());

        File.WriteAllText(folder.Progress, "one\ntwo\nthr");
        Assert.Equal(["one", "two"], reader.Next());
        File.AppendAllText(folder.Progress, "ee\n");
        Assert.Equal(["three"], reader.Next());
        Assert.Empty(reader.Next());
        File.WriteAllText(folder.Progress, "four\n");
        Assert.Equal(["four"], reader.Next());
    }

    [Fact]
    public async Task The_files_of_a_job_are_those_of_its_last_attempt()
    {
        await using IRegister register = JobsFile.Open(JobsFile.In(_directory.Path));
        StationSession station = new(Supervisor.ThisStation, Guid.NewGuid());
        await register.EnterAsync(station, "test", CancellationToken.None);
        JobOrder order = new() { Id = Guid.CreateVersion7(), Verb = "image", Title = "t", Request = "{}" };
        await register.EnqueueAsync(order, CancellationToken.None);
        Assert.Equal((null, false), await JobsVerb.FilesAsync(_directory.Path, 1, CancellationToken.None));

        await register.ClaimAsync(station, Guid.NewGuid(), CancellationToken.None);
        Assert.Equal(JobFolder.Of(_directory.Path, order.Id, 1).Path, (await JobsVerb.FilesAsync(_directory.Path, 1, CancellationToken.None)).Files!.Path);
        Assert.Equal("no-such-job", (await Assert.ThrowsAsync<OperationFailedException>(() => JobsVerb.FilesAsync(_directory.Path, 2, CancellationToken.None))).Failure.Code);
    }

    public void Dispose() => _directory.Dispose();
}
