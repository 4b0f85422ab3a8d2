// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Sources;

public sealed class FirstLookTests
{
    [Fact]
    public void Every_sector_is_read_once_good_or_bad()
    {
        byte[] content = new byte[64 * 2048];
        new Random(2).NextBytes(content);
        SimulatedDisc disc = new(content);
        disc.Bad(20, 2);
        FirstLook look = new(disc);
        byte[] buffer = new byte[64 * 2048];

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(new(4, SectorFault.Unreadable), look.Read(new(16, 8), buffer));
            Assert.Equal(content[(16 * 2048)..(20 * 2048)], buffer[..(4 * 2048)]);
            Assert.Equal(new(8, SectorFault.None), look.Read(new(10, 8), buffer));
            Assert.Equal(content[(10 * 2048)..(18 * 2048)], buffer[..(8 * 2048)]);
            Assert.Equal(new(0, SectorFault.Unreadable), look.Read(new(20, 1), buffer));
        }

        Assert.Equal([20L], look.Failed);
        Assert.Equal([new SectorRange(16, 8), new(20, 1), new(10, 6)], disc.Reads);
    }

    [Fact]
    public void A_bad_sector_that_ends_a_read_is_known_without_being_asked_again()
    {
        SimulatedDisc disc = new(new byte[64 * 2048]);
        disc.Bad(31);
        FirstLook look = new(disc);

        Assert.Equal(new(31, SectorFault.Unreadable), look.Read(new(0, 32), new byte[32 * 2048]));

        Assert.Equal([31L], look.Failed);
        Assert.Equal([new SectorRange(0, 32)], disc.Reads);
    }
}
