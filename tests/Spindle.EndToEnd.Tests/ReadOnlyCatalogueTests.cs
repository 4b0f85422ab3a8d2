// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A catalogue on a disc or a share that nobody can write to, as one that was kept.</summary>
public sealed class ReadOnlyCatalogueTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Reading_commands_work_and_others_say_why_they_do_not()
    {
        await _workspace.ShellAsync("mkdir src; echo a > src/a");
        (await _workspace.RunAsync("archive", "src", "cd", "--job", "L", "--to", "img", "--quiet")).EndedWith(0);
        await using MemoryFileSystem kept = await MemoryFileSystem.MountAsync(_workspace["kept"], "4M");
        await _workspace.ShellAsync("cp catalogue.db 'kept/a?b#c%20.db'; mount -o remount,ro kept");
        const string catalogue = "kept/a?b#c%20.db";

        foreach (string command in new[] { "discs", "find", "restore --from img --to out", "verify img", "export e.json" })
        {
            (await _workspace.RunAsync([.. command.Split(' '), "--catalogue", catalogue, "--quiet"])).EndedWith(0);
        }

        foreach (string command in new[] { "scan src", "plan cd" })
        {
            ProgramResult result = await _workspace.RunAsync([.. command.Split(' '), "--catalogue", catalogue, "--quiet"]);
            Assert.Contains("cannot be changed", result.EndedWith(1).Error, StringComparison.Ordinal);
            Assert.Contains("[catalogue-failed]", result.Error, StringComparison.Ordinal);
        }

        await _workspace.ShellAsync("diff -r src out");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
