// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Diagnostics;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Service.Running;

namespace Spindle.Service.Tests.Running;

/// <summary>A supervisor that runs while a test orders jobs, and looks what becomes of them.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _end = new();
    private readonly Supervisor _supervisor;
    private readonly Task _running;

    private ServiceUnderTest(IRegister register, Supervisor supervisor, ConcurrentQueue<Failure?> told)
    {
        (Register, _supervisor, Told) = (register, supervisor, told);
        _running = supervisor.RunAsync(_end.Token);
    }

    public IRegister Register { get; }

    public Supervisor Supervisor => _supervisor;

    /// <summary>What it said was in its way.</summary>
    public ConcurrentQueue<Failure?> Told { get; }

    /// <summary>Its work, which fails where it ends by itself.</summary>
    public Task Running => _running;

    public static async Task<ServiceUnderTest> StartAsync(string folder, Func<SupervisorOptions, SupervisorOptions>? with = null)
    {
        ConcurrentQueue<Failure?> told = new();
        IRegister register = JobsFile.Open(JobsFile.In(folder));
        SupervisorOptions options = new() { Folder = folder, Program = PlayedJob.Program, Tell = told.Enqueue, BetweenLooks = TimeSpan.FromMilliseconds(100), BetweenBeats = TimeSpan.FromMilliseconds(300) };
        return new(register, await Supervisor.OpenAsync(register, with?.Invoke(options) ?? options, CancellationToken.None), told);
    }

    public async Task<Job> OrderAsync(JobOrder order)
    {
        await Register.EnqueueAsync(order, CancellationToken.None);
        return (await Register.JobAsync(order.Id, CancellationToken.None))!;
    }

    /// <summary>Waits until a job is as it should be.</summary>
    public async Task<Job> UntilAsync(JobOrder order, Func<Job, bool> isSo) => await UntilAsync(Register, order.Id, isSo);

    public static async Task<Job> UntilAsync(IRegister register, Guid id, Func<Job, bool> isSo)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            Job job = (await register.JobAsync(id, CancellationToken.None))!;
            if (isSo(job))
            {
                return job;
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"it does not come to that: {job}");
            await Task.Delay(Often);
        }
    }

    public Task<Job> EndedAsync(JobOrder order) => UntilAsync(order, job => job.State == JobState.Ended);

    /// <summary>Waits until it has a process that works.</summary>
    public Task<Job> BegunAsync(JobOrder order) => UntilAsync(order, job => job.Child is not null && _supervisor.Watch.Live().GetValueOrDefault(order.Id)?.Progress is not null);

    /// <summary>Ends the supervisor; its jobs go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAny(_running);
        _supervisor.Dispose();
        await Register.DisposeAsync();
        _end.Dispose();
    }
}
