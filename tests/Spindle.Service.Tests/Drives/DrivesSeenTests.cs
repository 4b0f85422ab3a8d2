// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Service.Drives;
using Spindle.Station.Contract;
using Spindle.Station.Drives;

namespace Spindle.Service.Tests.Drives;

public sealed class DrivesSeenTests : IDisposable
{
    private readonly SemaphoreSlim _drive = new(0);
    private readonly HandTime _time = new();
    private int _looks, _at, _most;

    public void Dispose() => _drive.Dispose();

    [Fact]
    public async Task Many_who_ask_at_once_get_one_look_and_there_are_never_two()
    {
        DrivesSeen seen = Seen();
        Task<DrivesDocument>[] asked = [.. Enumerable.Range(0, 50).Select(_ => seen.GetAsync(CancellationToken.None))];
        _drive.Release();

        DrivesDocument[] told = await Task.WhenAll(asked);

        Assert.Equal((1, 1), (_looks, _most));
        Assert.Single(told.Distinct());
        Assert.Equal("/dev/sr0", Assert.Single(told[0].Drives).Path);
    }

    [Fact]
    public async Task A_look_is_true_for_two_seconds()
    {
        DrivesSeen seen = Seen();
        _drive.Release(2);
        await seen.GetAsync(CancellationToken.None);
        _time.Move(TimeSpan.FromSeconds(1.9));
        await seen.GetAsync(CancellationToken.None);
        Assert.Equal(1, _looks);

        _time.Move(TimeSpan.FromSeconds(0.2));
        await seen.GetAsync(CancellationToken.None);
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_end_the_look_of_others()
    {
        DrivesSeen seen = Seen();
        using CancellationTokenSource impatient = new();
        Task<DrivesDocument> first = seen.GetAsync(impatient.Token);
        Task<DrivesDocument> second = seen.GetAsync(CancellationToken.None);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _drive.Release();

        Assert.Single((await second).Drives);
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task A_look_that_failed_is_not_kept()
    {
        bool isBroken = true;
        DrivesSeen seen = new(Equipment.OfThisMachine() with { Time = _time, Drives = _ => isBroken ? throw new OperationFailedException(new("cannot-list-drives", "no")) : [] });
        await Assert.ThrowsAsync<OperationFailedException>(() => seen.GetAsync(CancellationToken.None));
        isBroken = false;

        Assert.Empty((await seen.GetAsync(CancellationToken.None)).Drives);
    }

    private DrivesSeen Seen() => new(Equipment.OfThisMachine() with
    {
        Time = _time,
        Drives = _ =>
        {
            Interlocked.Increment(ref _looks);
            _most = Math.Max(_most, Interlocked.Increment(ref _at));
            _drive.Wait();
            Interlocked.Decrement(ref _at);
            return [new DriveReport { Path = "/dev/sr0", Status = DriveStatus.NoDisc }];
        },
    });

    private sealed class HandTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Move(TimeSpan time) => _now += time.Ticks;
    }
}
