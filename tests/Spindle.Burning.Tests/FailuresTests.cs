// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Tests;

public sealed class FailuresTests
{
    [Theory]
    [InlineData(1, 0, "1 sector cannot be read, the first is 10")]
    [InlineData(0, 1, "1 sector differs, the first is 500")]
    [InlineData(2, 3, "2 sectors cannot be read, the first is 10, 3 sectors differ, the first is 500")]
    [InlineData(256, 0, "at least 256 sectors cannot be read, the first is 10")]
    public void A_comparison_is_told_by_its_first_sectors(int unreadable, int different, string told)
    {
        DiscComparison comparison = new() { Sectors = 1000, Unreadable = Ranges(10, unreadable), Different = Ranges(500, different), Slow = [] };

        Assert.Equal($"the disc that /dev/sr0 burned is not the image: {told}", Failures.NotTheImage("/dev/sr0", "/dev/sr0", comparison).What);
    }

    [Fact]
    public void A_drive_that_does_not_say_which_sector_failed_is_not_spoken_for() =>
        Assert.Contains("does not say which", Failures.NotWritten("/dev/sr0", null, new(SenseKey.MediumError, 0x0C, 0)).What, StringComparison.Ordinal);

    [Fact]
    public void Each_step_has_its_words() => Assert.Distinct(Enum.GetValues<BurnStep>().Select(Failures.Words));

    private static SectorRange[] Ranges(long start, int count) => count == 0 ? [] : [new(start, count)];
}
