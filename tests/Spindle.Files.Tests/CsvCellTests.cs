// SPDX-License-Identifier: MIT
namespace Spindle.Files.Tests;

public sealed class CsvCellTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("-3.5", "-3.5")]
    [InlineData("-rf", "'-rf")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("@a", "'@a")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=\"a,b\"", "\"'=\"\"a,b\"\"\"")]
    public void A_text_stays_a_text(string? text, string cell) => Assert.Equal(cell, CsvCell.Of(text));
}
