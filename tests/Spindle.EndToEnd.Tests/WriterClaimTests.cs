// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The name of a disc's image is given last and once, whoever is killed and whoever else writes.</summary>
public sealed class WriterClaimTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("mv img/L_0000.iso.sha256 img/L_0000.iso.sha256.part")] // killed before the sum had its name
    [InlineData("true")] // and behind that
    public async Task A_run_that_was_killed_before_the_catalogue_knew_is_gone_on_with(string leave)
    {
        await PlanAsync();
        await _workspace.ShellAsync("cp catalogue.db before.db");
        (await _workspace.RunAsync("write", "0", "--to", "img", "--quiet")).EndedWith(0);
        string sum = await _workspace.ShellAsync($"rm -f catalogue.db-*; mv before.db catalogue.db; {leave}; mkdir img/L_0000.iso.work; sha256sum < img/L_0000.iso; stat -c %Y.%i img/L_0000.iso");

        (await _workspace.RunAsync("write", "0", "--to", "img", "--quiet")).EndedWith(0);

        Assert.Equal(sum, await _workspace.ShellAsync("sha256sum < img/L_0000.iso; stat -c %Y.%i img/L_0000.iso"));
        Assert.Equal("L_0000.iso L_0000.iso.sha256", (await _workspace.ShellAsync("cd img; sha256sum -c --quiet *.sha256; echo *")).Trim());
        Assert.Contains("written", (await _workspace.RunAsync("discs")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_its_sum_does_not_know_is_not_taken_for_the_disc()
    {
        await PlanAsync();
        await _workspace.ShellAsync("cp catalogue.db before.db");
        (await _workspace.RunAsync("write", "0", "--to", "img", "--quiet")).EndedWith(0);
        await _workspace.ShellAsync("rm -f catalogue.db-*; mv before.db catalogue.db; printf X | dd of=img/L_0000.iso bs=1 seek=1000000 conv=notrunc status=none");

        ProgramResult result = await _workspace.RunAsync("write", "0", "--to", "img", "--quiet");

        Assert.Contains("[output-exists]", result.EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_writers_do_not_make_one_image()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "flock(1)");
        await PlanAsync();
        await _workspace.ShellAsync("mkdir img; echo part > img/L_0000.iso.part");

        using RunningProgram shell = new(
            "bash", ["-c", $"exec 9> img/L_0000.iso-lock; flock -n 9; '{SpindleProgram.Path}' write 0 --to img --quiet"], _workspace.Path);
        ProgramResult result = await shell.EndAsync();

        Assert.Contains("[target-busy]", result.EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Equal("part", (await _workspace.ShellAsync("cat img/L_0000.iso.part")).Trim()); // the other one's
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task PlanAsync()
    {
        await _workspace.ShellAsync("mkdir src; head -c 1500000 /dev/urandom > src/f");
        (await _workspace.RunAsync("scan", "src", "--job", "L", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("plan", "1500s", "--quiet")).EndedWith(0);
    }
}
