// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.Cli.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Says_that_a_format_cannot_hold_names_that_are_no_UTF_8()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names are bytes on Linux");
        Directory.CreateDirectory(_directory["tree"]);
        ForeignProgram.Run("bash", "-c", $"cd '{_directory["tree"]}'; echo one > plain; echo two > $'\\xFFname'; echo three > $'x\\xC3'");
        string catalogue = _directory["catalogue.db"];
        Assert.Equal(0, (await CommandLine.RunAsync("scan", _directory["tree"], "--catalogue", catalogue, "--hash", "sha256,sha512")).Code);

        CommandLine.Outcome left = await CommandLine.RunAsync("export", _directory["o.json"], "--format", "odarchive", "--catalogue", catalogue);
        CommandLine.Outcome printed = await CommandLine.RunAsync("export", "-", "--format", "odarchive", "--catalogue", catalogue);
        CommandLine.Outcome whole = await CommandLine.RunAsync("export", _directory["c.json"], "--format", "json", "--catalogue", catalogue);
        try
        {
            Assert.Equal(2, left.Code);
            Assert.Contains("2 names are not UTF-8", left.Output + left.Error, StringComparison.Ordinal);
            Assert.Contains("[unwritable-names]", left.Output + left.Error, StringComparison.Ordinal);
            Assert.True(File.Exists(_directory["o.json"]));
            Assert.Equal((2, LinesOf(File.ReadAllText(_directory["o.json"]))), (printed.Code, LinesOf(printed.Output)));
            Assert.StartsWith("2 names are not UTF-8", printed.Error, StringComparison.Ordinal);
            Assert.Equal(0, whole.Code);
            Assert.DoesNotContain("unwritable-names", whole.Output + whole.Error, StringComparison.Ordinal);
        }
        finally
        {
            ForeignProgram.Run("rm", "-r", _directory["tree"]); // .NET can't name them
        }
    }

    private static int LinesOf(string text) => text.Count(character => character == '\n');

    public void Dispose() => _directory.Dispose();
}
