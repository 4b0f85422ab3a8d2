// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.Service.Jobs;
using Spindle.Testing;

namespace Spindle.Service.Tests.Jobs;

/// <summary>Stations that are killed and stopped until every job is done; then the books are held against each other.</summary>
public sealed class KilledStationsTests(ITestOutputHelper output) : IDisposable
{
    private const int Stations = 4, JobCount = 240, Kills = 24;
    private const string Lease = "700"; // ms

    private readonly TempDirectory _directory = new();

    [Fact]
    [Slow("programs that start, work and are killed, again and again")]
    public async Task Whatever_is_killed_no_job_is_done_by_two_and_no_result_counts_that_is_not_the_last_ones()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "processes are stopped by signals");
        string file = JobsFile.In(_directory.Path);
        await using IRegister register = JobsFile.Open(file);
        List<JobOrder> orders = [.. Enumerable.Range(0, JobCount).Select(i => new JobOrder
        {
            Id = Guid.CreateVersion7(),
            Verb = "image",
            Title = $"{i}",
            Request = $"{i}",
            IsMovable = i % 4 != 0,
            Resources = (i % 3) switch { 0 => [$"target:{i % 30}", $"drive:{i % 4}"], 1 => [JobOrder.Processor], _ => [] },
        })];
        foreach (JobOrder order in orders)
        {
            await register.EnqueueAsync(order, CancellationToken.None);
        }

        Process StartOne(int station) => PlayedStation.Start("work", file, $"s{station}", Lease, _directory[$"s{station}.log"]);
        Process[] running = [.. Enumerable.Range(0, Stations).Select(StartOne)];
        Random random = Seed.Random();
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(random.Next(150, 600));
            int victim = random.Next(Stations), sleeper = random.Next(Stations);
            if (kill % 4 == 0 && sleeper != victim && !running[sleeper].HasExited)
            {
                // Longer than its lease: others take its jobs, and it does not know when it wakes.
                ForeignProgram.Shell("/", $"kill -STOP {running[sleeper].Id}; sleep 1.2; kill -CONT {running[sleeper].Id}");
            }

            running[victim].Kill();
            await running[victim].WaitForExitAsync();
            running[victim].Dispose();
            running[victim] = StartOne(victim);
        }

        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        foreach (Process process in running)
        {
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }

        IReadOnlyList<RegisterEvent> events = await register.EventsAsync(0, int.MaxValue, CancellationToken.None);
        output.WriteLine(string.Join(", ", events.CountBy(one => one.Kind).Select(kind => $"{kind.Value} {kind.Key}")));
        Assert.Empty(RegisterJudge.Replay(events, orders));
        Dictionary<Guid, Guid> believed = []; // by stations that were told that their report counts
        foreach (string[] words in Directory.GetFiles(_directory.Path, "*.log").SelectMany(File.ReadAllLines).Select(line => line.Split(' ')).Where(words => words[2] != "Late"))
        {
            Assert.True(believed.TryAdd(Guid.Parse(words[0]), Guid.Parse(words[1])), $"{words[0]}: two stations believe that they did it");
        }

        foreach (JobOrder order in orders)
        {
            Job job = (await register.JobAsync(order.Id, CancellationToken.None))!;
            Assert.Equal((JobState.Ended, JobOutcome.Done), (job.State, job.Outcome));
            Assert.Equal($"\"{job.Claim!.Value.Token}\"", await register.DocumentAsync(order.Id, CancellationToken.None));
            Assert.Equal(job.Claim.Value.Token, believed.GetValueOrDefault(order.Id, job.Claim.Value.Token));
        }
    }

    public void Dispose() => _directory.Dispose();
}
