// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.Tests.Checksums;

public sealed class Crc32Tests
{
    [Fact]
    public void Has_the_check_values_of_the_format()
    {
        Assert.Equal(0x340BC6D9u, Crc32.Of(Encoding.ASCII.GetBytes("123456789")));
        Assert.Equal(0x0E174561u, Crc32.Of(new byte[2048]));
        Assert.Equal(Crc32.Start, Crc32.Of([]));
    }

    [Fact]
    public void Gives_the_same_with_and_without_folding_at_every_length()
    {
        byte[] bytes = new byte[2100];
        new Random(11).NextBytes(bytes);

        Assert.All(Enumerable.Range(0, 2049), length =>
            Assert.Equal(Crc32.ContinueByTables(0x12345678, bytes.AsSpan(3, length)), Crc32.Continue(0x12345678, bytes.AsSpan(3, length))));
    }
}
