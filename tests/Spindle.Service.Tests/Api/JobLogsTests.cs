// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.Api;
using Spindle.Service.Running;
using Spindle.Testing;

namespace Spindle.Service.Tests.Api;

public sealed class JobLogsTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Guid _job = Guid.CreateVersion7();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_is_read_on_by_whole_lines_and_anew_where_it_was_begun_anew()
    {
        JobLogs logs = new(_directory.Path);
        Assert.Equal(("", 0), await ReadAsync(logs, 0));

        string file = Attempt(1).Progress;
        await File.WriteAllTextAsync(file, "one\ntwo\nthr");
        Assert.Equal(("one\ntwo\n", 8), await ReadAsync(logs, 0));
        Assert.Equal(("thr", 11), await ReadAsync(logs, 8)); // the rest of a line that is longer than all that there is, or the last of one that was cut off
        await File.AppendAllTextAsync(file, "ee\nfour\n");
        Assert.Equal(("three\nfour\n", 19), await ReadAsync(logs, 8));
        Assert.Equal(("", 19), await ReadAsync(logs, 19));
        await File.WriteAllTextAsync(file, "new\n");
        Assert.Equal(("new\n", 4), await ReadAsync(logs, 19));
    }

    [Fact]
    public async Task It_is_read_in_parts_that_have_an_end()
    {
        await File.WriteAllTextAsync(Attempt(1).Progress, string.Concat(Enumerable.Repeat("0123456789abcdef\n", 100_000)));
        JobLogs logs = new(_directory.Path);

        long next = 0, parts = 0;
        for (long before = -1; before != next; parts++)
        {
            before = next;
            (byte[] bytes, next) = await logs.ReadAsync(_job, 1, false, next, CancellationToken.None);
            Assert.InRange(bytes.Length, 0, JobLogs.Most);
        }

        Assert.Equal((1_700_000, 3), (next, parts));
    }

    [Fact]
    public void The_last_lines_are_those_of_the_last_attempt_and_what_it_said_when_it_broke()
    {
        JobLogs logs = new(_directory.Path);
        Assert.Empty(logs.LastLines(_job, 3));

        File.WriteAllText(Attempt(1).Progress, "old\n");
        File.WriteAllText(Attempt(10).Progress, new string('x', 100_000) + "\na\nb\nc\nd\n");
        Assert.Equal(["b", "c", "d"], logs.LastLines(_job, 3));
        Assert.Equal(["a", "b", "c", "d"], logs.LastLines(_job, 30)); // the line that is cut off is not shown
        File.WriteAllText(Attempt(10).Errors, "Unhandled exception.\n   at Main()\n");
        Assert.Equal(["d", "Unhandled exception.", "   at Main()"], logs.LastLines(_job, 3));
    }

    private async Task<(string Text, long Next)> ReadAsync(JobLogs logs, long from)
    {
        (byte[] bytes, long next) = await logs.ReadAsync(_job, 1, false, from, CancellationToken.None);
        return (Encoding.UTF8.GetString(bytes), next);
    }

    private JobFolder Attempt(int number)
    {
        JobFolder folder = JobFolder.Of(_directory.Path, _job, number);
        Directory.CreateDirectory(folder.Path);
        return folder;
    }
}
