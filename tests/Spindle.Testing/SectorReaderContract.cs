// SPDX-License-Identifier: MIT
using Spindle.Media;
using Xunit;

namespace Spindle.Testing;

/// <summary>What every <see cref="ISectorReader"/> must do. A new one derives from this and says how it is opened.</summary>
public abstract class SectorReaderContract : IDisposable
{
    private const int SectorCount = 300;

    private readonly List<IDisposable> _opened = [];

    /// <summary>Sector size of the medium that <see cref="Open"/> makes.</summary>
    protected virtual int SectorSize => 2048;

    /// <summary>Makes a medium of this content, and opens it.</summary>
    protected abstract ISectorReader Open(byte[] content);

    [Fact]
    public void Tells_the_size_of_the_medium()
    {
        ISectorReader reader = OpenPattern(out byte[] content);

        Assert.Equal(SectorSize, reader.SectorSize);
        Assert.Equal(SectorCount, reader.SectorCount);
        Assert.Equal(content.Length, reader.Length);
    }

    [Theory]
    [InlineData(0, SectorCount)]
    [InlineData(0, 1)]
    [InlineData(7, 33)]
    [InlineData(SectorCount - 1, 1)]
    public void Reads_exactly_the_sectors_asked_for(long start, long count)
    {
        ISectorReader reader = OpenPattern(out byte[] content);
        AlignedBuffer buffer = new((int)count * SectorSize);

        SectorRead read = reader.Read(new(start, count), buffer.Span);

        Assert.Equal(new SectorRead((int)count, SectorFault.None), read);
        Assert.True(content.AsSpan((int)start * SectorSize, (int)count * SectorSize).SequenceEqual(buffer.Span));
    }

    [Fact]
    public void Reads_into_memory_at_any_address()
    {
        ISectorReader reader = OpenPattern(out byte[] content);
        byte[] buffer = new byte[(3 * SectorSize) + 1];

        SectorRead read = reader.Read(new(5, 3), buffer.AsSpan(1));

        Assert.Equal(3, read.Count);
        Assert.True(content.AsSpan(5 * SectorSize, 3 * SectorSize).SequenceEqual(buffer.AsSpan(1)));
    }

    [Fact]
    public void Writes_nothing_behind_the_sectors_asked_for()
    {
        ISectorReader reader = OpenPattern(out _);
        AlignedBuffer buffer = new(4 * SectorSize);
        buffer.Span.Fill(0xA5);

        reader.Read(new(0, 2), buffer.Span[..(2 * SectorSize)]);

        Assert.Equal(-1, buffer.Span[(2 * SectorSize)..].IndexOfAnyExcept((byte)0xA5));
    }

    [Fact]
    public void Reads_the_same_sectors_again()
    {
        ISectorReader reader = OpenPattern(out byte[] content);
        AlignedBuffer buffer = new(SectorSize);
        reader.Read(new(200, 1), buffer.Span);

        reader.Read(new(3, 1), buffer.Span);

        Assert.True(content.AsSpan(3 * SectorSize, SectorSize).SequenceEqual(buffer.Span));
    }

    [Theory]
    [InlineData(0, SectorCount + 1)]
    [InlineData(SectorCount, 1)]
    [InlineData(4, 0)]
    public void Rejects_ranges_that_the_medium_does_not_have(long start, long count)
    {
        ISectorReader reader = OpenPattern(out _);
        byte[] buffer = new byte[(SectorCount + 1) * SectorSize];

        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(new(start, count), buffer));
    }

    public void Dispose()
    {
        _opened.ForEach(opened => opened.Dispose());
        GC.SuppressFinalize(this);
    }

    private ISectorReader OpenPattern(out byte[] content)
    {
        content = SimulatedDisc.Pattern(SectorCount * SectorSize);
        return Remember(Open(content));
    }

    private protected ISectorReader Remember(ISectorReader reader)
    {
        _opened.Add(reader);
        return reader;
    }
}
