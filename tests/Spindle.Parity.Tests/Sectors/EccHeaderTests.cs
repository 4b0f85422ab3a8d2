// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Tests.Sectors;

/// <summary>The header of dvdisaster's formats, position by position (codecs manual, "EccHeader").</summary>
public sealed class EccHeaderTests
{
    private static readonly EccHeader Sample = new()
    {
        Method = Codec.Rs02,
        Flags = 3,
        Fingerprint = new UInt128(0x0102030405060708, 0x1112131415161718),
        PayloadDigest = new UInt128(0x2122232425262728, 0x3132333435363738),
        ParityDigest = 4,
        PayloadSectors = 0x0102030405,
        DataSymbols = 223,
        Roots = 32,
        CreatorVersion = 7906,
        NeededVersion = 6600,
        ChecksumDigest = 5,
        LastSectorBytes = 777,
        SectorsPerLayer = 0x0605040302,
        SectorsAdded = 99,
    };

    [Fact]
    public void Each_field_lies_where_the_format_says()
    {
        byte[] bytes = Written(Sample);

        Assert.Equal("*dvdisaster*RS02", Encoding.ASCII.GetString(bytes, 0, 16));
        Assert.Equal(3, bytes[16]);
        Assert.Equal("01020304050607081112131415161718", Convert.ToHexStringLower(bytes, 20, 16));
        Assert.Equal("21222324252627283132333435363738", Convert.ToHexStringLower(bytes, 36, 16));
        Assert.Equal(4, bytes[67]);
        Assert.Equal("0504030201000000", Convert.ToHexStringLower(bytes, 68, 8));
        Assert.Equal((223, 32, 7906, 6600, 16), (Int(bytes, 76), Int(bytes, 80), Int(bytes, 84), Int(bytes, 88), Int(bytes, 92)));
        Assert.Equal((5, 777), (bytes[115], Int(bytes, 116)));
        Assert.Equal("0203040506000000" + "6300000000000000", Convert.ToHexStringLower(bytes, 120, 16));
        Assert.Equal(-1, bytes.AsSpan(136).IndexOfAnyExcept((byte)0));
        Assert.Equal(Sample, EccHeader.TryRead(bytes));
    }

    [Fact]
    public void The_checksum_is_taken_with_the_seed_in_its_place()
    {
        byte[] bytes = Written(Sample);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(96));
        "GPL\0"u8.CopyTo(bytes.AsSpan(96));

        Assert.Equal(BitByBitCrc(bytes), stored);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(70)]
    [InlineData(96)]
    [InlineData(4095)]
    public void A_header_with_a_wrong_bit_is_none(int at)
    {
        byte[] bytes = Written(Sample);
        bytes[at] ^= 1;

        Assert.Null(EccHeader.TryRead(bytes));
    }

    [Fact]
    public void RS01_has_no_checksum()
    {
        byte[] bytes = Written(Sample with { Method = Codec.Rs01 });
        bytes[96] ^= 1;

        Assert.Equal(Codec.Rs01, EccHeader.TryRead(bytes)!.Method);
    }

    [Fact]
    public void A_header_that_is_cut_off_is_none() => Assert.Null(EccHeader.TryRead(Written(Sample).AsSpan(0, 4095)));

    private static byte[] Written(EccHeader header)
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xEE, 4096)];
        header.Write(bytes);
        return bytes;
    }

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    private static uint BitByBitCrc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return crc; // dvdisaster inverts nothing at the end
    }
}
