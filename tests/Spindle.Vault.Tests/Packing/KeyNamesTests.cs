// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Vault.Packing;

namespace Spindle.Vault.Tests.Packing;

public sealed class KeyNamesTests
{
    [Theory]
    [InlineData("plain.txt", "plain.txt")]
    [InlineData("é ü", "é ü")]
    [InlineData("", "%")]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("...", "...")]
    [InlineData("100%", "100%25")]
    [InlineData("a\tb\u0001", "a%09b%01")]
    public void A_name_says_what_it_stands_for(string part, string name)
    {
        Assert.Equal(name, Encoding.UTF8.GetString(KeyNames.Of(Encoding.UTF8.GetBytes(part))));
        Assert.Equal(part, Encoding.UTF8.GetString(KeyNames.PartOf(Encoding.UTF8.GetBytes(name))!));
    }

    [Fact]
    public void Long_names_are_cut_at_a_character_and_stay_apart()
    {
        byte[] one = KeyNames.Of(Encoding.UTF8.GetBytes(new string('é', 200) + "1")), other = KeyNames.Of(Encoding.UTF8.GetBytes(new string('é', 200) + "2"));
        Assert.NotEqual(one, other);
        Assert.All([one, other, KeyNames.Of(Encoding.UTF8.GetBytes(new string('\u0001', 300)))], name =>
        {
            Assert.InRange(name.Length, 100, 200);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(name));
            Assert.Null(KeyNames.PartOf(name));
        });
    }

    [Fact]
    public void No_two_parts_have_one_name()
    {
        Random random = new(26);
        Dictionary<string, string> seen = [];
        const string Letters = "ab.%2E=~\u0001é";
        for (int i = 0; i < 20_000; i++)
        {
            string part = random.GetString(Letters, random.Next(6));
            string name = Encoding.UTF8.GetString(KeyNames.Of(Encoding.UTF8.GetBytes(part)));
            Assert.Equal(part, seen.GetValueOrDefault(name, part));
            seen[name] = part;
            Assert.DoesNotContain('/', name);
            Assert.NotEmpty(name);
            Assert.Equal(part, Encoding.UTF8.GetString(KeyNames.PartOf(Encoding.UTF8.GetBytes(name))!));
        }
    }
}

internal static class RandomTexts
{
    public static string GetString(this Random random, string letters, int length) => new([.. Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)])]);
}
