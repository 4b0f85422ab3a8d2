// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;
using Spindle.Testing;

namespace Spindle.EndToEnd.Tests;

/// <summary>An archive as a drive of this machine, asked by the programs of this machine.</summary>
public sealed partial class MountTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private RunningProgram? _mount;

    private static string Shell => $"""
        export PATH="{Path.GetDirectoryName(SpindleProgram.Path)}:$PATH"
        mounted() {"{"} for i in $(seq 100); do mountpoint -q mnt && return 0; sleep 0.1; done; return 1; {"}"}
        """;

    [Fact]
    public async Task Every_name_and_every_byte_is_what_it_was()
    {
        await ArchiveAsync();
        await MountAsync();
        await RunAsync("""
            diff -r --no-dereference -x pipe tree mnt
            (cd tree && find . -mindepth 1 -printf '%P %y %m %s %n %l %TY-%Tm-%Td %TH:%TM:%TS %U %G\n' | sed -E 's/ d ([0-7]+) [0-9]+ [0-9]+ / d \1 /' | LC_ALL=C sort) > want
            (cd mnt && find . -mindepth 1 -printf '%P %y %m %s %n %l %TY-%Tm-%Td %TH:%TM:%TS %U %G\n' | sed -E 's/ d ([0-7]+) [0-9]+ [0-9]+ / d \1 /' | LC_ALL=C sort) > got
            cmp want got
            test $(stat -c %i mnt/text) = $(stat -c %i mnt/again)
            cp --sparse=auto mnt/sparse copy && cmp copy tree/sparse && test $(du -k copy | cut -f1) -lt 1000
            for i in 1 2 3 4; do cmp mnt/large tree/large & done; wait
            dd if=mnt/large bs=1000 skip=123 count=5 status=none | cmp - <(dd if=tree/large bs=1000 skip=123 count=5 status=none)
            test "$(ls -U mnt/many | wc -l)" = 1000
            ! touch mnt/new 2>/dev/null
            """);
        await RunAsync("fusermount3 -u mnt");
        (await _mount!.EndAsync()).EndedWith(0);
    }

    [Fact]
    public async Task A_missing_disc_fails_or_is_waited_for_or_waited_for_no_more()
    {
        await ArchiveAsync();
        await RunAsync("mkdir away; mv images/*_0001.iso away/");
        await MountAsync();
        Assert.Contains("Input/output error", await RunAsync("cat mnt/large 2>&1 >/dev/null || true; cmp mnt/text tree/text; getfattr --only-values -n user.spindle.state mnt/large"), StringComparison.Ordinal);
        _mount!.Interrupt();
        (await _mount.EndAsync()).EndedWith(0);

        await MountAsync("--cold", "wait", "--from", "arriving");
        await RunAsync("""
            ! timeout -s INT 2 cmp mnt/large tree/large
            cmp mnt/large tree/large & waiting=$!
            sleep 1; cmp mnt/text tree/text; kill -0 $waiting
            cp -r away arriving
            wait $waiting
            """);
    }

    [Fact]
    public async Task What_a_killed_one_left_is_told_of_with_what_to_do()
    {
        await ArchiveAsync();
        await MountAsync();
        _mount!.Kill();
        await _mount.EndAsync();

        ProgramResult again = await SpindleProgram.RunAsync(["mount", "mnt"], _directory.Path);
        Assert.Contains("[mount-stale]", again.EndedWith(1).Error, StringComparison.Ordinal);
        await RunAsync("fusermount3 -u mnt");
        await MountAsync();
    }

    [Fact]
    public async Task The_manual_is_true()
    {
        Assert.All(["getfattr", "fusermount3"], program => ForeignTool.PathOf(program));
        RequireDrive();
        foreach (string block in Block().Matches(await File.ReadAllTextAsync(Repository.File("docs/manual/mounting.md"))).Select(block => block.Groups[1].Value))
        {
            await RunAsync(block);
        }
    }

    public void Dispose()
    {
        _mount?.Dispose();
        using RunningProgram down = new("bash", ["-c", "mountpoint -q mnt && umount -l mnt"], _directory.Path);
        down.EndAsync().GetAwaiter().GetResult();
        _directory.Dispose();
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>A tree with all that is difficult, on discs too small for its largest file.</summary>
    private async Task ArchiveAsync()
    {
        RequireDrive();
        Directory.CreateDirectory(_directory["tree/folder/deep"]);
        Files.WriteRandom(_directory["tree/large"], 14_000_000, seed: 1);
        Files.WriteRandom(_directory["tree/folder/deep/some"], 70_000, seed: 2);
        await RunAsync("""
            mkdir mnt arriving; cd tree
            echo hello > text; ln text again; : > empty; ln -s folder/deep/some link; ln -s nowhere dangling
            printf x > "$(printf 'bad\377name')"; printf y > "$(printf 'new\nline')"; mkfifo pipe
            truncate -s 3M sparse; printf data | dd of=sparse bs=1 seek=2000000 conv=notrunc status=none
            mkdir many; (cd many; for i in $(seq 1000); do echo $i > file$i; done)
            touch -d 1995-05-05 folder/deep/some; chmod 640 folder/deep/some; chmod 2750 folder/deep
            cd ..
            spindle scan tree --job Test --quiet && spindle plan 7000s --split --quiet && spindle write 0 --to images --quiet && spindle write 1 --to images --quiet
            """);
    }

    private static void RequireDrive()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/fuse"), "there is no /dev/fuse");
        Assert.SkipUnless(Environment.IsPrivilegedProcess || ForeignProgram.Find("fusermount3") is not null, "only root mounts without fusermount3");
    }

    private async Task MountAsync(params string[] more)
    {
        _mount?.Dispose();
        _mount = SpindleProgram.Start(["mount", "mnt", .. more], _directory.Path);
        using RunningProgram wait = new("bash", ["-c", $"{Shell}\nmounted"], _directory.Path);
        if ((await wait.EndAsync()).ExitCode != 0)
        {
            _mount.Interrupt();
            ProgramResult failed = await _mount.EndAsync();
            Assert.SkipWhen(failed.Error.Contains("[mount-denied]", StringComparison.Ordinal), failed.Error);
            failed.EndedWith(0);
        }
    }

    private async Task<string> RunAsync(string script)
    {
        using RunningProgram program = new("bash", ["-ec", $"{Shell}\n{script}"], _directory.Path);
        return (await program.EndAsync()).EndedWith(0).Output;
    }
}
