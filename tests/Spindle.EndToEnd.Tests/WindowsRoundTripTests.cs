// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A tree of all that is hard goes onto discs and comes back, all by the program for Windows: names and contents that are not as they were are in a report.</summary>
[Trait("with", "lab")]
public sealed partial class WindowsRoundTripTests(Wine wine) : IClassFixture<Wine>, IAsyncDisposable
{
    private static readonly string Deep = "deep/" + string.Concat(Enumerable.Range(1, 16).Select(level => $"level-of-the-tree-{level:00}/"));

    private readonly Workspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task A_tree_comes_back_and_each_difference_is_told()
    {
        await wine.ReadyAsync();
        await MakeTreeAsync();

        string scanned = await RunAsync(2, "spindle scan tree --job Tree");
        await RunAsync(0, "spindle plan cd");
        await RunAsync(0, "spindle write --all --to discs");
        await RunAsync(0, "spindle verify discs");
        string restored = await RunAsync(2, "spindle restore --from discs --to out");

        string[] unread = [.. Unread().Matches(scanned).Select(match => match.Groups["name"].Value)];
        Assert.Equal(["pipe", "what?"], unread.Order(StringComparer.Ordinal)); // wine's Windows cannot open such a name either
        (string Old, string New)[] renamed = [.. Renamed().Matches(restored).Select(match => (match.Groups["old"].Value, match.Groups["new"].Value))];
        Assert.Equal(["COM1", "a:b", "blank ", "con.txt", "dir", "dot.", "nul", "upper", "what?"], renamed.Select(pair => pair.Old).Order(StringComparer.Ordinal));

        Dictionary<string, string> before = await FilesAsync("tree");
        Dictionary<string, string> after = await FilesAsync("out");
        foreach (string name in unread.Where(name => before.Remove(name)))
        {
            Assert.Contains($"missing  {name}", restored, StringComparison.Ordinal);
        }

        Assert.Equal(
            before.Select(file => $"{NowOf(file.Key, renamed)} {file.Value}").Order(StringComparer.Ordinal),
            after.Select(file => $"{file.Key} {file.Value}").Order(StringComparer.Ordinal));
        await AssertLinkedAsync("UPPER", "hard", "DIR/hard");
        await AssertLinkedAsync(Deep + "bottom", "bottom of all");
        Assert.Equal("1", (await _workspace.ShellAsync("stat -c %h 'out/semi;colon'")).Trim());
        Assert.DoesNotContain("hard link", restored, StringComparison.Ordinal);
        Assert.True(Directory.Exists(_workspace["out/empty"]));
        Assert.Equal(new DateTime(1999, 12, 31, 23, 59, 59, DateTimeKind.Utc), Directory.GetLastWriteTimeUtc(_workspace["out/DIR"]));
    }

    [Fact]
    public async Task Names_that_become_one_file_or_two_are_seen_by_the_next_scan()
    {
        await wine.ReadyAsync();
        await _workspace.ShellAsync("mkdir tree; cd tree; for name in one two copy; do echo 1 > $name; touch -d '2001-02-03 04:05:06Z' $name; done; ln -f one two");
        await RunAsync(0, "spindle scan tree --job Links");
        Assert.Contains("Read:           0 files", await RunAsync(0, "spindle scan tree"), StringComparison.Ordinal);

        await _workspace.ShellAsync("cd tree; cp -p one apart; mv apart two; ln -f one copy");
        await RunAsync(0, "spindle scan tree");
        await RunAsync(0, "spindle plan cd");
        await RunAsync(0, "spindle write --all --to discs");
        await _workspace.ShellAsync("mkdir out; cp -p tree/one out/one; ln out/one out/two; cp -p out/one out/copy"); // as it was before
        await RunAsync(0, "spindle restore --from discs --to out");

        await AssertLinkedAsync("one", "copy");
        Assert.Equal("1", (await _workspace.ShellAsync("stat -c %h out/two")).Trim());
    }

    private async Task AssertLinkedAsync(params string[] names)
    {
        string said = await _workspace.ShellAsync($"cd out; stat -c '%d %i' {string.Join(' ', names.Select(name => $"'{name}'"))}");
        string[] files = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Length, files.Length);
        Assert.Single(files.Distinct());
    }

    /// <summary>Wine shows a link as what it leads to, and none that leads nowhere; a name with a backslash it does not show at all.</summary>
    private Task<string> MakeTreeAsync() => _workspace.ShellAsync("""
        deep=deep/$(printf 'level-of-the-tree-%02d/' {1..16})
        mkdir -p tree/DIR tree/dir tree/empty "tree/$deep"; cd tree
        for name in UPPER upper DIR/x dir/x a:b what? dot. 'blank ' nul con.txt COM1 $'caf\xc3\xa9' $'cafe\xcc\x81' $'\xf0\x9f\x93\x80 disc' \
          ' leading' .hidden 'semi;colon' percent%41 "$(printf 'n%.0s' {1..240})" "${deep}bottom"; do printf '%s' "$name" > "$name"; done
        : > nothing; truncate -s 3M hole; printf end >> hole
        ln UPPER hard; ln UPPER DIR/hard; ln "${deep}bottom" 'bottom of all'; ln -s UPPER link; mkfifo pipe
        touch -d '1969-07-20 20:17:40Z' a:b; touch -d 2107-01-01Z nothing; touch -d '2001-02-03 04:05:06.1234567Z' upper; touch -d '1999-12-31 23:59:59Z' DIR
        """);

    private async Task<string> RunAsync(int exitCode, string command)
    {
        using RunningProgram shell = new("bash", ["-c", $"{wine.InShell}\n{command}"], _workspace.Path);
        ProgramResult result = (await shell.EndAsync()).EndedWith(exitCode);
        return result.Output + result.Error;
    }

    /// <summary>Every file by its path, with its time in units of 100 ns and the sum of what it holds; links are followed.</summary>
    private async Task<Dictionary<string, string>> FilesAsync(string directory)
    {
        string listed = await _workspace.ShellAsync($$"""cd {{directory}}; find -L . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 -I{} sh -c 'printf "%s\t%s\t%s\n" "$1" "$(stat -Lc %.Y "$1")" "$(sha256sum < "$1" | cut -c1-64)"' _ {}""");
        return listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(
            parts => parts[0],
            parts => $"{decimal.Floor(decimal.Parse(parts[1], CultureInfo.InvariantCulture) * 10_000_000)} {parts[2]}",
            StringComparer.Ordinal);
    }

    /// <summary>Where a file is now: it, or a directory above it, may have another name.</summary>
    private static string NowOf(string path, (string Old, string New)[] renamed)
    {
        foreach ((string old, string now) in renamed)
        {
            if (path == old || path.StartsWith($"{old}/", StringComparison.Ordinal))
            {
                return now + path[old.Length..];
            }
        }

        return path;
    }

    [GeneratedRegex(@"\\tree\\(?<name>[^\n]*?): [^\n]*\[unreadable-file\]")]
    private static partial Regex Unread();

    [GeneratedRegex("^renamed  (?<old>.+?)  is (?<new>.+?) here$", RegexOptions.Multiline)]
    private static partial Regex Renamed();
}
