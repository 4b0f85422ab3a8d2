// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Catalogue.Tests;

public sealed class Utf8OutputTests
{
    private readonly MemoryStream _stream = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void What_is_written_is_there_in_its_order_however_much_it_is(int step)
    {
        Utf8Output output = new(_stream);
        StringBuilder expected = new();
        byte[] hash = [0x01, 0xAB, 0xFF];
        for (int number = 0; expected.Length < 600_000; number += step)
        {
            output.Number(number).Raw(" "u8).Hex(hash).Quoted("ü\n").Number(long.MinValue).Base64Of(hash);
            expected.Append(number).Append(" 01abff\"ü\\n\"-9223372036854775808Aav/");
        }

        output.Flush();

        Assert.Equal(expected.ToString(), Encoding.UTF8.GetString(_stream.ToArray()));
    }

    [Fact]
    public void A_text_longer_than_anything_before_it_is_written_whole()
    {
        Utf8Output output = new(_stream);
        string text = new('t', 700_000);

        output.Raw("before "u8).Quoted(text).Number(1).Flush();

        Assert.Equal($"before \"{text}\"1", Encoding.UTF8.GetString(_stream.ToArray()));
    }

    [Fact]
    public void Signs_that_JSON_must_escape_are_escaped()
    {
        Utf8Output output = new(_stream);

        output.Quoted("\"\\\n\r\t\b\f\u0001\u001f/").Flush();

        Assert.Equal("""
            "\"\\\n\r\t\b\f\u0001\u001f/"
            """, Encoding.UTF8.GetString(_stream.ToArray()));
    }
}
