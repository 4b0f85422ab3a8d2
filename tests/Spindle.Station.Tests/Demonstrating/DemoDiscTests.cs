// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using Spindle.Station.Demonstrating;
using Spindle.Testing;

namespace Spindle.Station.Tests.Demonstrating;

public sealed class DemoDiscTests
{
    [Fact]
    public void It_is_the_same_disc_each_time() => Assert.Equal(DemoDisc.Build(), DemoDisc.Build());

    [Fact]
    public void Its_descriptor_says_how_large_it_is_in_both_byte_orders() // ECMA-119 4th edition 9.4.8 (BP 81 to 88)
    {
        byte[] disc = DemoDisc.Build();
        ReadOnlySpan<byte> size = disc.AsSpan((16 * 2048) + 80, 8);

        Assert.Equal(disc.Length / 2048, System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(size));
        Assert.Equal(disc.Length / 2048, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(size[4..]));
    }

    [Fact]
    public void Its_picture_repeats_nothing()
    {
        byte[] disc = DemoDisc.Build();

        Assert.Equal(3_907, disc.Chunk(2048).Skip(21).Take(3_907).Select(sector => Convert.ToHexString(SHA256.HashData(sector))).Distinct().Count());
    }

    [Fact]
    public void Another_program_reads_its_files()
    {
        using TempDirectory directory = new();
        DemoDisc.Write(directory["a/demo.iso"]);
        byte[] picture = new byte[8_000_000];
        new Random(1982).NextBytes(picture);

        ForeignProgram.Run("7z", "x", $"-o{directory["out"]}", directory["a/demo.iso"]);

        Assert.Equal("This is a disc that Spindle made to show what it does.\r\n", File.ReadAllText(directory["out/README.TXT"]));
        Assert.Equal(picture, File.ReadAllBytes(directory["out/PICTURE.DAT"]));
    }
}
