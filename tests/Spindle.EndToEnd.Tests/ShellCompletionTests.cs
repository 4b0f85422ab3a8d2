// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>TAB, pressed in shells themselves.</summary>
public sealed class ShellCompletionTests : IAsyncDisposable
{
    private const string Clear = "\x15"; // Ctrl-U

    private static readonly string SearchPath = $"{Path.GetDirectoryName(SpindleProgram.Path)}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>What is typed before TAB, and what of it stands there then.</summary>
    private static readonly (string Typed, string Completed)[] Lines =
    [
        ("spindle com", "completion "),
        ("spindle image ../other/di", "../other/disc.iso "),
        ("spindle image my", @"my\ disc.iso "),
        ("spindle image --verify=d", "--verify=disc "),
        ("spindle image --json disc.iso --no-v", "--no-verification "),
        ("spindle image --dir=fo", "--dir=folder/"),
        ("spindle image --dir fo", "--dir folder/"),
        ("spindle scan f", "scan folder/"),
        ("spindle plan bd:r", "bd:raw "),
        ("spindle plan dvd-d", "dvd-dl "),
        ("spindle image --hash sha256,m", "sha256,md5 "),
        ("true; spindle image --resu", "--resume "),
    ];

    private readonly Workspace _workspace = new();

    public ShellCompletionTests()
    {
        Directory.CreateDirectory(_workspace["here/folder"]);
        Directory.CreateDirectory(_workspace["other"]);
        _workspace.Write("here/file", []);
        _workspace.Write("here/my disc.iso", []);
        _workspace.Write("other/disc.iso", []);
    }

    [Fact]
    public async Task Bash_completes()
    {
        await WriteScriptAsync("bash", "spindle.bash");
        await File.WriteAllTextAsync(_workspace["rc"], "source ../spindle.bash; PS1='ready: '");

        await ForeignTool.AcceptsAsync("bash", _workspace.Path, "-n", "spindle.bash");
        await TypeAsync("bash", "--noprofile", "--rcfile", _workspace["rc"], "-i");
    }

    [Theory]
    [InlineData("fpath=(.. $fpath)", "")] // found when the first TAB is pressed
    [InlineData("", "source ../_spindle")]
    public async Task Zsh_completes(string before, string behind)
    {
        await WriteScriptAsync("zsh", "_spindle");
        await File.WriteAllTextAsync(_workspace[".zshrc"], $"PROMPT='ready: '; {before}\nautoload -Uz compinit; compinit -u -D\n{behind}\n");

        await ForeignTool.AcceptsAsync("zsh", _workspace.Path, "-n", "_spindle");
        await TypeAsync("zsh", "-d", "-i");
    }

    [Fact]
    public async Task Zsh_tells_what_words_mean()
    {
        await WriteScriptAsync("zsh", "_spindle");
        await File.WriteAllTextAsync(_workspace[".zshrc"], "PROMPT='ready: '; fpath=(.. $fpath)\nautoload -Uz compinit; compinit -u -D\n");

        await TypeAsync([("spindle im", "Make a bit-perfect image"), ("spindle plan bd-", "48.44 GB"), ("spindle image ", @"my\ disc.iso")], "zsh", "-d", "-i");
    }

    [Fact]
    public async Task Fish_completes_and_tells_what_words_mean()
    {
        await WriteScriptAsync("fish", "spindle.fish");
        foreach ((string typed, string completed) in Lines.Where(line => !line.Completed.Contains('\\', StringComparison.Ordinal)))
        {
            Assert.Contains(completed.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1], await FishAsync(typed), StringComparison.Ordinal);
        }

        Assert.StartsWith("image\tMake a bit-perfect image", await FishAsync("spindle ima"), StringComparison.Ordinal);
        Assert.Equal("file\nfolder/\nmy disc.iso\n", (await FishAsync("spindle image "))[^"file\nfolder/\nmy disc.iso\n".Length..]);
        Assert.Equal("", await FishAsync("spindle image --retries "));
    }

    [Fact]
    public async Task PowerShell_completes_and_tells_what_words_mean()
    {
        await WriteScriptAsync("pwsh", "spindle.ps1");
        string lines = string.Join(", ", Lines.Where(line => !line.Completed.Contains('/', StringComparison.Ordinal)).Select(line => $"'{line.Typed}'").Append("'spindle ima'"));
        ProgramResult result = await ForeignTool.RunAsync(
            "pwsh",
            _workspace["here"],
            "-NoProfile",
            "-Command",
            $$"""
            $env:PATH = '{{SearchPath}}'
            . ../spindle.ps1
            foreach ($line in {{lines}}) {
                (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | ForEach-Object { "$($_.CompletionText) | $($_.ToolTip)" }
            }
            """);

        string[] completed = [.. result.EndedWith(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(
            ["completion", "./my disc.iso", "--verify=disc", "--no-verification", "bd:raw", "dvd-dl", "sha256,md5", "--resume", "image"],
            completed.Select(line => line.Split(" | ")[0].Trim('\'', '&', ' ')));
        Assert.Contains("Make a bit-perfect image", completed[^1], StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task WriteScriptAsync(string shell, string file) =>
        await File.WriteAllTextAsync(_workspace[file], (await _workspace.RunAsync("completion", shell)).EndedWith(0).Output);

    private async Task<string> FishAsync(string line) => (await ForeignTool.RunAsync(
        "fish",
        _workspace["here"],
        "--no-config",
        "-c",
        $"set -x PATH (string split : '{SearchPath}'); source ../spindle.fish; complete -C '{line}'")).EndedWith(0).Output;

    private Task TypeAsync(string shell, params string[] words) => TypeAsync(Lines, shell, words);

    /// <summary>Types each line with TAB behind it as soon as the one before is complete; what never gets complete ends the test.</summary>
    private async Task TypeAsync((string Typed, string Completed)[] lines, string shell, params string[] words)
    {
        string[] questions = ["ready: ", .. lines.Select(line => line.Completed)];
        string[] answers = [.. lines.Select(line => $"{Clear}{line.Typed}\t"), $"{Clear}exit\n"];
        ProgramResult result = await PseudoTerminal.RunAsync(
            ForeignTool.PathOf(shell),
            _workspace["here"],
            new() { ["PATH"] = SearchPath, ["TERM"] = "dumb", ["ZDOTDIR"] = _workspace.Path, ["HISTFILE"] = "" },
            [.. questions.Zip(answers)],
            words);
        result.EndedWith(0);
    }
}
