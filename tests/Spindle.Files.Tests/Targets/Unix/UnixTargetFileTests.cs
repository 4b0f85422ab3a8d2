// SPDX-License-Identifier: MIT
using Spindle.Files.Targets;
using Spindle.Files.Targets.Unix;

namespace Spindle.Files.Tests.Targets.Unix;

/// <summary>What is the same on all Unix systems, beyond what the targets of each show.</summary>
public sealed unsafe class UnixTargetFileTests
{
    private const long Omitted = -2; // UTIME_OMIT of macOS

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1_500_000_000_000_000_007, 1_500_000_000, 7)]
    [InlineData(-1, -1, 999_999_999)]
    [InlineData(-1_000_000_000, -1, 0)]
    [InlineData(-1_250_000_000, -2, 750_000_000)]
    public void Times_are_whole_seconds_and_what_is_behind_them(long modified, long seconds, long nanoseconds)
    {
        long* times = stackalloc long[4];

        UnixTargetFile.Times(new TargetAttributes(modified, 0, 0, 0, []), times, Omitted);

        Assert.Equal((0, Omitted, seconds, nanoseconds), (times[0], times[1], times[2], times[3]));
    }

    [Fact]
    public void A_time_that_nanoseconds_cannot_hold_is_set_as_it_was()
    {
        long* times = stackalloc long[4];

        UnixTargetFile.Times(new TargetAttributes(long.MaxValue, 0, 0, 0, []) { FarModified = (1L << 40, 5) }, times, Omitted);

        Assert.Equal((1L << 40, 5), (times[2], times[3]));
    }

    [Theory]
    [InlineData(0xFED, true, 0xFED)]
    [InlineData(0xFED, false, 0x3ED)] // neither set-user-id nor set-group-id; the sticky bit stays
    public void Rights_of_a_foreign_owner_are_not_given_to_this_one(int mode, bool isOurs, uint given) => Assert.Equal(given, UnixTargetFile.ModeOf(mode, isOurs));
}
