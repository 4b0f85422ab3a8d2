// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>Many discs: several images, several drives, and what a batch goes on from that was cut off.</summary>
public sealed class BatchTests
{
    [Fact]
    public void Each_image_gets_its_copies_and_each_disc_is_told_as_it_ends()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR), new(Profile.BdRSequential) { Path = "/dev/sr1" }) { Asked = [] };
        foreach (SimulatedBurner drive in bench.Drives)
        {
            for (int i = 0; i < 6; i++)
            {
                drive.NextDiscs.Enqueue(one => one.Insert(one.Profile));
            }
        }

        BurnResult result = bench.Burn(request => request with { Images = [.. new[] { bench.Image, bench.Another(1), bench.Another(2) }.Select(image => new ImageToBurn(image) { Copies = 2 })] });

        Assert.Equal(["0.1", "0.2", "1.1", "1.2", "2.1", "2.2"], result.Copies.Select(copy => $"{copy.Image}.{copy.Number}").Order());
        Assert.All(result.Copies, copy => Assert.Equal(CopyState.Verified, copy.State));
        Assert.Equal([0, 0, 0], result.Images.Select(image => image.Lacking));
        Assert.Equal(3, result.Images.Select(image => image.Sha256).Distinct().Count());
        Assert.Equal(result.Copies, bench.Noted.Select(noted => noted.Copy));
    }

    [Fact]
    public void An_image_that_is_not_its_record_leaves_the_disc_to_the_next_one()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));

        BurnResult result = bench.Burn(request => request with { Images = [new(bench.Image) { Sha256 = new('0', 64), Copies = 2 }, new("/nowhere/disc.iso"), new(bench.Another(1))] });

        Assert.Equal((2, CopyState.Verified), (Assert.Single(result.Copies).Image, result.Copies[0].State));
        Assert.Equal(["image-changed", "no-source", null], result.Images.Select(image => image.Failure?.Code));
        Assert.Equal([2, 1, 0], result.Images.Select(image => image.Lacking));
    }

    [Fact]
    public void An_image_that_is_changed_meanwhile_spoils_one_disc_and_not_all()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR)) { Asked = [] };
        bench.Drive.NextDiscs.Enqueue(drive => drive.Insert(Profile.DvdPlusR));
        bool isChanged = false;
        bench.Drive.Writing = sector =>
        {
            if (!isChanged)
            {
                using FileStream file = new(bench.Image, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(file.Length - 1);
                isChanged = true;
            }
        };

        BurnResult result = bench.Burn(request => request with { Images = [new(bench.Image) { Copies = 3 }, new(bench.Another(1))] });

        Assert.Equal(["0 Spoiled", "1 Verified"], result.Copies.Select(copy => $"{copy.Image} {copy.State}"));
        Assert.Equal(("image-changed", 3), (result.Images[0].Failure?.Code, result.Images[0].Lacking));
    }

    [Theory]
    [InlineData(Profile.CdRw)]
    [InlineData(Profile.DvdMinusR)]
    [InlineData(Profile.DvdPlusR)]
    [InlineData(Profile.BdRSequential)]
    [InlineData(Profile.BdRe)]
    public void Killed_at_any_moment_the_next_run_says_what_the_disc_is_and_goes_on_with_the_next(Profile kind)
    {
        using Bench whole = new(new SimulatedBurner(kind));
        _ = whole.Burn();
        const int Moments = 30;
        HashSet<string> told = [];
        for (int moment = 1; moment <= Moments; moment++)
        {
            int at = (whole.Drive.Commands.Count - 1) * moment / Moments;
            using Bench bench = new(new SimulatedBurner(kind)) { Asked = [] };
            bench.Drive.Commanding = number => _ = number == at ? throw new InvalidProgramException("killed") : 0;
            Assert.Throws<InvalidProgramException>(() => bench.Burn());
            Assert.Empty(bench.Noted); // nothing is called a copy that was not read to its end

            bench.Drive.Commanding = null;
            bench.Drive.NextDiscs.Enqueue(drive => drive.Insert(kind));
            BurnResult result = bench.Burn();

            Assert.True(result.Copies[^1].State == CopyState.Verified, $"command {at}");
            Assert.True(bench.Drive.Contents(bench.Bytes.Length).SequenceEqual(bench.Bytes));
            Assert.InRange(result.Copies.Count, 1, 2);
            told.UnionWith(result.Copies.SkipLast(1).Select(copy => $"{copy.State} {copy.Failure?.Code}"));
        }

        Assert.NotEmpty(told);
        Assert.Subset(new HashSet<string> { "Refused disc-used", "Refused disc-appendable", "Refused disc-interrupted", "Refused tray-open" }, told);
    }

    [Theory]
    [InlineData("mounted")]
    [InlineData("busy")]
    public void A_disc_that_others_use_is_left_where_it_is(string why)
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR)) { Asked = [] };
        bench.Drive.NextDiscs.Enqueue(drive => drive.Insert(Profile.DvdPlusR));
        bench.Drive.Mounts = why == "mounted" ? [new("/mnt/disc", "udf", true)] : [];
        bench.Drive.OpeningFails = why == "busy" ? new(new("source-busy", "another program is using it")) : null;

        _ = bench.Refused();

        Assert.Empty(bench.Asked!);
        Assert.False(bench.Drive.IsTrayOpen);
    }
}
