// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Names;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Tests.Names;

public sealed class NameTextTests
{
    [Theory]
    [InlineData("shift_jis", "デスクトップ.txt", "写真と動画", "テキスト", "リスト")]
    [InlineData("euc-jp", "デスクトップ.txt", "写真と動画", "テキスト", "ひらがな")]
    [InlineData("euc-kr", "사진", "음악 파일.mp3", "문서")]
    [InlineData("windows-1251", "Документы", "Фотографии 1998.jpg", "письмо.doc")]
    [InlineData("koi8-r", "Документы", "Фотографии 1998.jpg", "письмо.doc")]
    [InlineData("windows-1252", "größe.txt", "Übersicht", "café.doc", "niño", "naïve")]
    [InlineData("ibm437", "größe.txt", "Übersicht", "café.doc", "niño")]
    public void Guesses_the_charset_of_words(string charset, params string[] words)
    {
        NameText names = new(charset: null);
        foreach (string word in words)
        {
            _ = names.Of(Charsets.Find(charset)!.GetBytes(word));
        }

        Assert.True(names.AreUnknown);
        Assert.Equal(charset, names.Guess);
        NameText named = new(Charsets.Find(charset));
        Assert.Equal(words, words.Select(word => named.Of(Charsets.Find(charset)!.GetBytes(word))));
        Assert.False(named.AreUnknown);
    }

    [Fact]
    public void Bytes_that_are_no_words_are_guessed_to_be_nothing()
    {
        NameText names = new(charset: null);
        _ = names.Of([0xA4, 0xA6, 0xA7, 0x20, 0xB0, 0xB1]);

        Assert.Null(names.Guess);
    }

    [Fact]
    public void Utf8_needs_no_guess()
    {
        NameText names = new(charset: null);

        Assert.Equal("größe テキスト", names.Of(Encoding.UTF8.GetBytes("größe テキスト")));
        Assert.False(names.AreUnknown);
        Assert.Null(names.Guess);
    }

    [Fact]
    public void A_name_in_another_charset_than_the_rest_is_not_lost() =>
        Assert.Equal("\u00FF\u0081", new NameText(Charsets.Find("shift_jis")).Of([0xFF, 0x81]));

    [Theory]
    [InlineData("no-such-charset")]
    [InlineData("")]
    [InlineData("cp99999")]
    [InlineData("-1")]
    public void There_is_no_charset_of_any_name(string name) => Assert.Null(Charsets.Find(name));

    [Theory]
    [InlineData("a\u0081b\u009fc", "a%81b%9Fc")]
    [InlineData("gr\u00fc\u00df\u00a0e", "gr\u00fc\u00df\u00a0e")]
    public void No_file_gets_a_name_with_controls_of_an_unknown_charset(string name, string safe) => Assert.Equal(safe, SafePath.Name(name));
}
