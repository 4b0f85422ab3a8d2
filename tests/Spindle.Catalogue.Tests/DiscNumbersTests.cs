// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Tests;

public sealed class DiscNumbersTests
{
    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0-2")]
    [InlineData("0,2-3,7")]
    public void What_was_written_is_read(string text) => Assert.Equal(text, DiscNumbers.ToText(DiscNumbers.Parse(text)));

    [Fact]
    public void Runs_are_told_by_their_ends() => Assert.Equal("1-3,5,7-8", DiscNumbers.ToText([8, 1, 2, 3, 5, 7, 3]));

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("0-999999999")]
    [InlineData("99999999999")]
    public void What_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => DiscNumbers.Parse(text));
}
