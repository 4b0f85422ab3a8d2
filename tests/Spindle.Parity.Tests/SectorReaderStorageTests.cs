// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Protecting;
using Spindle.Parity.Sectors;
using Spindle.Parity.Tests.Rs03;
using Spindle.Testing;

namespace Spindle.Parity.Tests;

public sealed class SectorReaderStorageTests
{
    [Fact]
    public void Lets_a_damaged_medium_be_checked()
    {
        SimulatedDisc disc = new SimulatedDisc(Rs03EncoderTests.EncodeImage(Payloads.Raw300, 600)).Bad(20, 31).Bad(300).Wrong(100, 1, int.MaxValue);
        using SectorReaderStorage medium = new(disc);

        CheckResult result = Checker.Check(medium, null, new() { Image = "" }, null, TestContext.Current.CancellationToken);

        Assert.Equal(32, result.Damage.SectorsMissing);
        Assert.Equal(1, result.Damage.ChecksumMismatches);
        Assert.Equal(18, result.Health.WorstBlock);
        Assert.Empty(result.Damage.BlocksLost);
    }

    [Fact]
    public void Reads_up_to_the_first_sector_that_cannot_be_read()
    {
        byte[] content = Payloads.Raw300;
        using SectorReaderStorage medium = new(new SimulatedDisc(content).Bad(5));
        byte[] buffer = new byte[8 * 2048];

        Assert.Equal((4 * 2048) - 100, medium.Read(2048 + 100, buffer));
        Assert.True(content.AsSpan(2048 + 100, (4 * 2048) - 100).SequenceEqual(buffer.AsSpan(0, (4 * 2048) - 100)));
        Assert.Equal(0, medium.Read(5 * 2048, buffer));
        Assert.Equal(2048, medium.Read(299 * 2048, buffer));
        Assert.Equal(0, medium.Read(300 * 2048, buffer));
        Assert.Equal("target-denied", Assert.Throws<OperationFailedException>(() => medium.Write(0, buffer)).Failure.Code);
    }

    [Fact]
    public void Finds_the_bad_sectors_of_a_drive_that_fails_longer_reads_as_a_whole()
    {
        SimulatedDisc disc = new SimulatedDisc(Payloads.Random(500 * 2048, seed: 6)).Bad(70).Bad(200, 30);
        FailingAsAWhole drive = new(disc);
        using SectorReaderStorage medium = new(drive);
        byte[] buffer = new byte[500 * 2048];
        SectorFlaw[] flaws = new SectorFlaw[500];

        ImageStorageExtensions.ReadSectors(medium, 0, buffer, flaws);

        Assert.Equal([70, .. Enumerable.Range(200, 30)], Enumerable.Range(0, 500).Where(sector => flaws[sector] != SectorFlaw.None));
        Assert.Equal(31 + 2, drive.Failures);
    }

    [Fact]
    public void Gives_up_what_a_drive_decodes_together_when_its_start_is_bad()
    {
        SimulatedDisc disc = new SimulatedDisc(Payloads.Random(500 * 2048, seed: 6)).Bad(160, 32).Bad(300, 20);
        FailingAsAWhole drive = new(disc);
        using SectorReaderStorage medium = new(drive, sectorsPerUnit: 16);
        byte[] buffer = new byte[500 * 2048];
        SectorFlaw[] flaws = new SectorFlaw[500];

        ImageStorageExtensions.ReadSectors(medium, 0, buffer, flaws);

        Assert.Equal([.. Enumerable.Range(160, 32), .. Enumerable.Range(300, 20)], Enumerable.Range(0, 500).Where(sector => flaws[sector] != SectorFlaw.None));

        // 160 and 176 for the first place; 300 to 303, 304 for the second; and the two longer reads that found them.
        Assert.Equal(2 + 5 + 2, drive.Failures);
    }

    /// <summary>As the kernel reads a drive: in parts of 64 KiB, of which one that fails gives nothing.</summary>
    private sealed class FailingAsAWhole(SimulatedDisc disc) : ISectorReader
    {
        public int Failures { get; private set; }

        public string Name => disc.Name;

        public int SectorSize => disc.SectorSize;

        public long SectorCount => disc.SectorCount;

        public long Length => disc.Length;

        public SectorRead Read(SectorRange range, Span<byte> buffer)
        {
            for (int done = 0; done < range.Count; done += 32)
            {
                SectorRange part = SectorRange.Between(range.Start + done, Math.Min(range.Start + done + 32, range.End));
                if (disc.Read(part, buffer[(done * SectorSize)..]).Fault != SectorFault.None)
                {
                    Failures++;
                    return new(done, SectorFault.Unreadable);
                }
            }

            return new((int)range.Count, SectorFault.None);
        }

        public void Dispose()
        {
        }
    }
}
