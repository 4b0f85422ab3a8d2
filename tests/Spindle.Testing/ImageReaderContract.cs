// SPDX-License-Identifier: MIT
using Spindle.Media;
using Xunit;

namespace Spindle.Testing;

/// <summary>What a reader must do whose medium can end inside a sector, as files can and devices can't.</summary>
public abstract class ImageReaderContract : SectorReaderContract
{
    [Fact]
    public void Fills_what_a_cut_off_medium_lacks_of_its_last_sector_with_zeros()
    {
        byte[] content = SimulatedDisc.Pattern((2 * SectorSize) + 5);
        ISectorReader reader = Remember(Open(content));
        AlignedBuffer buffer = new(3 * SectorSize);
        buffer.Span.Fill(0xA5);

        SectorRead read = reader.Read(new(0, 3), buffer.Span);

        Assert.Equal(3, reader.SectorCount);
        Assert.Equal(content.Length, reader.Length);
        Assert.Equal(new SectorRead(3, SectorFault.None), read);
        Assert.True(content.AsSpan().SequenceEqual(buffer.Span[..content.Length]));
        Assert.Equal(-1, buffer.Span[content.Length..].IndexOfAnyExcept((byte)0));
    }
}
