// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Spindle with somebody at the terminal.</summary>
public sealed class TerminalTests : IAsyncDisposable
{
    private const string ControlC = "\x03";
    private const string Colour = "\x1b[3";

    private static readonly Dictionary<string, string> Terminal = new() { ["TERM"] = "xterm-256color" };

    private readonly Workspace _workspace = new();

    public TerminalTests() => Files.WriteRandom(_workspace["disc.img"], 20 << 20, seed: 1);

    [Fact]
    public async Task Asks_for_disc_name_directory_and_operator_and_makes_the_image()
    {
        ProgramResult result = await RunAsync(
            Terminal,
            [
                ("Drive, device or image file", "disc.img\n"),
                ("File name, without .iso [disc]: ", "box 7\n"),
                ("Directory [.]: ", "out\n"),
                ("Operator [", "anna\n"),
            ],
            "image");

        Assert.Contains("Checksum match", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("Volume Name: ", result.Output, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(_workspace["disc.img"], _workspace["out/box 7/box 7.iso"]));
        JsonElement metadata = _workspace.Manifest("box 7").GetProperty("backup_metadata");
        Assert.Equal("anna", metadata.GetProperty("operator").GetString());
    }

    [Fact]
    public async Task Asks_before_it_replaces_an_image()
    {
        (await _workspace.RunAsync("image", "disc.img", "--dir", "out")).EndedWith(0);

        ProgramResult refused = await RunAsync(Terminal, [("Replace it? [y/N] ", "\n")], "image", "disc.img", "--dir", "out");
        ProgramResult allowed = await RunAsync(Terminal, [("Replace it? [y/N] ", "y\n")], "image", "disc.img", "--dir", "out");

        Assert.Contains("[already-exists]", refused.EndedWith(1).Output, StringComparison.Ordinal);
        allowed.EndedWith(0);
    }

    [Theory]
    [InlineData("Drive, device or image file", "image")]
    [InlineData("Replace it? [y/N] ", "image", "disc.img", "--dir", "out")]
    public async Task Ctrl_C_at_a_question_ends_it(string question, params string[] words)
    {
        (await _workspace.RunAsync("image", "disc.img", "--dir", "out")).EndedWith(0);

        (await RunAsync(Terminal, [(question, ControlC)], words)).EndedWith(130);

        Assert.Equal("success", _workspace.Manifest("disc").GetProperty("backup_status").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task Is_coloured_on_a_terminal_and_nowhere_else()
    {
        ProgramResult coloured = await RunAsync(Terminal, [], "image", "disc.img", "--dir", "1");
        ProgramResult asked = await RunAsync(new(Terminal) { ["NO_COLOR"] = "1" }, [], "image", "disc.img", "--dir", "2");
        ProgramResult told = await RunAsync(Terminal, [], "image", "disc.img", "--dir", "3", "--no-color");
        ProgramResult redirected = await _workspace.RunAsync("image", "disc.img", "--dir", "4");

        Assert.Contains(Colour, coloured.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Colour, asked.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Colour, told.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', redirected.EndedWith(0).Output + redirected.Error);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private Task<ProgramResult> RunAsync(Dictionary<string, string> environment, (string Question, string Answer)[] answers, params string[] words) =>
        PseudoTerminal.RunAsync(_workspace.Path, environment, answers, words);
}
