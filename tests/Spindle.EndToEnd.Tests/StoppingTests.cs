// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Whoever only looks hears Ctrl-C at once, however large the disc is, and leaves one document.</summary>
public sealed class StoppingTests : IAsyncDisposable
{
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(3); // a second, on a machine that does other things, too

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("tree", "disc.iso")]
    [InlineData("ls", "disc.iso", "--recursive", "--long")]
    [InlineData("inspect", "disc.iso")]
    [InlineData("damage", "disc.iso", "disc.map")]
    public async Task Ctrl_C_is_heard_within_a_second(params string[] command)
    {
        HostileDisc.ManyFiles(_workspace["disc.iso"]);
        long length = new FileInfo(_workspace["disc.iso"]).Length;
        await File.WriteAllTextAsync(_workspace["disc.map"], $"0x0 + 1\n0x0 0x{length - 2048:x} +\n0x{length - 2048:x} 0x800 -\n");
        foreach (bool isJson in (bool[])[false, true])
        {
            using RunningProgram program = new(SpindleProgram.Path, [.. command, .. isJson ? (string[])["--json"] : []], _workspace.Path);
            await Task.Delay(300);
            long interrupted = Stopwatch.GetTimestamp();
            program.Interrupt();
            ProgramResult result = await program.EndAsync();

            Assert.True(Stopwatch.GetElapsedTime(interrupted) < Promptly, $"it ended after {Stopwatch.GetElapsedTime(interrupted)}: {result}");
            result.EndedWith(130);
            if (isJson)
            {
                Assert.Equal("cancelled", result.Json.GetProperty("error").GetProperty("code").GetString());
            }
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
