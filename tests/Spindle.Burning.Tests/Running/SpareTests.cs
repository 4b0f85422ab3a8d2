// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>Spare areas of Blu-ray Discs, by choice.</summary>
public sealed class SpareTests
{
    private const int Whole = 608; // sectors of the image, in whole ecc blocks

    [Theory]
    [InlineData(Profile.BdRSequential, SpareChoice.AsUsual, Whole, "")]
    [InlineData(Profile.BdRSequential, SpareChoice.None, Whole, "")]
    [InlineData(Profile.BdRSequential, SpareChoice.Default, Whole + 64, "00")]
    [InlineData(Profile.BdRe, SpareChoice.AsUsual, Whole + 64, "00")]
    [InlineData(Profile.BdRe, SpareChoice.AsUsual, Whole + 32, "31")] // there is no room for one
    [InlineData(Profile.BdRe, SpareChoice.None, Whole + 64, "31")]
    [InlineData(Profile.BdRe, SpareChoice.Default, Whole + 64, "00")]
    public void A_disc_is_formatted_as_is_wanted(Profile kind, SpareChoice spare, int capacity, string formats)
    {
        using Bench bench = new(new SimulatedBurner(kind, capacity));

        BurnedCopy copy = bench.BurnOne(request => request with { Spare = spare });

        Assert.True(copy.State == CopyState.Verified, copy.Failure?.What);
        Assert.Equal(formats, string.Join(' ', bench.Drive.FormatTypes.Select(type => $"{type:X2}")));
        Assert.False(bench.Drive.IsPseudoOverwrite);
        Assert.Empty(copy.Notes);
    }

    [Theory]
    [InlineData(Profile.BdRSequential, SpareChoice.Default, "disc-too-small")]
    [InlineData(Profile.BdRe, SpareChoice.Default, "disc-too-small")]
    [InlineData(Profile.DvdPlusR, SpareChoice.Default, "spare-not-offered")]
    [InlineData(Profile.CdR, SpareChoice.None, "spare-not-offered")]
    public void What_can_not_be_had_is_refused_before_the_disc_is_touched(Profile kind, SpareChoice spare, string code)
    {
        using Bench bench = new(new SimulatedBurner(kind, Whole + 32));

        Assert.Equal(code, bench.Refused(request => request with { Spare = spare }).Code);
        Assert.Empty(bench.Drive.Orders);
    }

    [Fact]
    public void A_drive_that_does_not_say_how_it_formats_offers_nothing()
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRSequential));
        bench.Drive.Refused[0x23] = new(SenseKey.IllegalRequest, 0x20, 0);

        Assert.Equal("spare-not-offered", bench.Refused(request => request with { Spare = SpareChoice.Default }).Code);
    }

    [Theory]
    [InlineData(Profile.BdRe)]
    [InlineData(Profile.DvdRam)]
    public void What_was_formatted_before_keeps_what_it_has(Profile kind)
    {
        using Bench bench = new(new SimulatedBurner(kind));
        _ = bench.Drive.Holding(new byte[2048], DiscState.Other);

        BurnedCopy copy = bench.BurnOne(request => request with { Spare = SpareChoice.None });

        Assert.Equal((CopyState.Verified, "spare-stays"), (copy.State, Assert.Single(copy.Notes).Code));
        Assert.Empty(bench.Drive.FormatTypes);
    }
}
