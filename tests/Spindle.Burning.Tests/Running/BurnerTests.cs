// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>Blank discs become copies that are proven.</summary>
public sealed class BurnerTests
{
    public static TheoryData<Profile> Kinds() =>
    [
        Profile.CdR, Profile.CdRw, Profile.DvdMinusR, Profile.DvdMinusRwSequential, Profile.DvdRam, Profile.DvdPlusR, Profile.DvdPlusRw,
        Profile.DvdPlusRDualLayer, Profile.BdRSequential, Profile.BdRe,
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_blank_disc_becomes_a_verified_copy(Profile kind)
    {
        using Bench bench = new(new SimulatedBurner(kind));

        BurnResult result = bench.Burn();

        BurnedCopy copy = Assert.Single(result.Copies);
        Assert.True(copy.State == CopyState.Verified, copy.Failure?.What);
        Assert.True(bench.Drive.Contents(bench.Bytes.Length).SequenceEqual(bench.Bytes));
        Assert.Equal((0, false), (result.Images[0].Lacking, result.WasCancelled));
        Assert.Equal(Bench.Sectors, copy.Comparison!.Sectors);
        Assert.Equal((Bench.Sectors, true, 80), (copy.SectorsWritten, copy.WasReloaded, copy.LowestBuffer));
        Assert.False(bench.Drive.IsLocked);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bench.Bytes)), result.Images[0].Sha256);
    }

    [Theory]
    [InlineData(Profile.CdR, "55 54 5D 2A 35")]
    [InlineData(Profile.DvdMinusR, "55 54 53 2A 35")]
    [InlineData(Profile.DvdRam, "2A 35")]
    [InlineData(Profile.DvdPlusR, "2A 35 5B/1 5B/5")]
    [InlineData(Profile.DvdPlusRw, "04 2A 35 5B/0 5B/2")]
    [InlineData(Profile.BdRSequential, "2A 35 5B/1 5B/6")]
    [InlineData(Profile.BdRe, "04 2A 35")]
    public void A_drive_is_told_what_it_needs_and_no_more(Profile kind, string orders)
    {
        using Bench bench = new(new SimulatedBurner(kind));

        _ = bench.Burn();

        Assert.Equal(orders, string.Join(' ', bench.Drive.Orders));
    }

    [Fact]
    public void Zeros_fill_the_last_ecc_block_and_nothing_is_padded_beyond()
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRSequential));

        Assert.Equal(608, bench.BurnOne().SectorsOnDisc);

        Assert.False(bench.Drive.Contents(608 * 2048)[bench.Bytes.Length..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void A_last_sector_that_is_cut_short_is_filled_and_told()
    {
        using Bench bench = new(new SimulatedBurner(Profile.CdR));
        using (FileStream file = new(bench.Image, FileMode.Open))
        {
            file.SetLength(bench.Bytes.Length - 2000);
        }

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Verified, Bench.Sectors), (copy.State, copy.SectorsOnDisc));
        Assert.Contains(copy.Notes, note => note.Code == "image-cut-short" && note.What.Contains("602", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Profile.CdR, 0xBB)]
    [InlineData(Profile.BdRSequential, 0xB6)]
    public void A_speed_that_a_drive_does_not_take_is_told_and_changes_nothing_else(Profile kind, byte command)
    {
        using Bench bench = new(new SimulatedBurner(kind));
        Assert.Contains($"{command:X2}", Fresh(kind, out Bench other).Orders);
        other.Dispose();
        bench.Drive.Refused[command] = new(SenseKey.IllegalRequest, 0x20, 0);

        BurnedCopy copy = bench.BurnOne(request => request with { Speed = 4 });

        Assert.Equal(CopyState.Verified, copy.State);
        Assert.Contains(copy.Notes, note => note.Code == "speed-not-set");
    }

    [Theory]
    [InlineData(0x5C)] // READ BUFFER CAPACITY
    [InlineData(0x54)] // SEND OPC INFORMATION
    [InlineData(0xAD)] // READ DISC STRUCTURE
    [InlineData(0xA8)] // READ (12)
    [InlineData(0x5A)] // MODE SENSE
    public void A_drive_need_not_know_more_than_is_needed(byte command)
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdMinusR));
        bench.Drive.Refused[command] = new(SenseKey.IllegalRequest, 0x20, 0);

        Assert.Equal(CopyState.Verified, bench.BurnOne().State);
    }

    [Fact]
    public void A_busy_drive_is_asked_again()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        bench.Drive.BusyWrites = 7;

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Verified, 7), (copy.State, copy.Retries));
    }

    [Fact]
    public void A_disc_is_read_where_it_is_when_the_tray_does_not_close_by_itself()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        bench.Drive.Mechanism = 2;

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Verified, false), (copy.State, copy.WasReloaded));
        Assert.Contains(copy.Notes, note => note.Code == "not-reloaded");
    }

    [Fact]
    public void What_nobody_has_read_is_not_verified()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));

        BurnedCopy copy = bench.BurnOne(request => request with { Verify = BurnVerification.None });

        Assert.Equal((CopyState.Burned, null, null), (copy.State, copy.Comparison, copy.Failure));
    }

    [Theory]
    [InlineData(Profile.CdR)]
    [InlineData(Profile.DvdMinusR)]
    public void A_simulation_leaves_the_disc_blank_and_the_drive_in_earnest(Profile kind)
    {
        using Bench bench = new(new SimulatedBurner(kind));

        Assert.Equal(CopyState.Simulated, bench.BurnOne(request => request with { Simulate = true }).State);

        Assert.Equal(DiscState.Blank, bench.Drive.State);
        Assert.Equal(CopyState.Verified, bench.BurnOne().State);
    }

    [Theory]
    [InlineData(Profile.CdRw)]
    [InlineData(Profile.DvdMinusRwSequential)]
    [InlineData(Profile.DvdPlusRw)]
    [InlineData(Profile.BdRe)]
    public void A_used_disc_is_burned_again_where_that_was_asked_for(Profile kind)
    {
        using Bench bench = new(new SimulatedBurner(kind));
        _ = bench.Drive.Holding(new byte[] { 1, 2, 3 }, kind.IsFormatted() ? DiscState.Other : DiscState.Finalised);

        BurnedCopy copy = bench.BurnOne(request => request with { Blank = true });

        Assert.True(copy.State == CopyState.Verified, copy.Failure?.What);
        Assert.Equal(kind is Profile.CdRw or Profile.DvdMinusRwSequential, bench.Drive.Orders.Contains("A1"));
    }

    [Fact]
    public void Two_drives_burn_side_by_side()
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRSequential), new(Profile.DvdMinusR) { Path = "/dev/sr1" });

        BurnResult result = bench.Burn(2);

        Assert.Equal(["/dev/sr0", "/dev/sr1"], result.Copies.Select(copy => copy.Drive).Order(StringComparer.Ordinal));
        Assert.All(result.Copies, copy => Assert.Equal(CopyState.Verified, copy.State));
        Assert.Equal([1, 2], result.Copies.Select(copy => copy.Number).Order());
    }

    [Fact]
    public void Blank_discs_are_asked_for_until_there_are_copies_enough()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR)) { Asked = [] };
        bench.Drive.Unwritable[100] = new(SenseKey.MediumError, 0x0C, 0);
        bench.Drive.NextDiscs.Enqueue(drive =>
        {
            drive.Unwritable.Clear();
            drive.Insert(Profile.DvdPlusR);
        });
        bench.Drive.NextDiscs.Enqueue(drive => drive.Insert(Profile.BdRSequential));

        BurnResult result = bench.Burn(2);

        Assert.Equal([CopyState.Spoiled, CopyState.Verified, CopyState.Verified], result.Copies.Select(copy => copy.State));
        Assert.Equal([1, 1, 2], result.Copies.Select(copy => copy.Number));
        Assert.Equal(["copy 1", "copy 2"], bench.Asked!.Select(question => question.Split(':')[0]));
    }

    [Fact]
    public void Copies_are_lacking_where_nobody_brings_discs()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));

        BurnResult result = bench.Burn(3);

        Assert.Equal((1, 2), (result.Copies.Count, result.Images[0].Lacking));
    }

    [Fact]
    public void Progress_goes_through_the_steps_in_their_order()
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRe));

        _ = bench.Burn();

        Assert.Equal(
            ["surveying", "hashing", "formatting", "burning", "flushing", "judging", "loading", "verifying"],
            bench.Told.Select(told => told.Stage).Distinct());
        Assert.All(bench.Told.Where(told => told.Stage is "burning" or "verifying").GroupBy(told => told.Stage), stage =>
            Assert.Equal((bench.Bytes.Length, bench.Bytes.Length), (stage.Last().Done, stage.Last().Total)));
    }

    private static SimulatedBurner Fresh(Profile kind, out Bench bench)
    {
        bench = new(new SimulatedBurner(kind));
        _ = bench.Burn(request => request with { Speed = 4 });
        return bench.Drive;
    }
}
