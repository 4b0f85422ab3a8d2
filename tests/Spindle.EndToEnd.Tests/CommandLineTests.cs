// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>What every command promises to shells, scripts and people.</summary>
[Trait("with", "clock")]
public sealed partial class CommandLineTests : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(0.3);

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_command_of_the_help_has_help_with_examples_and_exit_codes()
    {
        ProgramResult root = (await _workspace.RunAsync("--help")).EndedWith(0);
        string[] commands = [.. CommandName().Matches(root.Output[root.Output.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value)];

        Assert.Contains("image", commands);
        foreach (string command in commands)
        {
            ProgramResult help = (await _workspace.RunAsync(command, "--help")).EndedWith(0);
            Assert.Matches($@"Examples:\n  .*spindle {command}", help.Output);
            Assert.Contains("Exit codes:", help.Output, StringComparison.Ordinal);
            Assert.Equal("", help.Error);
        }
    }

    [Fact]
    public async Task Starts_within_a_third_of_a_second()
    {
        List<TimeSpan> times = [];
        for (int i = 0; i < 5; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            ProgramResult version = (await _workspace.RunAsync("--version")).EndedWith(0);
            times.Add(watch.Elapsed);
            Assert.Matches(@"^\d+\.\d+\.\d+\n$", version.Output);
        }

        TimeSpan median = times.Order().ElementAt(times.Count / 2);
        Assert.True(median <= LongestStart, $"--version took {string.Join(", ", times)}");
    }

    [Fact]
    public async Task Programs_get_one_document_on_standard_output_while_progress_goes_to_standard_error()
    {
        Files.WriteRandom(_workspace["disc.img"], 20 << 20, seed: 1);

        ProgramResult result = (await _workspace.RunAsync("image", "disc.img", "--dir", "out", "--json")).EndedWith(0);

        Assert.Equal("success", result.Json.GetProperty("outcome").GetString());
        Assert.All(result.Json.GetProperty("files").EnumerateArray(), file => Assert.True(File.Exists(_workspace[file.GetString()!])));
        Assert.Contains("Copying ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_for_programs_is_one_object_a_line()
    {
        Files.WriteRandom(_workspace["disc.img"], 20 << 20, seed: 1);

        ProgramResult result = (await _workspace.RunAsync("image", "disc.img", "--dir", "out", "--verify", "disc", "--progress", "json")).EndedWith(0);

        JsonElement[] lines = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.All(lines, line => Assert.Equal("spindle/progress/1", line.GetProperty("schema").GetString()));
        Assert.All(lines, line => Assert.Equal(20 << 20, line.GetProperty("total").GetInt64()));
        Assert.Equal(["copying", "verifying-image", "verifying-disc"], lines.Select(line => line.GetProperty("stage").GetString()).Distinct());
    }

    [Fact]
    public async Task Quiet_is_quiet_and_a_reader_who_leaves_is_no_failure()
    {
        _workspace.Write("disc.img", new byte[4096]);

        ProgramResult quiet = (await _workspace.RunAsync("image", "disc.img", "--dir", "out", "--quiet")).EndedWith(0);
        ProgramResult piped = await ForeignTool.RunAsync("bash", _workspace.Path, "-o", "pipefail", "-c", $"'{SpindleProgram.Path}' --help | head -1");

        Assert.Equal("", quiet.Output + quiet.Error);
        Assert.Equal("", piped.EndedWith(0).Error);
    }

    [Theory]
    [InlineData("no option --bogus", "image", "--bogus")]
    [InlineData("'b.iso' names no image with its map", "merge", "out.iso", "a.iso:a.map", "b.iso")]
    [InlineData("'twice'", "image", "disc.img", "--verify", "twice")]
    [InlineData("--retries", "image", "disc.img", "--retries", "-1")]
    [InlineData("--hash", "image", "disc.img", "--hash", "md6")]
    [InlineData("--filename", "image", "disc.img", "--filename", "a/b")]
    [InlineData("no source", "image")]
    [InlineData("'burnish'", "burnish")]
    public async Task Wrong_usage_ends_with_64_and_one_message(string what, params string[] words)
    {
        _workspace.Write("disc.img", new byte[4096]);

        ProgramResult text = (await _workspace.RunAsync(words)).EndedWith(64);
        ProgramResult json = (await _workspace.RunAsync([.. words, "--json"])).EndedWith(64);

        Assert.Contains(what, text.Error, StringComparison.Ordinal);
        Assert.Contains("[usage]", text.Error, StringComparison.Ordinal);
        Assert.Equal("usage", json.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal([_workspace["disc.img"]], Directory.GetFileSystemEntries(_workspace.Path));
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        _workspace.Write("disc.img", new byte[4096]);

        ProgramResult result = (await _workspace.RunAsync("image", "disc.img", "--dir", "out", "--dry-run", "--json")).EndedWith(0);

        Assert.Equal("dry-run", result.Json.GetProperty("outcome").GetString());
        Assert.False(result.Json.GetProperty("verified").GetBoolean());
        Assert.Equal([_workspace["disc.img"]], Directory.GetFileSystemEntries(_workspace.Path));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [GeneratedRegex(@"^  ([a-z]+)[ ,]", RegexOptions.Multiline)]
    private static partial Regex CommandName();
}
