// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>An archive in which nothing but names changed, one whose catalogue was lost, one that was killed: each goes on and comes back whole.</summary>
public sealed class GrownArchiveTests : IAsyncDisposable
{
    private const string Tree = "find . -not -path . -printf '%p %y %m %l %n\\n' | sort; find . -type f -exec sha256sum {} + | sort";

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_disc_of_names_alone_is_understood_by_restore_and_by_the_script()
    {
        await _workspace.ShellAsync("mkdir -p src/d/e; echo will > src/will; echo b > src/b; echo c > src/d/c; echo g > src/d/gone; echo x > src/x");
        (await _workspace.RunAsync("archive", "src", "cd", "--job", "L", "--quiet")).EndedWith(0);
        await _workspace.ShellAsync("sleep 0.1; cd src; mv b 'deed of the house'; ln -s will link; mkdir folder; cp will copy; ln x second; chmod 600 will; rm d/gone; mv d dir; mkfifo pipe");

        ProgramResult refused = (await _workspace.RunAsync("archive", "src", "cd")).EndedWith(2);
        Assert.Contains("[names-on-no-disc]", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing new", refused.Output, StringComparison.Ordinal);
        (await _workspace.RunAsync("archive", "src", "cd", "--names", "--quiet")).EndedWith(0);
        Assert.Contains("Nothing new", (await _workspace.RunAsync("archive", "src", "cd")).EndedWith(0).Output, StringComparison.Ordinal);

        string expected = await _workspace.ShellAsync($"cd src; {Tree}");
        (await _workspace.RunAsync("restore", "--from", ".", "--to", "out", "--no-catalogue", "--quiet")).EndedWith(0);
        Assert.Equal(expected, await _workspace.ShellAsync($"cd out; {Tree}"));
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir m0 m1; bsdtar -xf L_0000.iso -C m0; bsdtar -xf L_0001.iso -C m1; sh m1/ARCHIVE/restore.sh sh m0 m1 2>&1");
        Assert.Equal(expected, await _workspace.ShellAsync($"cd sh; {Tree}"));
    }

    [Fact]
    public async Task From_a_catalogue_of_a_disc_the_rest_of_the_plan_is_made_and_the_archive_goes_on()
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir -p src/empty; for i in 1 2 3; do head -c 1500000 /dev/urandom > src/f$i; done");
        (await _workspace.RunAsync("scan", "src", "--job", "L", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("plan", "1500s", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("write", "0", "--to", "img", "--quiet")).EndedWith(0);
        string sum = await _workspace.ShellAsync("sha256sum < img/L_0000.iso");
        await _workspace.ShellAsync("rm catalogue.*; bsdtar -xf img/L_0000.iso ARCHIVE");

        ProgramResult imported = (await _workspace.RunAsync("import", "ARCHIVE/catalogue.json")).EndedWith(0);
        Assert.Contains("2 discs that the catalogue tells of", imported.Output, StringComparison.Ordinal);
        (await _workspace.RunAsync("archive", "src", "1500s", "--to", "img", "--quiet")).EndedWith(0);
        Assert.Equal("L_0000.iso L_0001.iso L_0002.iso", (await _workspace.ShellAsync("cd img; echo *.iso")).Trim());
        (await _workspace.RunAsync("write", "0", "--overwrite", "--to", "img", "--quiet")).EndedWith(0);
        Assert.Equal(sum, await _workspace.ShellAsync("sha256sum < img/L_0000.iso"));
        (await _workspace.RunAsync("restore", "--from", "img", "--to", "out", "--quiet")).EndedWith(0);
        await _workspace.ShellAsync("diff -r src out");
    }

    [Fact]
    public async Task A_disc_of_another_program_is_not_made_again()
    {
        await _workspace.ShellAsync("mkdir src; echo a > src/a");
        (await _workspace.RunAsync("scan", "src", "--hash", "sha256,sha512", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("export", "o.json", "--format", "odarchive", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("import", "o.json", "--catalogue", "o.db", "--quiet")).EndedWith(0);

        Assert.Contains("[disc-of-another-program]", (await _workspace.RunAsync("write", "0", "--catalogue", "o.db")).EndedWith(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_any_moment_plan_and_write_go_on_with_the_same_command()
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("SPINDLE_KILLS") ?? "5", System.Globalization.CultureInfo.InvariantCulture);
        Random random = new(count);
        await _workspace.ShellAsync("mkdir src; for i in $(seq 6); do head -c 4000000 /dev/urandom > src/f$i; done; mkdir src/d; for i in $(seq 300); do echo $i > src/d/$i; done");
        (await _workspace.RunAsync("scan", "src", "--job", "L", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("plan", "6000s", "--quiet")).EndedWith(0);
        for (int killed = 0; killed < count; killed++)
        {
            string[] command = killed % 3 == 0 ? ["plan", "6000s", "--quiet"] : ["write", "--all", "--to", "img", "--quiet"];
            using (RunningProgram running = _workspace.Start(command))
            {
                await Task.Delay(random.Next(20, 700));
                running.Kill();
                await running.EndAsync();
            }

            // A good name is on a good image, whatever was killed; its sum may still be waiting for its own name.
            await _workspace.ShellAsync("""
                for i in img/*.iso; do [ -e "$i" ] || continue
                 s="$i.sha256"; [ -e "$s" ] || s="$i.sha256.part"; [ "$(cut -c1-64 "$s")" = "$(sha256sum < "$i" | cut -c1-64)" ]; done
                """);
        }

        // Two of them at once: both end, and no image is made by two.
        using RunningProgram one = _workspace.Start("write", "--all", "--to", "img", "--quiet");
        using RunningProgram other = _workspace.Start("write", "--all", "--to", "img", "--quiet");
        Assert.All([(await one.EndAsync()).ExitCode, (await other.EndAsync()).ExitCode], code => Assert.InRange(code, 0, 1));

        (await _workspace.RunAsync("plan", "6000s", "--quiet")).EndedWith(0);
        (await _workspace.RunAsync("write", "--all", "--to", "img", "--quiet")).EndedWith(0);
        await _workspace.ShellAsync("cd img; sha256sum -c --quiet *.sha256; [ -z \"$(ls | grep -v 'iso$\\|sha256$')\" ]");
        (await _workspace.RunAsync("restore", "--from", "img", "--to", "out", "--quiet")).EndedWith(0);
        await _workspace.ShellAsync("diff -r src out");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
