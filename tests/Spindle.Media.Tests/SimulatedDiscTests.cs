// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.Media.Tests;

public sealed class SimulatedDiscTests : ImageReaderContract
{
    [Fact]
    public void Delivers_the_good_sectors_before_a_bad_one()
    {
        using SimulatedDisc disc = new SimulatedDisc(SimulatedDisc.Pattern(20 * 2048)).Bad(7);
        byte[] buffer = new byte[20 * 2048];

        Assert.Equal(new SectorRead(7, SectorFault.Unreadable), disc.Read(new(0, 20), buffer));
        Assert.Equal(new SectorRead(12, SectorFault.None), disc.Read(new(8, 12), buffer));
    }

    [Fact]
    public void Reads_a_flaky_sector_after_its_failures()
    {
        using SimulatedDisc disc = new SimulatedDisc(SimulatedDisc.Pattern(2048)).Flaky(0, 1, failures: 2);
        byte[] buffer = new byte[2048];

        Assert.Equal(0, disc.Read(new(0, 1), buffer).Count);
        Assert.Equal(0, disc.Read(new(0, 1), buffer).Count);
        Assert.Equal(1, disc.Read(new(0, 1), buffer).Count);
    }

    [Fact]
    public void Delivers_wrong_data_without_an_error()
    {
        byte[] content = SimulatedDisc.Pattern(2048);
        using SimulatedDisc disc = new SimulatedDisc(content).Wrong(0, 1, reads: 1);
        byte[] first = new byte[2048];
        byte[] second = new byte[2048];

        Assert.Equal(1, disc.Read(new(0, 1), first).Count);
        disc.Read(new(0, 1), second);

        Assert.NotEqual(content, first);
        Assert.Equal(content, second);
    }

    protected override ISectorReader Open(byte[] content) => new SimulatedDisc(content);
}
