// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;
using Spindle.Imaging.Sources;
using Spindle.Station.Contract;

namespace Spindle.Cli.Tests;

/// <summary>Runs command lines in this process, with text where the terminal would be.</summary>
internal static class CommandLine
{
    public static async Task<Outcome> RunAsync(params string[] words) => await RunAtTerminalAsync(input: null, words);

    /// <param name="input">What the person at the terminal answers; null where there is none.</param>
    /// <param name="words">The command line, without the program's name.</param>
    public static Task<Outcome> RunAtTerminalAsync(string? input, params string[] words) => RunAsync(input, () => DriveLooks.OfThisMachine.All(DriveLooks.Patience), words);

    /// <param name="input">What the person at the terminal answers; null where there is none.</param>
    /// <param name="drives">The optical drives of the machine.</param>
    /// <param name="words">The command line, without the program's name.</param>
    public static async Task<Outcome> RunAsync(string? input, Func<IReadOnlyList<DriveReport>> drives, params string[] words)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using Terminal terminal = new(() => new StringReader(input ?? ""))
        {
            Output = output,
            Error = error,
            IsInteractive = input is not null,
        };
        int code = await new CommandContext(terminal) { Equipment = Equipment.OfThisMachine() with { Drives = _ => drives() } }.InvokeAsync(words, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }

    internal sealed record Outcome(int Code, string Output, string Error)
    {
        public JsonElement Json() => JsonDocument.Parse(Output).RootElement;
    }
}
