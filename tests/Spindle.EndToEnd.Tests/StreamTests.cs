// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Standard output, error and input as careless scripts leave them: full, closed, or not what was thought.</summary>
public sealed class StreamTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    public StreamTests() => Files.WriteRandom(_workspace["disc.img"], 4 << 20, seed: 1);

    [Theory]
    [InlineData("inspect disc.img > /dev/full")]
    [InlineData("inspect disc.img --json > /dev/full")]
    [InlineData("image disc.img --dir out > /dev/full")]
    [InlineData("--help > /dev/full")]
    [InlineData("inspect disc.img >&-")]
    [InlineData("inspect disc.img --json >&-")]
    [InlineData("image disc.img --dir out --progress none >&-")]
    public async Task Results_that_cannot_be_written_are_a_failure(string commandLine)
    {
        ProgramResult result = await ShellAsync(commandLine);

        Assert.Contains("[output-failed]", result.EndedWith(1).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal); // a stack
    }

    [Theory]
    [InlineData("2> /dev/full")]
    [InlineData("2>&-")]
    [InlineData("2>&- >&- <&-")]
    public async Task A_report_that_cannot_be_written_never_ends_a_copy(string streams)
    {
        ProgramResult result = await ShellAsync($"image disc.img --dir out {streams}");

        Assert.InRange(result.ExitCode, 0, streams.Contains('<', StringComparison.Ordinal) ? 1 : 0); // nobody got the results
        Assert.DoesNotContain("ISO Creation", result.Output, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(_workspace["disc.img"], _workspace["out/disc/disc.iso"]));
        Assert.Equal("success", _workspace.Manifest("disc").GetProperty("backup_status").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task A_reader_that_has_seen_enough_is_no_error() => (await ShellAsync("--help | head -1; exit ${PIPESTATUS[0]}")).EndedWith(0);

    [Fact]
    public async Task Several_programs_can_write_into_one_file()
    {
        await ShellAsync("--version > all; cat all all > twice; (echo 1; \"$spindle\" --version; echo 2) > all");

        Assert.Equal(["1", "2"], File.ReadLines(_workspace["all"]).Where(line => line.Length == 1));
        Assert.Equal(3, File.ReadLines(_workspace["all"]).Count());
    }

    [Theory]
    [InlineData("inspect /dev/stdin")]
    [InlineData("ls <(cat disc.img)")]
    [InlineData("image /dev/stdin --dir out --filename x")]
    [InlineData("extract fifo --to out")]
    public async Task A_pipe_is_refused_in_words(string commandLine)
    {
        ProgramResult result = await ShellAsync($"--version > all; mkfifo fifo; cat disc.img | \"$spindle\" {commandLine}; exit ${{PIPESTATUS[1]}}");

        Assert.Contains("[source-is-pipe]", result.EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xterm-256color")]
    [InlineData("dumb")]
    [InlineData("")]
    [InlineData("no-such-terminal")]
    public async Task A_terminal_is_never_asked_where_its_cursor_is(string terminal)
    {
        ProgramResult result = await PseudoTerminal.RunAsync(
            _workspace.Path, new() { ["TERM"] = terminal }, [], "image", "disc.img", "--dir", "out");

        Assert.DoesNotContain("\x1b[6n", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Equal(terminal.StartsWith("xterm", StringComparison.Ordinal), result.Output.Contains("\x1b[1A", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<ProgramResult> ShellAsync(string commandLine)
    {
        using RunningProgram shell = new("bash", ["-c", $"spindle='{SpindleProgram.Path}'; \"$spindle\" {commandLine}"], _workspace.Path);
        return await shell.EndAsync();
    }
}
