// SPDX-License-Identifier: MIT
using Spindle.Burning.Sequences;
using Spindle.Drives.Mmc;

namespace Spindle.Burning.Tests.Sequences;

public sealed class BurningMethodTests
{
    [Theory]
    [InlineData(Profile.CdR, 1, 300)]
    [InlineData(Profile.CdR, 301, 301)]
    [InlineData(Profile.DvdMinusR, 1, 16)]
    [InlineData(Profile.DvdPlusR, 17, 32)]
    [InlineData(Profile.BdRSequential, 33, 64)]
    [InlineData(Profile.BdRe, 64, 64)]
    public void An_image_is_filled_up_to_what_the_disc_is_written_in(Profile profile, long sectors, long onDisc) =>
        Assert.Equal(onDisc, BurningMethods.Of(profile)!.SectorsOnDisc(sectors));

    [Theory]
    [InlineData(Profile.CdRom)]
    [InlineData(Profile.DvdRom)]
    [InlineData(Profile.BdRRandom)]
    [InlineData(Profile.None)]
    public void There_is_no_method_for_what_is_not_burned(Profile profile) => Assert.Null(BurningMethods.Of(profile));

    /// <summary>A write that ends within an ecc block makes drives read, change and write it.</summary>
    [Fact]
    public void Each_write_is_whole_units_and_64_kibibytes_at_most() => Assert.All(Enum.GetValues<Profile>().Select(BurningMethods.Of).OfType<BurningMethod>(), method =>
    {
        Assert.Equal(0, method.SectorsPerWrite % method.Unit);
        Assert.InRange(method.SectorsPerWrite, 1, 32);
        Assert.Equal(0, method.Pause % method.SectorsPerWrite);
    });
}
