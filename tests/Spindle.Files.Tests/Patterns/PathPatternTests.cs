// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Patterns;

namespace Spindle.Files.Tests.Patterns;

public sealed class PathPatternTests
{
    [Theory]
    [InlineData("a.txt", "a.txt", true)]
    [InlineData("a.txt", "d/e/a.txt", true)]
    [InlineData("/a.txt", "d/a.txt", false)]
    [InlineData("d", "d/e/a.txt", true)] // and all that is below it
    [InlineData("d/", "x/d/e", true)]
    [InlineData("d/*.txt", "d/a.txt", true)]
    [InlineData("d/*.txt", "d/e/a.txt", false)]
    [InlineData("d/**/a.txt", "d/a.txt", true)]
    [InlineData("d/**/a.txt", "d/e/f/a.txt", true)]
    [InlineData("d/**", "d", false)]
    [InlineData("d/**", "d/e", true)]
    [InlineData("[ab].txt", "b.txt", true)]
    [InlineData("[!ab].txt", "b.txt", false)]
    [InlineData("[a", "[a", false)] // a set without an end names nothing
    [InlineData(@"\[a]", "[a]", true)]
    [InlineData("A.TXT", "a.txt", false)]
    [InlineData("?.txt", "\u00FC.txt", true)] // a letter, of however many bytes
    [InlineData("?.txt", "\U0001F600.txt", true)]
    [InlineData("??.txt", "\u00FC.txt", false)]
    [InlineData("*?.txt", "a\u00FC.txt", true)]
    [InlineData("*", "d/e", true)]
    public void Names_what_a_line_of_gitignore_names(string pattern, string path, bool isMeant)
    {
        Assert.Equal(isMeant, PathPattern.Parse(pattern).Matches(Encoding.UTF8.GetBytes(path)));
        Assert.Equal(isMeant, PathPattern.Parse(pattern).Matches("/" + path));
    }

    [Fact]
    public void Letters_of_either_case_where_that_is_asked_for() => Assert.True(PathPattern.Parse("*.JPG", ignoresCase: true).Matches("d/A.jpg"));

    [Fact]
    public void What_is_named_is_not_what_is_below_it()
    {
        PathPattern pattern = PathPattern.Parse("d");

        Assert.True(pattern.Names("x/d"u8));
        Assert.False(pattern.Names("x/d/e"u8));
    }

    [Fact]
    public void A_question_mark_of_bytes_is_a_part_of_a_letter()
    {
        Assert.False(new GlobSegment("?"u8, isOfBytes: true).Matches("\u00FC"u8));
        Assert.True(new GlobSegment("??"u8, isOfBytes: true).Matches("\u00FC"u8));
    }

    [Fact]
    public void Many_stars_take_no_time_that_grows_with_them() =>
        Assert.False(new GlobSegment(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("*a", 50)) + "b")).Matches(Encoding.UTF8.GetBytes(new string('a', 10_000))));
}
