// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Spindle.Service.Jobs;
using Spindle.Testing;

namespace Spindle.Service.Tests.Jobs;

/// <summary>Ten thousand jobs are behind a station, and it is as quick as on its first day.</summary>
public sealed class LongHistoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Ended = 10_000, Waiting = 200;

    private readonly TempDirectory _directory = new("/dev/shm" is { } memory && Directory.Exists(memory) ? memory : Path.GetTempPath());

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    [Slow("ten thousand jobs are entered and done")]
    public async Task Pages_and_claims_stay_fast_with_ten_thousand_jobs_in_history()
    {
        await using IRegister register = JobsFile.Open(JobsFile.In(_directory.Path));
        StationSession station = new("s", Guid.NewGuid());
        await register.EnterAsync(station, "test", None);
        string document = $$"""{"schema":"spindle/image/1","files":"{{new string('x', 2000)}}"}""";
        for (int i = 0; i < Ended; i++)
        {
            await register.EnqueueAsync(Order(i), None);
            Job job = (await register.ClaimAsync(station, Guid.NewGuid(), None))!;
            await register.EndAsync(job.Claim!.Value, new() { Outcome = JobOutcome.Done, Document = document }, None);
        }

        for (int i = Ended; i < Ended + Waiting; i++)
        {
            await register.EnqueueAsync(Order(i), None);
        }

        await MeasureAsync("the first page of 50", 25, () => register.ListAsync(JobFilter.All, null, 50, None));
        await MeasureAsync("a page in the middle", 25, () => register.ListAsync(JobFilter.All, Ended / 2, 50, None));
        await MeasureAsync("what is open", 25, () => register.ListAsync(new() { States = [JobState.Running, JobState.Stopping, JobState.Lost] }, null, 50, None));
        await MeasureAsync("a batch", 25, () => register.ListAsync(new() { Batch = "box 3" }, null, 50, None));
        await MeasureAsync("a drive's jobs", 25, () => register.ListAsync(new() { Resource = "drive:1" }, null, 50, None));
        await MeasureAsync("counts", 25, () => register.CountsAsync(None));
        await MeasureAsync("what is waited for", 50, () => register.WaitsAsync("s", None));
        await MeasureAsync("a claim and its end", 25, async () =>
        {
            Job job = (await register.ClaimAsync(station, Guid.NewGuid(), None))!;
            await register.EndAsync(job.Claim!.Value, new() { Outcome = JobOutcome.Done }, None);
            return job;
        });
        await MeasureAsync("a look for leases that ran out", 25, () => register.ReapAsync(None));
        output.WriteLine($"the file has {new FileInfo(JobsFile.In(_directory.Path)).Length / 1_000_000} MB");
        long began = Stopwatch.GetTimestamp();
        Assert.NotEmpty(await register.ForgetAsync(TimeSpan.FromDays(90), 100, None));
        output.WriteLine($"forgetting all but 100 took {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms");
        Assert.Equal(100, (await register.CountsAsync(None))[JobState.Ended]);
    }

    public void Dispose() => _directory.Dispose();

    private static JobOrder Order(int i) => new()
    {
        Id = Guid.CreateVersion7(),
        Verb = "image",
        Title = $"disc {i}",
        Request = i.ToString(CultureInfo.InvariantCulture),
        Batch = $"box {i / 100}",
        Resources = [$"drive:{i % 4}", $"target:/discs/{i}"],
    };

    /// <summary>The quickest of ten: what it costs on a machine that does nothing else.</summary>
    private async Task MeasureAsync<T>(string what, double mostMilliseconds, Func<Task<T>> work)
    {
        double least = double.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await work();
            least = Math.Min(least, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {least:F2} ms"));
        Assert.True(least < mostMilliseconds, $"{what} took {least:F1} ms");
    }
}
