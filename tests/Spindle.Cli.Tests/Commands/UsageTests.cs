// SPDX-License-Identifier: MIT
namespace Spindle.Cli.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("'twice'", "image", "disc.iso", "--verify", "twice")]
    [InlineData("'burnish'", "burnish")]
    [InlineData("there is no option --bogus", "image", "--bogus")]
    [InlineData("there is no option --to", "image", "disc.iso", "--to", "elsewhere")]
    [InlineData("no source is named", "image")]
    [InlineData("--copies is for --burn", "archive", "tree", "--copies", "2")]
    [InlineData("discs are always closed", "burn", "disc.iso", "--multi", "yes")]
    [InlineData("'mane'", "burn", "disc.iso", "--verify", "mane")]
    [InlineData("--dry-run", "archive", "tree", "--burn", "--dry-run")]
    [InlineData("'foo'", "access", "disc.iso", "--by", "foo")]
    [InlineData("'fast and good'", "access", "disc.iso", "--preset", "fast and good")]
    public async Task Says_what_is_wrong_and_nothing_else(string what, params string[] words)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(words);

        Assert.Equal(64, outcome.Code);
        Assert.Equal("", outcome.Output);
        Assert.Contains(what, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("[usage]", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image", "disc.iso", "--verify", "twice", "--json")]
    [InlineData("image", "disc.iso", "--progress", "loud", "--json")]
    [InlineData("image", "--bogus", "--json")]
    [InlineData("burnish", "--json")]
    public async Task Tells_programs_in_one_JSON_document(params string[] words)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(words);

        Assert.Equal(64, outcome.Code);
        Assert.Equal("usage", outcome.Json().GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public async Task Takes_a_file_whose_name_starts_with_a_dash_behind_two_dashes() =>
        Assert.Contains("there is no --bogus", (await CommandLine.RunAsync("image", "--", "--bogus")).Error, StringComparison.Ordinal);
}
