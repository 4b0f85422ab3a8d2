// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>Discs that are read in another drive than the one that burned them.</summary>
public sealed class OtherDriveTests
{
    [Fact]
    public void A_disc_is_brought_into_the_other_drive_and_read_there()
    {
        using Bench bench = Of(new SimulatedBurner(Profile.BdRSequential));
        _ = bench.Drive.Weak.Add(7); // this drive cannot read what it burned

        BurnedCopy copy = BurnOne(bench);

        Assert.Equal((CopyState.Verified, "/dev/sr1", "SPINDLE", true), (copy.State, copy.VerifiedIn?.Path, copy.VerifiedIn?.Vendor, copy.WasReloaded));
        Assert.Equal(["/dev/sr0 to /dev/sr1: it is burned"], bench.Asked!);
        Assert.Equal(Bench.Sectors, copy.Comparison!.Sectors);
    }

    [Fact]
    public void What_the_other_drive_cannot_read_is_no_copy()
    {
        using Bench bench = Of(new SimulatedBurner(Profile.BdRSequential));
        _ = bench.Drives[1].Weak.Add(400);

        BurnedCopy copy = BurnOne(bench);

        Assert.Equal((CopyState.Spoiled, "copy-differs", 400L), (copy.State, copy.Failure?.Code, copy.FailedSector));
        Assert.Contains("as /dev/sr1 reads it", copy.Failure!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_disc_that_is_brought_is_told_and_nothing_is_said_of_the_copy()
    {
        using Bench bench = Of(new SimulatedBurner(Profile.DvdPlusR));
        byte[] other = new byte[700 * 2048];
        new Random(7).NextBytes(other);
        bench.Bringing.Enqueue(drive =>
        {
            drive.Insert(Profile.DvdPlusR);
            _ = drive.Holding(other);
        });

        Assert.Equal(CopyState.Verified, BurnOne(bench).State);
        Assert.Equal(["it is burned", "the disc in /dev/sr1 is another one"], bench.Asked!.Select(asked => asked[(asked.IndexOf(':', StringComparison.Ordinal) + 2)..]));
    }

    [Theory]
    [InlineData("nobody", "copy-unread")]
    [InlineData("busy", "copy-unread")]
    [InlineData("not ready", "not-ready")]
    public void A_disc_that_nobody_has_read_is_burned_and_not_verified(string why, string code)
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR), new(Profile.DvdPlusR) { Path = "/dev/sr1" }) { Asked = [], IsSomebodyThere = why != "nobody" };
        bench.Drives[1].OpeningFails = why == "busy" ? new(new("source-busy", "another program is using it")) : null;
        _ = why == "not ready" && bench.Drives[1].Refused.TryAdd(0x00, new(SenseKey.MediumError, 0x02, 0));

        BurnResult result = bench.Burn(request => request with { Drives = ["/dev/sr0"], Verify = BurnVerification.Other, Verifier = "/dev/sr1" });

        BurnedCopy copy = Assert.Single(result.Copies);
        Assert.Equal((CopyState.Burned, code, null), (copy.State, copy.Failure?.Code, copy.VerifiedIn));
        Assert.Equal(1, result.Images[0].Lacking);
    }

    private static Bench Of(SimulatedBurner burner) => new(burner, new(burner.Profile) { Path = "/dev/sr1" }) { Asked = [] };

    private static BurnedCopy BurnOne(Bench bench) => bench.BurnOne(request => request with { Drives = ["/dev/sr0"], Verify = BurnVerification.Other, Verifier = "/dev/sr1" });
}
