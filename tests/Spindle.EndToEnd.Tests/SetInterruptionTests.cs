// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Killed while it adds discs to an open set, the command is given again, and the parity is what it would have been.</summary>
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

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
