// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>A catalogue is true, whatever happened while it was made.</summary>
[Trait("with", "clock")]
public sealed partial class ScanTests : IAsyncDisposable
{
    private static readonly int Moments = Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") is "1" ? 20 : 8;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Killed_at_any_moment_a_scan_is_gone_on_with_to_the_same_catalogue()
    {
        await _workspace.ShellAsync("""
            mkdir tree && cd tree
            for d in $(seq 40); do mkdir -p d$((d % 7))/$d && for f in $(seq 50); do head -c $((f * 997 % 30000)) /dev/urandom > d$((d % 7))/$d/f$f; done; done
            head -c 300M /dev/urandom > large; ln large d1/linked; ln -s large link; mkdir empty
            """);
        Stopwatch watch = Stopwatch.StartNew();
        await _workspace.RunAsync(["scan", "tree", "--catalogue", "undisturbed.db"]);
        TimeSpan length = watch.Elapsed;
        string expected = await KnownAsync("undisturbed.db");
        Random random = Seed.Random();
        for (int moment = 0; moment < Moments; moment++)
        {
            TimeSpan delay = length * ((moment + random.NextDouble()) / Moments);
            string told = string.Create(CultureInfo.InvariantCulture, $"killed after {delay.TotalSeconds:F3} s of {length.TotalSeconds:F3} s");
            using (RunningProgram scan = _workspace.Start(["scan", "tree", "--catalogue", "killed.db"]))
            {
                await Task.Delay(delay);
                scan.Kill();
                await scan.EndAsync();
            }

            (await _workspace.RunAsync(["scan", "tree", "--catalogue", "killed.db"])).EndedWith(0);
            Assert.True(expected == await KnownAsync("killed.db"), $"{told}: the catalogue differs");
            foreach (string file in Directory.GetFiles(_workspace.Path, "killed.*"))
            {
                File.Delete(file);
            }
        }
    }

    [Fact]
    public async Task What_was_hashed_before_a_kill_is_not_hashed_again()
    {
        await _workspace.ShellAsync("mkdir tree; for f in $(seq 40); do truncate -s 120M tree/$f; done; truncate -s 1G tree/19; sleep 0.1");
        using (RunningProgram scan = _workspace.Start(["scan", "tree", "--threads", "1", "--progress", "json"]))
        {
            await scan.SaysAsync("/tree/19 ("); // the eleventh, by name, and long enough to be told of
            await Task.Delay(TimeSpan.FromSeconds(1.2)); // what was read is kept at least once a second
            scan.Kill();
            await scan.EndAsync();
        }

        ProgramResult resumed = (await _workspace.RunAsync(["scan", "tree", "--json"])).EndedWith(0);
        JsonElement source = JsonDocument.Parse(resumed.Output).RootElement.GetProperty("sources")[0];
        Assert.True(source.GetProperty("resumed").GetBoolean());
        Assert.InRange(source.GetProperty("filesRead").GetInt64(), 1, 39);
        Assert.Equal(40, source.GetProperty("added").GetInt64());
    }

    [Fact]
    public async Task What_may_not_be_read_is_told_and_the_exit_is_2()
    {
        await _workspace.ShellAsync("mkdir -p tree/closed; echo 1 > tree/a; echo 2 > tree/b; echo 3 > tree/closed/c; chmod 000 tree/b tree/closed; chmod 777 .");
        string[] unprivileged = await UnprivilegedAsync();
        Assert.SkipWhen(unprivileged.Length == 0 && Environment.IsPrivilegedProcess, "the superuser may read everything, and setpriv is missing");
        string program = SpindleProgram.Path;
        using RunningProgram scan = new(unprivileged.FirstOrDefault(program), [.. unprivileged.Skip(1), .. unprivileged.Length > 0 ? [program] : Array.Empty<string>(), "scan", "tree", "--json"], _workspace.Path);
        ProgramResult result = await scan.EndAsync();
        await _workspace.ShellAsync("chmod 755 tree/b tree/closed");
        result.EndedWith(2);
        Assert.Contains("unreadable-file", result.Output, StringComparison.Ordinal);
        Assert.Contains("unreadable-directory", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_fails_leaves_nothing()
    {
        await _workspace.ShellAsync("mkdir -p kept; echo a > kept/a");
        (await _workspace.RunAsync("scan", "kept")).EndedWith(0);

        ProgramResult export = (await _workspace.RunAsync("export", "odarchive.json", "--format", "odarchive")).EndedWith(1);

        Assert.Contains("no-sha512", export.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_workspace["."], "odarchive*"));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <summary>All that was found, but when, and in which order.</summary>
    private async Task<string> KnownAsync(string catalogue)
    {
        ProgramResult export = (await _workspace.RunAsync(["export", "-", "--catalogue", catalogue])).EndedWith(0);
        IEnumerable<string> lines = export.Output.Split('\n').Where(line => line.StartsWith("{\"path\"", StringComparison.Ordinal) || line.StartsWith("{\"size\"", StringComparison.Ordinal));
        return LinkGroup().Replace(string.Join('\n', lines), "");
    }

    private async Task<string[]> UnprivilegedAsync() => Environment.IsPrivilegedProcess && await _workspace.ShellAsync("command -v setpriv || true") is { Length: > 0 }
        ? ["setpriv", "--reuid", "65534", "--clear-groups"]
        : [];

    [GeneratedRegex("\"linkGroup\": \\d+, ")]
    private static partial Regex LinkGroup();
}
