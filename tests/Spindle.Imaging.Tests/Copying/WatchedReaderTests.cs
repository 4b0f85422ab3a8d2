// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Copying;

/// <summary>When the drive is asked whether its disc is still the same, on a clock that a test moves.</summary>
public sealed class WatchedReaderTests
{
    private readonly HandClock _clock = new();
    private readonly byte[] _buffer = new byte[4 * 2048];
    private int _checks;

    [Fact]
    public void It_is_asked_four_times_a_second_and_not_at_each_read()
    {
        WatchedReader reader = Reader(new SimulatedDisc(new byte[100 * 2048]));

        reader.Read(new(0, 2), _buffer);
        _clock.Milliseconds += 249;
        reader.Read(new(2, 2), _buffer);
        Assert.Equal(0, _checks);
        _clock.Milliseconds += 1;
        reader.Read(new(4, 2), _buffer);

        Assert.Equal(1, _checks);
        Assert.Empty(reader.SinceCheck);
        reader.Read(new(6, 2), _buffer);
        Assert.Equal(1, _checks);
        Assert.Equal([new(6, 2)], reader.SinceCheck);
    }

    [Fact]
    public void It_is_asked_after_every_failure_and_what_failed_is_known_for_three_seconds()
    {
        WatchedReader reader = Reader(new SimulatedDisc(new byte[100 * 2048]).Bad(2));

        Assert.Equal(2, reader.Read(new(0, 4), _buffer).Count);

        Assert.Equal(1, _checks);
        Assert.Equal([new(2, 2)], reader.JustFailed);
        _clock.Milliseconds += 2999;
        Assert.Equal([new(2, 2)], reader.JustFailed);
        _clock.Milliseconds += 1;
        Assert.Empty(reader.JustFailed);
    }

    [Fact]
    public void Where_it_is_another_disc_what_was_read_since_is_remembered()
    {
        WatchedReader reader = new(new SimulatedDisc(new byte[100 * 2048]).Bad(6), () => throw new InvalidOperationException("another disc"), _clock);
        reader.Read(new(0, 2), _buffer);

        Assert.Throws<InvalidOperationException>(() => reader.Read(new(5, 3), _buffer));

        Assert.Equal(5, reader.SinceCheck.Sum(range => range.Count));
    }

    private WatchedReader Reader(SimulatedDisc disc) => new(disc, () => _checks++, _clock);

    private sealed class HandClock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }
}
