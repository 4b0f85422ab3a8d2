// SPDX-License-Identifier: MIT
using Spindle.Formats.Udf;

namespace Spindle.Formats.Tests.Udf;

public sealed class UdfFieldsTests
{
    [Theory]
    [InlineData("", 32, "")]
    [InlineData("Archive", 32, "Archive")]
    [InlineData("0123456789012345678901234567890", 32, "012345678901234567890123456789")] // 30, behind the compression's byte and before the length
    [InlineData("日本語のとても長い名前です、本当に", 32, "日本語のとても長い名前です、本")] // 15 of two bytes
    [InlineData("abcdefghijklmn💿💿", 32, "abcdefghijklmn")] // a half of a pair is no letter
    [InlineData("abcdefghijklm💿💿", 32, "abcdefghijklm💿")]
    public void What_a_field_has_no_room_for_is_cut(string text, int length, string cut)
    {
        byte[] field = new byte[length];

        UdfFields.WriteString(field, text);

        Assert.Equal(cut, UdfText.Field(field));
        Assert.Equal(cut.Length == 0 ? 0 : 1 + (cut.Any(letter => letter > 0xFF) ? 2 * cut.Length : cut.Length), field[^1]);
    }

    [Fact]
    public void A_name_longer_than_any_field_is_cut_before_it_is_written()
    {
        byte[] field = new byte[128];

        UdfFields.WriteString(field, new string('x', 1000));

        Assert.Equal(new string('x', 126), UdfText.Field(field));
    }
}
