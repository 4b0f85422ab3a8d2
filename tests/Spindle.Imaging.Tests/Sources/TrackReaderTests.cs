// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Sources;

public sealed class TrackReaderTests
{
    [Fact]
    public void Sectors_are_those_of_the_part_and_the_gap_is_never_asked_for()
    {
        byte[] content = new byte[100 * 2048];
        new Random(1).NextBytes(content);
        SimulatedDisc disc = new(content);
        using TrackReader part = new(disc, new(10, 80), [SectorRange.Between(40, 50)]);
        byte[] buffer = new byte[80 * 2048];

        Assert.Equal((80, 80 * 2048), (part.SectorCount, part.Length));
        Assert.Equal(new(30, SectorFault.Unreadable), part.Read(new(0, 80), buffer));
        Assert.Equal(content[(10 * 2048)..(40 * 2048)], buffer[..(30 * 2048)]);
        Assert.Equal(new(0, SectorFault.Unreadable), part.Read(new(35, 1), buffer));
        Assert.Equal(new(40, SectorFault.None), part.Read(new(40, 40), buffer));
        Assert.Equal(content[(50 * 2048)..(90 * 2048)], buffer[..(40 * 2048)]);
    }
}
