// SPDX-License-Identifier: MIT
namespace Spindle.Changers.Tests;

public sealed class RobotPlaceTests
{
    [Theory]
    [InlineData("7", "7", "slot 7")]
    [InlineData("slot7", "7", "slot 7")]
    [InlineData("mail1", "mail1", "mail slot 1")]
    [InlineData("drive0", "drive0", "drive 0")]
    [InlineData("arm", "arm", "the arm")]
    [InlineData("next", "next", "the stack")]
    [InlineData("accept", "accept", "the accept pile")]
    [InlineData("reject", "reject", "the reject pile")]
    public void Is_written_as_it_is_read(string text, string written, string words)
    {
        Assert.True(RobotPlace.TryParse(text, out RobotPlace place));
        Assert.Equal(written, place.ToString());
        Assert.Equal(words, place.InWords());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("mail0")]
    [InlineData("drive")]
    [InlineData("70000")]
    [InlineData("7 ")]
    [InlineData("99999999999999999999")]
    public void Anything_else_is_none(string? text) => Assert.False(RobotPlace.TryParse(text, out _));
}
