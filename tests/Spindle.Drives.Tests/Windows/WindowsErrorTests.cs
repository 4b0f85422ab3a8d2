// SPDX-License-Identifier: MIT
using Spindle.Drives.Windows;

namespace Spindle.Drives.Tests.Windows;

public class WindowsErrorTests
{
    [Theory]
    [InlineData(5, "source-denied")]
    [InlineData(32, "source-busy")]
    [InlineData(21, "no-medium")]
    [InlineData(1112, "no-medium")]
    [InlineData(2, "drive-gone")]
    [InlineData(433, "drive-gone")]
    [InlineData(87, "source-unreadable")]
    public void What_Windows_says_is_told_in_words(int error, string code) => Assert.Equal(code, WindowsError.Of("D:", error).Failure.Code);

    [Fact]
    public void A_drive_that_may_not_be_opened_may_have_three_reasons()
    {
        string hint = WindowsError.Of("D:", WindowsError.AccessDenied).Failure.Hint!;

        Assert.Contains("program that has it locked", hint, StringComparison.Ordinal);
        Assert.Contains("Controlled folder access", hint, StringComparison.Ordinal);
        Assert.Contains("administrator", hint, StringComparison.Ordinal);
    }
}
