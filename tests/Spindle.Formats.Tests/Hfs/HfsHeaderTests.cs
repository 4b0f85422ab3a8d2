// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Hfs;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Hfs;

public sealed class HfsHeaderTests
{
    [Theory]
    [InlineData("BD", 512, 10, true)]
    [InlineData("H+", 4096, 10, true)]
    [InlineData("HX", 1536, 1, true)]
    [InlineData("XY", 512, 10, false)] // no signature of these
    [InlineData("BX", 512, 10, false)]
    [InlineData("BD", 0, 10, false)]
    [InlineData("BD", 256, 10, false)]
    [InlineData("BD", 700, 10, false)] // no multiple of 512
    [InlineData("H+", 512, 0, false)]
    public void A_header_has_a_signature_and_blocks(string signature, uint blockSize, uint blocks, bool isOne)
    {
        byte[] disc = new byte[4096];
        Encoding.ASCII.GetBytes(signature, disc.AsSpan(1024));
        bool isPlus = signature[0] == 'H';
        BinaryPrimitives.WriteUInt32BigEndian(disc.AsSpan(1024 + (isPlus ? 40 : 20)), blockSize);
        BinaryPrimitives.WriteUInt16BigEndian(disc.AsSpan(1024 + (isPlus ? 46 : 18)), (ushort)blocks);

        HfsHeader? header = HfsHeader.Read(new(new SimulatedDisc(disc, 512)), 0);

        Assert.Equal(isOne, header is not null);
        Assert.True(header is null || (header.IsPlus, header.BlockSize, header.BlockCount) == (isPlus, blockSize, blocks));
    }

    [Theory]
    [InlineData(3, "abc")]
    [InlineData(27, "abcdefghijklmnopqrstuvwxyzA")]
    [InlineData(28, "abcdefghijklmnopqrstuvwxyzA")] // a name has no more
    public void The_name_of_a_volume_is_as_long_as_its_first_byte_says(byte length, string name)
    {
        byte[] disc = new byte[4096];
        "BD"u8.CopyTo(disc.AsSpan(1024));
        BinaryPrimitives.WriteUInt32BigEndian(disc.AsSpan(1024 + 20), 512);
        disc[1024 + 19] = 1;
        disc[1024 + 36] = length;
        "abcdefghijklmnopqrstuvwxyzABC"u8.CopyTo(disc.AsSpan(1024 + 37));

        Assert.Equal(name, HfsHeader.Read(new(new SimulatedDisc(disc, 512)), 0)!.VolumeName); // BD, and a block
    }
}
