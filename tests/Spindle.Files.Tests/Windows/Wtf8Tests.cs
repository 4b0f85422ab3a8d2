// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Windows;

namespace Spindle.Files.Tests.Windows;

public class Wtf8Tests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("é 日本 😀")]
    [InlineData("")]
    public void Text_is_as_in_UTF_8(string text)
    {
        Assert.Equal(Encoding.UTF8.GetBytes(text), Wtf8.GetBytes(text));
        Assert.Equal(text, Wtf8.GetString(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Half_a_pair_is_kept()
    {
        (string Name, byte[] Bytes)[] cases = // not as data of a theory: attributes are kept as UTF-8
        [
            ("a\uD800b", [0x61, 0xED, 0xA0, 0x80, 0x62]),
            ("\uDC00\uD800", [0xED, 0xB0, 0x80, 0xED, 0xA0, 0x80]),
            ("\uDBFF", [0xED, 0xAF, 0xBF]),
        ];
        Assert.All(cases, one =>
        {
            Assert.Equal(one.Bytes, Wtf8.GetBytes(one.Name));
            Assert.Equal(one.Name, Wtf8.GetString(one.Bytes));
        });
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0x61, 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80, 0xED, 0xB0, 0x80 })] // a pair, which has four bytes
    public void What_is_no_name_is_none(byte[] bytes) => Assert.Null(Wtf8.GetString(bytes));
}
