// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>Discs that are not for an image are refused before anything on them is lost.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string, Profile, Action<SimulatedBurner>> Discs() => new()
    {
        { "disc-used", Profile.BdRSequential, drive => drive.Holding(new byte[2048]) },
        { "disc-used", Profile.CdRw, drive => drive.Holding(new byte[2048]) },
        { "disc-used", Profile.DvdMinusRwSequential, drive => drive.Holding(new byte[2048], DiscState.Appendable) },
        { "disc-used", Profile.DvdPlusRw, drive => drive.Holding(new byte[16 * 2048 + 5] is var bytes && (bytes[^1] = 1) == 1 ? bytes : []) },
        { "disc-used", Profile.DvdRam, drive => drive.Holding(new byte[] { 7 }, DiscState.Other) },
        { "disc-appendable", Profile.DvdPlusR, drive => drive.Holding(new byte[2048], DiscState.Appendable) },
        { "disc-interrupted", Profile.DvdMinusR, drive => drive.Holding(new byte[2048], DiscState.Appendable).IsDamaged = true },
        { "disc-pseudo-overwrite", Profile.BdRSequential, drive => (drive.State, drive.IsPseudoOverwrite) = (DiscState.Appendable, true) },
        { "disc-not-writable", Profile.DvdPlusR, drive => drive.IsReader = true },
        { "disc-not-writable", Profile.DvdRom, drive => drive.State = DiscState.Finalised },
        { "disc-protected", Profile.DvdRam, drive => drive.IsProtected = true },
        { "disc-too-small", Profile.DvdPlusR, drive => drive.Insert(Profile.DvdPlusR, 602) },
        { "disc-mounted", Profile.DvdRam, drive => drive.Mounts = [new DeviceMount("/mnt/disc", "udf", true)] },
        { "tray-open", Profile.CdR, drive => drive.IsTrayOpen = true },
        { "source-busy", Profile.CdR, drive => drive.OpeningFails = new(new("source-busy", "another program is using it")) },
        { "drive-gone", Profile.CdR, drive => drive.Refused[0x00] = Sense.None },
        { "drive-silent", Profile.CdR, drive => drive.Refused[0x00] = new(SenseKey.NotReady, 0x04, 0x01) },
        { "no-medium", Profile.CdR, drive => drive.Refused[0x00] = new(SenseKey.NotReady, 0x3A, 0x01) },
        { "not-ready", Profile.CdR, drive => drive.Refused[0x00] = new(SenseKey.MediumError, 0x02, 0x00) },
    };

    [Theory]
    [MemberData(nameof(Discs))]
    public void A_disc_is_refused_and_stays_as_it_is(string code, Profile kind, Action<SimulatedBurner> prepare)
    {
        using Bench bench = new(new SimulatedBurner(kind));
        prepare(bench.Drive);
        byte[] before = bench.Drive.Contents(600 * 2048).ToArray();

        Failure failure = bench.Refused();

        Assert.Equal(code, failure.Code);
        Assert.Empty(bench.Drive.Orders);
        Assert.True(bench.Drive.Contents(600 * 2048).SequenceEqual(before));
        Assert.False(bench.Drive.IsLocked);
    }

    [Theory]
    [InlineData(Profile.BdRSequential)]
    [InlineData(Profile.DvdPlusRDualLayer)]
    public void A_disc_without_test_writing_is_not_burned_instead(Profile kind)
    {
        using Bench bench = new(new SimulatedBurner(kind));

        Assert.Equal("cannot-simulate", bench.Refused(request => request with { Simulate = true }).Code);
        Assert.Empty(bench.Drive.Orders);
    }

    [Fact]
    public void What_is_written_once_is_not_made_blank()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        _ = bench.Drive.Holding(new byte[2048]);

        Assert.Equal("disc-used", bench.Refused(request => request with { Blank = true }).Code);
    }

    [Fact]
    public void A_formatted_disc_that_holds_zeros_is_as_good_as_a_blank_one()
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRe));
        _ = bench.Drive.Holding(new byte[2048], DiscState.Other);

        Assert.Equal(CopyState.Verified, bench.BurnOne().State);
    }

    [Fact]
    public void A_drive_with_a_disc_that_is_refused_does_not_keep_the_others_from_burning()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR), new(Profile.DvdPlusR) { Path = "/dev/sr1" });
        _ = bench.Drive.Holding(new byte[2048]);

        BurnResult result = bench.Burn(2);

        Assert.Equal(["/dev/sr0 Refused disc-used", "/dev/sr1 Verified "], result.Copies.Select(copy => $"{copy.Drive} {copy.State} {copy.Failure?.Code}").Order(StringComparer.Ordinal));
        Assert.Equal(1, result.Images[0].Lacking);
    }

    [Theory]
    [InlineData("/nowhere/disc.iso", "no-source")]
    [InlineData("/proc/self/maps", "empty-source")]
    public void There_must_be_an_image(string image, string code)
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));

        Assert.Equal(code, bench.Refused(request => request with { Images = [new(image)] }).Code);
    }

    [Fact]
    public void There_must_be_a_drive()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));

        Assert.Equal("not-a-drive", bench.Refused(request => request with { Drives = ["/dev/sr7"] }).Code);
    }
}
