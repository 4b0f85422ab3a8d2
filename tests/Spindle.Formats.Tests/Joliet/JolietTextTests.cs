// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Joliet;

namespace Spindle.Formats.Tests.Joliet;

public class JolietTextTests
{
    [Theory]
    [InlineData(32)] // the name of the volume
    [InlineData(37)] // the names of files about it, of which the last byte is half a character
    public void Reads_a_field_up_to_what_fills_it(int length)
    {
        byte[] field = new byte[length];
        Encoding.BigEndianUnicode.GetBytes("Größe".PadRight(length / 2)).CopyTo(field, 0);
        field[^1] = (byte)' ';

        Assert.Equal("Größe", JolietText.Field(field));
    }
}
