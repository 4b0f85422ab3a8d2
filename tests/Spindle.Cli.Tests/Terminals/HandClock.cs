// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Tests.Terminals;

/// <summary>A clock that is moved by hand in steps of a fifth of a second, and its timers with it.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly List<HandTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HandTimer timer = new(callback);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(int seconds)
    {
        for (int step = 0; step < seconds * 5; step++)
        {
            _now += 200;
            _timers.ForEach(timer => timer.Fire());
        }
    }

    private sealed class HandTimer(TimerCallback callback) : ITimer
    {
        private bool _isGone;

        public void Fire()
        {
            if (!_isGone)
            {
                callback(null);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _isGone = true;

        public ValueTask DisposeAsync()
        {
            _isGone = true;
            return ValueTask.CompletedTask;
        }
    }
}
