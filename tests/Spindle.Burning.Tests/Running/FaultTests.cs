// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Testing.Burning;

namespace Spindle.Burning.Tests.Running;

/// <summary>What goes wrong is told, with its step or its sector, and is never called verified.</summary>
public sealed class FaultTests
{
    private static readonly Sense WriteError = new(SenseKey.MediumError, 0x0C, 0);

    public static TheoryData<string, string, long?> Faults() => new()
    {
        { "unwritable", "write-failed", 321 },
        { "late", "write-failed", 100 },
        { "weak", "copy-differs", 400 },
        { "flipped", "copy-differs", 401 },
        { "liar", "disc-unchanged", null },
        { "closing", "closing-failed", null },
        { "left open", "disc-left-open", null },
        { "flushing", "flushing-failed", null },
        { "gone", "drive-gone", null },
        { "silent", "drive-silent", null },
        { "tray", "tray-stuck", null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found_and_named(string fault, string code, long? sector)
    {
        using Bench bench = new(new SimulatedBurner(Profile.BdRSequential));
        Break(bench.Drive, fault);

        BurnResult result = bench.Burn();

        BurnedCopy copy = Assert.Single(result.Copies);
        Assert.Equal((code, sector), (copy.Failure?.Code, copy.FailedSector));
        Assert.NotEqual(CopyState.Verified, copy.State);
        Assert.Equal(1, result.Images[0].Lacking);
        Assert.False(bench.Drive.IsLocked && fault != "gone");
    }

    [Theory]
    [InlineData(Profile.CdR, 0x54, SenseKey.MediumError, "calibration-failed")]
    [InlineData(Profile.CdR, 0x55, SenseKey.IllegalRequest, "drive-refused")]
    [InlineData(Profile.CdR, 0x5D, SenseKey.IllegalRequest, "drive-refused")]
    [InlineData(Profile.DvdMinusR, 0x53, SenseKey.IllegalRequest, "drive-refused")]
    [InlineData(Profile.BdRe, 0x04, SenseKey.MediumError, "formatting-failed")]
    public void What_a_drive_refuses_before_it_burns_has_a_name(Profile kind, byte command, SenseKey key, string code)
    {
        using Bench bench = new(new SimulatedBurner(kind));
        bench.Drive.Refused[command] = new(key, 0x73, 0x03);

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Spoiled, code), (copy.State, copy.Failure?.Code));
        Assert.Equal(0, copy.SectorsWritten);
    }

    [Theory]
    [InlineData(0x53, 0x02, "tray-locked")]
    [InlineData(0x15, 0x00, "tray-not-opened")]
    public void A_disc_whose_tray_stays_shut_is_read_where_it_is(byte code, byte qualifier, string note)
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        bench.Drive.KeepsShut = new(code == 0x53 ? SenseKey.IllegalRequest : SenseKey.HardwareError, code, qualifier);

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Verified, false, note), (copy.State, copy.WasReloaded, Assert.Single(copy.Notes).Code));
    }

    [Fact]
    public void A_disc_that_can_not_be_made_blank_is_told()
    {
        using Bench bench = new(new SimulatedBurner(Profile.CdRw));
        _ = bench.Drive.Holding(new byte[2048]);
        bench.Drive.Refused[0xA1] = new(SenseKey.MediumError, 0x51, 0);

        Assert.Equal("blanking-failed", bench.BurnOne(request => request with { Blank = true }).Failure?.Code);
    }

    [Fact]
    public void A_liar_whose_disc_can_be_written_anywhere_is_caught_by_reading()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdRam));
        bench.Drive.IsLiar = true;

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Spoiled, "copy-differs", 0L), (copy.State, copy.Failure?.Code, copy.FailedSector));
        Assert.Equal(Bench.Sectors, copy.Comparison!.Different.Sum(range => range.Count));
    }

    [Fact]
    public void A_disc_of_which_nothing_can_be_read_is_not_tried_to_its_end()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        bench.Drive.Weak.UnionWith(Enumerable.Range(0, Bench.Sectors).Select(sector => (long)sector));

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal(DiscComparison.MostUnreadable, copy.Comparison!.Unreadable.Sum(range => range.Count));
        Assert.Contains("at least 256", copy.Failure!.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_changed_while_it_is_burned_is_noticed()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        bench.Drive.Writing = sector =>
        {
            if (sector == 0)
            {
                // Behind what is read ahead already, the file is another one.
                using FileStream file = new(bench.Image, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                file.SetLength(file.Length - 1);
            }
        };

        BurnedCopy copy = bench.BurnOne();

        Assert.Equal((CopyState.Spoiled, "image-changed"), (copy.State, copy.Failure?.Code));
    }

    [Fact]
    public void An_image_that_is_not_what_its_record_says_spoils_no_disc()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));

        Assert.Equal("image-changed", bench.Refused(request => request with { Images = [request.Images[0] with { Sha256 = new('0', 64) }] }).Code);
        Assert.Empty(bench.Drive.Orders);
    }

    [Theory]
    [InlineData(Profile.DvdPlusR, "it is spoiled")]
    [InlineData(Profile.DvdRam, "burned again, with --blank")]
    public void A_burn_that_is_stopped_tells_what_became_of_the_disc(Profile kind, string became)
    {
        using Bench bench = new(new SimulatedBurner(kind));
        using CancellationTokenSource stop = new();
        bench.Drive.Writing = sector => StopAt(stop, sector, 320);

        BurnResult result = bench.Burn(stop: stop.Token);

        BurnedCopy copy = Assert.Single(result.Copies);
        Assert.Equal((CopyState.Cancelled, BurnStep.Burning, 352L), (copy.State, copy.Step, copy.SectorsWritten));
        Assert.Contains("352 of 603 sectors", copy.Failure!.What, StringComparison.Ordinal);
        Assert.Contains(became, copy.Failure.What, StringComparison.Ordinal);
        Assert.Equal("35", bench.Drive.Orders.Last()); // what the drive held is written, and nothing is closed
        Assert.True(result.WasCancelled);
        Assert.False(bench.Drive.IsLocked);
    }

    [Fact]
    public void A_wait_for_a_disc_can_be_stopped()
    {
        using Bench bench = new(new SimulatedBurner(Profile.DvdPlusR));
        using CancellationTokenSource stop = new();
        bench.Drive.Refused[0x00] = new(SenseKey.NotReady, 0x04, 0x01);
        bench.Waiting = stop.Cancel;

        Assert.Throws<OperationCanceledException>(() => bench.Burn(stop: stop.Token));

        Assert.Empty(bench.Drive.Orders);
    }

    private static void StopAt(CancellationTokenSource stop, long sector, long at)
    {
        if (sector == at)
        {
            stop.Cancel();
        }
    }

    private static void Break(SimulatedBurner drive, string fault)
    {
        switch (fault)
        {
            case "unwritable":
                drive.Unwritable[321] = WriteError;
                break;
            case "late":
                drive.Late = 100;
                break;
            case "weak":
                drive.Weak.UnionWith([400, 401, 405]);
                break;
            case "flipped":
                drive.Flipped.Add(401);
                break;
            case "liar":
                drive.IsLiar = true;
                break;
            case "closing":
                drive.ClosingFails = new(SenseKey.IllegalRequest, 0x72, 0x03);
                break;
            case "left open":
                drive.StaysUnclosed = true;
                break;
            case "flushing":
                drive.Refused[0x35] = new(SenseKey.IllegalRequest, 0x20, 0);
                break;
            case "gone":
                drive.GoneAt = 200;
                break;
            case "silent":
                drive.BusyTimes = -1;
                break;
            case "tray":
                drive.StaysOpen = true;
                break;
            default:
                throw new ArgumentException(fault);
        }
    }
}
