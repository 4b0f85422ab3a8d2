// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Tests.Commands;

/// <summary>Files without a name, as a script gives them whose variable is empty.</summary>
public class NamelessFileTests
{
    [Theory]
    [InlineData("inspect", "")]
    [InlineData("image", "")]
    [InlineData("ls", "")]
    [InlineData("check", "")]
    [InlineData("audit", "")]
    [InlineData("verify", "x", "")]
    [InlineData("scan", "")]
    [InlineData("image", "x", "--dir", "")]
    [InlineData("restore", "--from", "", "--to", "x")]
    [InlineData("discs", "--catalogue", "")]
    [InlineData("export", "")]
    [InlineData("import", "")]
    [InlineData("run", "")]
    public async Task They_are_wrong_usage_and_told(params string[] words)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(words);

        Assert.Equal(64, outcome.Code);
        Assert.Contains(" is empty", outcome.Error, StringComparison.Ordinal);
    }
}
