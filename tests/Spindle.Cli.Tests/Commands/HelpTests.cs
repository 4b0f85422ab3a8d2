// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Commands() => new(Root().Subcommands.Select(command => command.Name));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_shows_examples_and_exit_codes(string command)
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync(command, "--help");

        Assert.Equal(0, outcome.Code);
        Assert.Contains($"  spindle {command}", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Examples:", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("130 cancelled", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exit_codes_are_those_of_the_program()
    {
        CommandLine.Outcome outcome = await CommandLine.RunAsync("--help");

        Assert.Equal(Enum.GetValues<ExitCode>(), ExitCodes.All.Select(told => told.Code));
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Contains($" {(int)code} ", outcome.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unknown_command_is_wrong_usage() => Assert.Equal(64, (await CommandLine.RunAsync("burnish")).Code);

    [Fact]
    public async Task Arguments_go_by_their_names_and_not_by_all_values_that_a_shell_offers() =>
        Assert.Contains("\n  <capacity>  ", (await CommandLine.RunAsync("plan", "--help")).Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private static RootCommand Root() => SpindleCommand.Create(new(new() { Output = TextWriter.Null, Error = TextWriter.Null }));
}
