// SPDX-License-Identifier: MIT
using Spindle.Imaging.AccessCopies;
using Spindle.Media;

namespace Spindle.Imaging.Tests.AccessCopies;

/// <summary>How a program is run: a shell plays it.</summary>
public class FfmpegRunTests
{
    public FfmpegRunTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "/bin/sh and /dev/full are wanted");

    [Fact]
    public async Task A_log_that_has_no_room_ends_it_and_says_so()
    {
        using PartFile log = new("/dev/full");
        Task<FfmpegEnd> run = Shell("head -c 1000000 /dev/zero >&2; sleep 60", log).RunAsync(TestContext.Current.CancellationToken);

        OperationFailedException failed = await Assert.ThrowsAsync<OperationFailedException>(() => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        Assert.Equal(("no-space", "there is no room left for /dev/full"), (failed.Failure.Code, failed.Failure.What));
    }

    [Fact]
    public async Task However_it_is_written_a_full_disk_is_a_full_disk()
    {
        await using PartFile file = new("/dev/full");

        Assert.Equal("no-space", Assert.Throws<OperationFailedException>(() => file.Write("x"u8)).Failure.Code);
        Assert.Equal("no-space", Assert.Throws<OperationFailedException>(() => file.Write([1], 0, 1)).Failure.Code);
        Assert.Equal("no-space", (await Assert.ThrowsAsync<OperationFailedException>(async () => await file.WriteAsync(new byte[1], TestContext.Current.CancellationToken))).Failure.Code);
    }

    [Fact]
    public async Task What_it_is_fed_says_and_how_it_ends_is_known()
    {
        FfmpegEnd end = await (Shell("wc -c; echo no >&2; exit 3", null) with { Feed = pipe => pipe.Write(new byte[100_000]) }).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((3, "no", "100000"), (end.ExitCode, end.LastWords, end.Output.Trim()));
    }

    [Fact]
    public async Task Who_does_not_read_on_is_no_failure_of_ours()
    {
        FfmpegEnd end = await (Shell("head -c 10 >/dev/null; exit 0", null) with { Feed = pipe => pipe.Write(new byte[10_000_000]) }).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, end.ExitCode);
    }

    [Fact]
    public async Task What_fails_while_it_is_fed_ends_it()
    {
        FfmpegRun run = Shell("cat > /dev/null; sleep 60", null) with { Feed = _ => throw new OperationFailedException(new("x", "x")) };

        await Assert.ThrowsAsync<OperationFailedException>(() => run.RunAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static FfmpegRun Shell(string script, Stream? log) => new() { Program = "/bin/sh", Arguments = ["-c", script], Log = log };
}
