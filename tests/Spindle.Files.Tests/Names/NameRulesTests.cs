// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Names;
using Spindle.Testing;

namespace Spindle.Files.Tests.Names;

public class NameRulesTests
{
    [Theory]
    [InlineData("plain name.txt", "plain name.txt")]
    [InlineData("a:b*c?", "a_b_c_")]
    [InlineData("back\\slash", "back_slash")]
    [InlineData("a<b>c|d\"e", "a_b_c_d_e")]
    [InlineData("bell\u0007", "bell_")]
    [InlineData("ends with a dot.", "ends with a dot_")]
    [InlineData("and blanks. .", "and blanks___")]
    [InlineData(" before .x", " before .x")]
    [InlineData("..", "__")]
    [InlineData("con", "_con")]
    [InlineData("Aux.tar.gz", "_Aux.tar.gz")]
    [InlineData("LPT¹", "_LPT¹")]
    [InlineData("nul .txt", "_nul .txt")]
    [InlineData("console", "console")]
    [InlineData("com10", "com10")]
    [InlineData("é 日本 😀", "é 日本 😀")]
    public void Windows_gets_the_nearest_name_that_it_takes(string name, string expected)
    {
        Assert.Equal(expected, Text(NameRules.Windows.Fitting(Bytes(name))));
        Assert.Equal(name, Text(NameRules.Any.Fitting(Bytes(name))));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_by_their_numbers()
    {
        NameRules text = new() { IsUnicode = true };

        Assert.Equal("a%FFb%C3", Text(text.Fitting([.. "a"u8, 0xFF, .. "b"u8, 0xC3])));
        Assert.Equal("%ED%A0%80", Text(text.Fitting([0xED, 0xA0, 0x80]))); // half a pair of UTF-16, which is text for Windows alone
        Assert.NotEqual(text.KeyOf(text.Fitting([0xFF])), text.KeyOf(text.Fitting([0xFE])));
    }

    [Theory]
    [InlineData("README", "ReadMe", true)]
    [InlineData("ÄÖÜ", "äöü", true)]
    [InlineData("ΣΑΣ", "σας", false)] // the last sigma has a capital of its own in no table of file systems that is known
    [InlineData("straße", "STRASSE", false)]
    [InlineData("a", "b", false)]
    [InlineData("[", "{", false)]
    [InlineData("é", "e\u0301", false)]
    public void Names_that_differ_in_case_are_one_where_case_says_nothing(string one, string other, bool isSame)
    {
        NameRules rules = new() { IsCaseless = true };

        // More than some system takes for one may be taken for one, and never less.
        Assert.Equal(isSame || one == "ΣΑΣ", rules.KeyOf(Bytes(one)) == rules.KeyOf(Bytes(other)));
        Assert.NotEqual(NameRules.Any.KeyOf(Bytes(one)), NameRules.Any.KeyOf(Bytes(other)));
    }

    [Theory]
    [InlineData("é", "e\u0301", true)]
    [InlineData("ṩ", "s\u0307\u0323", true)] // accents in the other order
    [InlineData("ṩ", "ṡ\u0323", true)]
    [InlineData("각", "\u1100\u1161\u11A8", true)]
    [InlineData("가", "\u1100\u1161", true)]
    [InlineData("Å", "Å", true)] // the sign of Ångström
    [InlineData("é", "e", false)]
    [InlineData("É", "é", false)]
    [InlineData("a\u0301b\u0300", "a\u0300b\u0301", false)]
    public void Accents_are_one_however_they_are_written(string one, string other, bool isSame)
    {
        NameRules rules = new() { IsNormalising = true };

        Assert.Equal(isSame, rules.KeyOf(Bytes(one)) == rules.KeyOf(Bytes(other)));
    }

    [Theory]
    [InlineData("name.txt", "~2", "name~2.txt")]
    [InlineData("name", "~2", "name~2")]
    [InlineData(".profile", "~2", ".profile~2")]
    [InlineData("name.no extension as long as this", "~2", "name.no extension as long as this~2")]
    public void A_mark_stands_before_the_extension(string name, string mark, string expected) => Assert.Equal(expected, Text(NameRules.Marked(Bytes(name), mark)));

    [Fact]
    public void A_marked_name_is_cut_between_characters()
    {
        string marked = Text(NameRules.Marked(Bytes(string.Concat(Enumerable.Repeat("é", 127)) + ".x"), "~12"));

        Assert.Equal(string.Concat(Enumerable.Repeat("é", 125)) + "~12.x", marked); // 250 + 3 + 2 bytes
    }

    [Fact]
    public void Whatever_a_name_is_a_fitting_one_fits_and_stays()
    {
        NameRules[] all = [NameRules.Windows, new() { IsUnicode = true }, new() { TakesEnds = false }, new() { Forbidden = ":" }];
        Random random = Seed.Random();
        byte[] likely = [.. "aA.: \\%\x01"u8, .. "é😀"u8, 0xFF, 0xED, 0xA0, 0x80];
        for (int round = 0; round < 5000; round++)
        {
            byte[] name = random.GetItems(likely, random.Next(1, 9));
            Assert.All(all, rules =>
            {
                byte[] fitting = rules.Fitting(name);
                Assert.Equal(fitting, rules.Fitting(fitting));
                Assert.NotEmpty(fitting);
                Assert.DoesNotContain((byte)'/', fitting);
            });
        }
    }

    [Theory]
    [InlineData("straße", "STRASSE", true)]
    [InlineData("É", "e\u0301", true)]
    [InlineData("e", "é", false)]
    public void On_a_Macintosh_both_are_so(string one, string other, bool isSame)
    {
        NameRules rules = new() { IsCaseless = true, IsNormalising = true };

        Assert.Equal(isSame, rules.KeyOf(Bytes(one)) == rules.KeyOf(Bytes(other)));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
