// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;
using Spindle.Formats.RockRidge;
using Spindle.Formats.Trees;
using Spindle.Testing;

namespace Spindle.Formats.Tests.RockRidge;

public class ZisofsStreamTests
{
    private const int BlockSize = 1 << 15;
    private const int HeaderLength = 16;
    private const int DataStart = HeaderLength + (3 * 4);

    private readonly byte[] _content = [.. Enumerable.Range(0, BlockSize + 1000).Select(at => (byte)(at / 100 % 256))];

    [Fact]
    public void Expands_block_by_block() => Assert.Equal(_content, ReadAll(Open(Stored())));

    [Theory]
    [InlineData(DataStart, 0xFF, BlockSize)] // no compression that is known
    [InlineData(DataStart + 1, 0x20, BlockSize)] // a dictionary that nobody has
    [InlineData(DataStart + 20, 0xFF, BlockSize)] // the data itself
    [InlineData(HeaderLength, 0x7F, BlockSize)] // a block that begins behind its end
    [InlineData(HeaderLength + 7, 0x7F, BlockSize + 1000)] // a block that ends far away, where the next one begins
    public void Gives_zeros_for_what_can_not_be_expanded_and_says_so(int at, byte change, int lost)
    {
        byte[] stored = Stored();
        stored[at] ^= change;
        ZisofsStream content = Open(stored);

        byte[] read = ReadAll(content);

        Assert.Equal(_content.Length, read.Length);
        Assert.All(read.Take(lost), value => Assert.Equal(0, value));
        Assert.Equal((0, lost), (content.Unreadable[0].Position, content.Unreadable[0].Length));
    }

    [Theory]
    [InlineData(0, 0x36)] // no mark
    [InlineData(12, 3)] // a header of three words
    [InlineData(13, 14)] // blocks that are too small
    [InlineData(13, 21)] // blocks that are too large
    public void Takes_a_file_without_such_a_header_as_it_is_stored(int at, byte value)
    {
        byte[] stored = Stored();
        stored[at] = value;
        ContentStream content = Content(stored);

        Assert.Null(ZisofsStream.Open(content));
        Assert.Equal(stored, ReadAll(content));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    public void Takes_a_file_too_short_for_such_a_header_as_it_is_stored(int length)
    {
        byte[] stored = Stored()[..length];
        ContentStream content = Content(stored);

        Assert.Null(ZisofsStream.Open(content));
        Assert.Equal(stored, ReadAll(content));
    }

    private static ZisofsStream Open(byte[] stored) => Assert.IsType<ZisofsStream>(ZisofsStream.Open(Content(stored)));

    private static ContentStream Content(byte[] stored)
    {
        byte[] disc = new byte[(stored.Length + 2047) / 2048 * 2048];
        stored.CopyTo(disc, 0);
        return new(new(new SimulatedDisc(disc)), [new(0, stored.Length)], stored.Length);
    }

    private static byte[] ReadAll(ContentStream content)
    {
        using MemoryStream read = new();
        content.CopyTo(read);
        return read.ToArray();
    }

    // Mark, length, header in words, logarithm of the block; then where each block begins, and the last one ends.
    private byte[] Stored()
    {
        byte[][] blocks = [Compressed(_content[..BlockSize]), Compressed(_content[BlockSize..])];
        byte[] stored = new byte[DataStart + blocks.Sum(block => block.Length)];
        ((byte[])[0x37, 0xE4, 0x53, 0x96, 0xC9, 0xDB, 0xD6, 7]).CopyTo(stored, 0);
        BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(8), _content.Length);
        (stored[12], stored[13]) = (HeaderLength / 4, 15);
        int at = DataStart;
        for (int index = 0; index <= blocks.Length; index++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(stored.AsSpan(HeaderLength + (index * 4)), at);
            at += index < blocks.Length ? blocks[index].Length : 0;
        }

        blocks[0].CopyTo(stored, DataStart);
        blocks[1].CopyTo(stored, DataStart + blocks[0].Length);
        return stored;
    }

    private static byte[] Compressed(byte[] content)
    {
        using MemoryStream compressed = new();
        using (ZLibStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
