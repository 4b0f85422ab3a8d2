// SPDX-License-Identifier: MIT
using Spindle.Media;
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
}
