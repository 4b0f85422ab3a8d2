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

        ProgramResult refused = await RunAsync(Terminal, [("Replace it? [y/N] ", "\n")], "image", "disc.img", "--dir", "out", "--filename", "disc");
        ProgramResult allowed = await RunAsync(Terminal, [("Replace it? [y/N] ", "y\n")], "image", "disc.img", "--dir", "out", "--filename", "disc");

        Assert.Contains("[already-exists]", refused.EndedWith(1).Output, StringComparison.Ordinal);
        allowed.EndedWith(0);
    }

    [Fact]
    public async Task A_wrong_answer_is_asked_for_again()
    {
        ProgramResult result = await RunAsync(
            Terminal,
            [
                ("Drive, device or image file", "no-such.img\n"),
                ("there is no no-such.img: check the name", "disc.img\n"),
                ("File name, without .iso [disc]: ", "box/7\n"),
                ("is no file name", "box 7\n"),
                ("Directory [.]: ", "out\n"),
                ("Operator [", "anna\n"),
            ],
            "image");

        result.EndedWith(0);
        Assert.True(File.Exists(_workspace["out/box 7/box 7.iso"]));
    }

    [Fact]
    public async Task A_stop_at_the_first_question_promises_nothing()
    {
        ProgramResult result = await RunAsync(Terminal, [("Drive, device or image file", "\x04")], "image");

        Assert.Contains("stopped; nothing was done", result.EndedWith(130).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--resume", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y\n", 0)]
    [InlineData("\n", 2)]
    [InlineData(ControlC, 130)]
    public async Task Offers_to_restore_by_parity_what_cannot_be_read(string answer, int exit)
    {
        string disc = _workspace["disc.img"];
        (await _workspace.RunAsync("protect", "disc.img", "--redundancy", "25%", "--quiet")).EndedWith(0);
        Dictionary<string, string?> damaged = await UnreadableSectors.OfAsync(_workspace, disc, "3000:40");

        ProgramResult result = await RunAsync(
            new(damaged!) { ["TERM"] = "xterm-256color" },
            [("Restore by that? [y/N] ", answer)],
            "image", "disc.img", "--dir", "out", "--retries", "0");

        result.EndedWith(exit);
        Assert.Contains("40 sectors could not be read. The disc carries parity, ", result.Output, StringComparison.Ordinal);
        Assert.Equal(exit == 0, result.Output.Contains("40 sectors of it came from the parity on the disc", StringComparison.Ordinal));
        Assert.Equal(exit == 2, result.Output.Contains("[carries-parity]", StringComparison.Ordinal));
        Assert.Equal(exit == 0, File.Exists(_workspace["out/disc/disc.iso"]) && Files.AreIdentical(disc, _workspace["out/disc/disc.iso"]));
        Assert.Equal(exit == 0 ? 40 : 0, _workspace.Manifest("disc").GetProperty("sectors").GetProperty("restored_by_parity").GetInt64());
    }

    [Theory]
    [InlineData("Drive, device or image file", "image")]
    [InlineData("Replace it? [y/N] ", "image", "disc.img", "--dir", "out", "--filename", "disc")]
    public async Task Ctrl_C_at_a_question_ends_it(string question, params string[] words)
    {
        (await _workspace.RunAsync("image", "disc.img", "--dir", "out")).EndedWith(0);

        (await RunAsync(Terminal, [(question, ControlC)], words)).EndedWith(130);

        Assert.Equal("success", _workspace.Manifest("disc").GetProperty("backup_status").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task Restoring_asks_for_one_disc_after_the_other()
    {
        await _workspace.ShellAsync("mkdir tree; for i in 1 2 3; do head -c 2500000 /dev/urandom > tree/$i; done");
        (await _workspace.RunAsync("archive", "tree", "4MB", "--job", "Set", "--to", "discs", "--verify", "none")).EndedWith(0);
        (string, string) second = ("Disc 1, SET_0001, is needed for 1 file. Insert it and press Enter, name another source, or type 'skip': ", "discs/Set_0001.iso\n");
        const string third = "Disc 2, SET_0002, is needed for 1 file";

        ProgramResult all = await RunAsync(Terminal, [second, (third, "nowhere.iso\n"), (third, "discs/Set_0002.iso\n")], "restore", "--from", "discs/Set_0000.iso", "--to", "all");
        ProgramResult some = await RunAsync(Terminal, [second, (third, "skip\n")], "restore", "--from", "discs/Set_0000.iso", "--to", "some");

        all.EndedWith(0);
        await _workspace.ShellAsync("diff -r tree all && rm tree/3 && diff -r tree some");
        Assert.Contains("SET_0002", some.EndedWith(2).Output, StringComparison.Ordinal);
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
