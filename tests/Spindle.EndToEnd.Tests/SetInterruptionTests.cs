// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Killed while it adds discs to a set, or makes its parity discs, the command is given again, and all comes out as it would have.</summary>
[Trait("with", "clock")]
public sealed class SetInterruptionTests : IAsyncDisposable
{
    private const int Moments = 8;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Adding_to_an_open_set_can_be_killed_at_any_moment()
    {
        Directory.CreateDirectory(_workspace["discs"]);
        foreach (int disc in Enumerable.Range(0, 3))
        {
            Files.WriteRandom(_workspace[$"discs/Set_{disc:0000}.iso"], 40_000_000 + (disc * 12_345), seed: disc);
        }

        (await _workspace.RunAsync("parity", "create", "discs", "--to", "expected", "--quiet")).EndedWith(0);
        int killed = 0;
        for (int moment = 0; moment < Moments; moment++)
        {
            using RunningProgram program = _workspace.Start("parity", "create", "discs", "--to", "made", "--open", "--progress", "json");
            await program.SaysAsync("\"stage\":\"adding\"");
            await Task.Delay(TimeSpan.FromMilliseconds(30 * moment));
            program.Kill();
            killed += (await program.EndAsync()).ExitCode == 0 ? 0 : 1;
        }

        (await _workspace.RunAsync("parity", "create", "discs", "--to", "made", "--close", "--quiet")).EndedWith(0);

        Assert.InRange(killed, 1, Moments);
        await _workspace.ShellAsync("diff -r expected made");
    }

    [Fact]
    public async Task Writing_a_planned_set_can_be_killed_at_any_moment()
    {
        Directory.CreateDirectory(_workspace["tree"]);
        foreach (int file in Enumerable.Range(0, 4))
        {
            Files.WriteRandom(_workspace[$"tree/{file}"], 14_000_000, seed: file);
        }

        (await _workspace.RunAsync("scan", "tree", "--job", "Set", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("plan", "16000s", "--parity-discs", "2", "--parity", "9%", "--quiet")).EndedWith(0);
        await _workspace.ShellAsync("cp catalogue.db other.db");
        (await _workspace.RunAsync("write", "--all", "--to", "expected", "--catalogue", "other.db", "--quiet")).EndedWith(0);
        int killed = 0;
        for (int moment = 0; moment < 12; moment++)
        {
            // Each run gets further than the one before, or is killed later.
            using RunningProgram program = _workspace.Start("write", "--all", "--to", "images", "--progress", "json");
            await program.SaysAsync(moment % 2 == 0 ? "\"stage\":\"reading-back\"" : "\"stage\":");
            await Task.Delay(TimeSpan.FromMilliseconds(80 * moment));
            program.Kill();
            killed += (await program.EndAsync()).ExitCode == 0 ? 0 : 1;
        }

        (await _workspace.RunAsync("write", "--all", "--to", "images", "--quiet")).EndedWith(0);

        Assert.InRange(killed, 1, 12);
        await _workspace.ShellAsync("diff -r expected images");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
