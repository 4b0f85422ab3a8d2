// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>From discs back to files. rsync says whether they are the same.</summary>
public sealed class RestoreTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_tree_comes_back_from_nothing_but_its_discs()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("rm catalogue.db catalogue.json; mkdir -p shelf/b; mv discs/Set_0003.iso shelf/0.iso; mv discs/* shelf/b");

        ProgramResult result = (await _workspace.RunAsync("restore", "--from", "shelf", "--to", "out", "--json")).EndedWith(0);

        Assert.Equal(0, result.Json.GetProperty("filesMissing").GetInt32());
        await AssertSameAsync();
    }

    [Fact]
    public async Task A_tree_comes_back_from_mounted_discs_and_is_not_copied_twice()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("for i in discs/*.iso; do xorriso -osirrox on -indev $i -extract / mounted/$(basename $i) > /dev/null 2>&1; done");

        (await _workspace.RunAsync("restore", "--from", "mounted", "--to", "out")).EndedWith(0);
        await AssertSameAsync();
        ProgramResult again = (await _workspace.RunAsync("restore", "--from", "mounted", "--to", "out", "--json")).EndedWith(0);

        Assert.Equal(0, again.Json.GetProperty("bytes").GetInt64());
        Assert.Empty(again.Json.GetProperty("discsUsed").EnumerateArray());
    }

    [Fact]
    public async Task Nothing_that_the_target_gives_to_new_files_is_left_on_them()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("mkdir out; setfacl -d -m u:77:rwx,g:88:rwx out || true; if test $(id -u) = 0; then chgrp 55 out; fi; chmod 2777 out; touch out/mine");

        (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out")).EndedWith(0);
        await _workspace.ShellAsync("test $(stat -c %a out) = 2777 && rm out/mine && setfacl -b out && chmod --reference tree out && chown --reference tree out && touch -r tree out"); // the directory was the user's
        await AssertSameAsync();
    }

    [Fact]
    public async Task A_missing_disc_costs_its_files_and_comes_later()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("rm catalogue.db; mkdir later; mv discs/Set_0000.iso later; cut -f1,2,7 <(7z e -so later/Set_0000.iso ARCHIVE/files.tsv 2> /dev/null) | grep -P '\\tf\\t0$' | wc -l > count");

        ProgramResult first = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--json")).EndedWith(2);
        Assert.Equal(int.Parse(File.ReadAllText(_workspace["count"])), first.Json.GetProperty("filesMissing").GetInt32());
        Assert.Equal("SET_0000", Assert.Single(first.Json.GetProperty("discsMissing").EnumerateArray()).GetProperty("label").GetString());
        (await _workspace.RunAsync("restore", "--from", "discs", "later", "--to", "out")).EndedWith(0);

        await AssertSameAsync();
    }

    [Fact]
    public async Task Flipped_bits_are_named_and_nothing_wrong_is_written_as_good()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("""
            lba() { 7z e -so discs/Set_0000.iso ARCHIVE/files.tsv 2> /dev/null | awk -F'\t' -v p="$1" '$1 == p { print $11 }'; }
            for f in photos/1998/p20.jpg photos/1998/p250.jpg; do printf 'XYZ' | dd of=discs/Set_0000.iso bs=1 seek=$(($(lba $f) * 2048 + 11)) conv=notrunc; done
            """);

        ProgramResult result = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--json")).EndedWith(2);

        Assert.Equal(["photos/1998/p20.jpg", "photos/1998/p250.jpg"], Paths(result, "damaged").Order());
        Assert.False(File.Exists(_workspace["out/photos/1998/p20.jpg"]));
        Assert.True(File.Exists(_workspace["out/photos/1998/p20.jpg.damaged"]));
        await _workspace.ShellAsync("rm out/photos/1998/*.damaged; cd tree && rm photos/1998/p20.jpg photos/1998/p250.jpg");
        await AssertSameAsync("--omit-dir-times");
    }

    [Fact]
    public async Task Unreadable_sectors_are_named_by_file_and_byte()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("""
            at=$(($(7z e -so discs/Set_0000.iso ARCHIVE/files.tsv 2> /dev/null | awk -F'\t' '$1 == "photos/1998/p250.jpg" { print $11 }') * 2048 + 2048)); size=$(stat -c %s discs/Set_0000.iso)
            printf '0 + 1\n0 0x%x +\n0x%x 0x800 -\n0x%x 0x%x +\n' $at $at $((at + 2048)) $((size - at - 2048)) > discs/Set_0000.map
            """);

        ProgramResult result = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--json")).EndedWith(2);

        JsonElement damaged = Assert.Single(result.Json.GetProperty("damaged").EnumerateArray());
        JsonElement range = Assert.Single(damaged.GetProperty("ranges").EnumerateArray());
        Assert.Equal("photos/1998/p250.jpg", damaged.GetProperty("path").GetString());
        Assert.Equal((2048, 2048), (range.GetProperty("offset").GetInt64(), range.GetProperty("length").GetInt64()));
    }

    [Fact]
    public async Task A_killed_restoring_is_gone_on_with()
    {
        await ArchiveAsync();
        using (RunningProgram program = _workspace.Start("restore", "--from", "discs", "--to", "out"))
        {
            await _workspace.ShellAsync("for i in $(seq 500); do test -e out/photos/1998/p9.jpg && break; sleep 0.01; done");
            program.Kill();
            await program.EndAsync();
        }

        (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out")).EndedWith(0);

        await AssertSameAsync();
    }

    [Fact]
    public async Task An_ordinary_user_goes_on_in_folders_that_he_may_not_write()
    {
        string program = await UnprivilegedUser.ProgramAsync();
        await _workspace.ShellAsync("""
            mkdir -p tree/ro/deep tree/closed; for i in a b c; do head -c 700000 /dev/urandom > tree/ro/$i; head -c 200000 /dev/urandom > tree/ro/deep/$i; echo $i > tree/closed/$i; done
            echo z > tree/zero; touch -d 2001-02-03 tree/ro tree/closed; setfattr -n user.comment -v hello tree/ro/a 2> /dev/null || true; chmod 400 tree/ro/a; chmod 0 tree/zero; chmod 111 tree/closed; chmod 555 tree/ro/deep tree/ro
            """);
        (await _workspace.RunAsync("archive", "tree", "1000s", "--job", "Set", "--to", "discs", "--verify", "none")).EndedWith(0);
        await _workspace.ShellAsync("chmod 777 . && chmod -R a+rX discs && test $(ls discs/*.iso | wc -l) -gt 2");

        string[] discs = [.. Directory.GetFiles(_workspace["discs"], "*.iso").Order(), "discs"];
        foreach (string disc in discs)
        {
            ProgramResult result = await ForeignTool.RunAsync(program, _workspace.Path, "restore", "--from", disc, "--to", "out", "--no-catalogue", "--json");
            Assert.Equal(0, result.Json.GetProperty("filesNotRestored").GetInt32());
            Assert.Empty(result.Json.GetProperty("problems").EnumerateArray());
            Assert.Equal(disc == discs[^2] || disc == "discs" ? 0 : 2, result.ExitCode);
            Assert.Equal("555 555 111 400 0", (await _workspace.ShellAsync("stat -c %a out/ro out/ro/deep out/closed out/ro/a out/zero")).Trim().Replace('\n', ' '));
        }

        await _workspace.ShellAsync("test $(id -u) = 0 || { chmod u+rx out/closed tree/closed; chmod u+r out/zero tree/zero; }; diff -r tree out && test $(stat -c %y out/ro | cut -c1-10) = 2001-02-03 && test \"$(getfattr --only-values -n user.comment tree/ro/a 2> /dev/null)\" = \"$(getfattr --only-values -n user.comment out/ro/a 2> /dev/null)\"; chmod -R u+rwX tree out");
    }

    [Fact]
    public async Task Links_that_lie_in_wait_are_not_followed()
    {
        await ArchiveAsync();
        await _workspace.ShellAsync("mkdir -p out elsewhere && ln -s ../elsewhere out/photos && mkdir out/docs && ln -s ../../elsewhere/x out/docs/a.part.part && ln -s ../../elsewhere/y out/docs/dup.jpg");

        ProgramResult result = (await _workspace.RunAsync("restore", "--from", "discs", "--to", "out", "--json")).EndedWith(2);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace["elsewhere"]));
        Assert.Contains(result.Json.GetProperty("problems").EnumerateArray(), problem => problem.GetProperty("code").GetString() == "target-blocked");
    }

    [Fact]
    public async Task Every_version_of_ten_years_comes_back()
    {
        const int years = 20;
        await _workspace.ShellAsync("mkdir -p tree/keep; for i in $(seq 30); do head -c 40000 /dev/urandom > tree/keep/$i; done");
        for (int year = 0; year < years; year++)
        {
            await _workspace.ShellAsync($"""
                head -c 150000 /dev/urandom > tree/new{year}; mkdir -p tree/d{year}; head -c 50000 /dev/urandom > tree/changes; rm -f tree/new{year - 3}
                test ! -e tree/new{year - 2} || mv tree/new{year - 2} tree/d{year}/moved; cp -a tree version{year}
                """);
            (await _workspace.RunAsync("scan", "tree", "--job", "Years", "--no-json")).EndedWith(0);
            (await _workspace.RunAsync("plan", "20MB")).EndedWith(0);
            (await _workspace.RunAsync("write", "--all", "--to", "discs", "--verify", "none")).EndedWith(0);
        }

        await _workspace.ShellAsync("rm catalogue.db");
        foreach (int scan in (int[])[1, 2, 7, years - 1, years])
        {
            (await _workspace.RunAsync("restore", "--from", "discs", "--to", $"out{scan}", "--scan", $"{scan}")).EndedWith(0);
            await AssertSameAsync(from: $"version{scan - 1}", to: $"out{scan}");
        }
    }

    [Fact]
    public async Task The_script_on_the_discs_needs_nothing_but_busybox()
    {
        string busybox = ForeignTool.PathOf("busybox");
        await ArchiveAsync();
        await _workspace.ShellAsync($"""
            mkdir -p root/bin root/tmp root/dev && : > root/dev/null && chmod 666 root/dev/null && cp '{busybox}' root/bin/busybox && for i in $(root/bin/busybox --list | grep -vx busybox); do ln -sf busybox root/bin/$i; done
            for i in discs/*.iso; do xorriso -osirrox on -indev $i -extract / root/$(basename $i .iso) > /dev/null 2>&1; done
            """);

        using RunningProgram script = new(
            ForeignTool.PathOf("unshare"), ["-r", "chroot", "root", "/bin/sh", "-c", "sh /Set_0000/ARCHIVE/restore.sh /out /Set_*"], _workspace.Path);
        ProgramResult result = await script.EndAsync();
        Assert.SkipWhen(result.Error.Contains("unshare:", StringComparison.Ordinal), "no user namespaces here");

        result.EndedWith(0);
        await _workspace.ShellAsync("rsync -rlpti --checksum --modify-window=1 --dry-run --delete --no-specials --no-devices --omit-dir-times --omit-link-times tree/ root/out/ | grep -v -e '^skipping' -e ' [.]/$' > differences || true; cat differences; ! grep -q . differences");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static IEnumerable<string> Paths(ProgramResult result, string list) =>
        result.Json.GetProperty(list).EnumerateArray().Select(file => file.GetProperty("path").GetString()!);

    /// <summary>Everything that is hard, on six discs: see research on archiving.</summary>
    private async Task ArchiveAsync()
    {
        await _workspace.ShellAsync("""
            mkdir -p tree/photos/1998 tree/docs/deep/a/b/c/d/e/f/g/h/i tree/empty $'tree/weird\nname' && cd tree
            for i in $(seq 300); do head -c $((i * 37)) /dev/urandom > photos/1998/p$i.jpg; done
            head -c 3000000 /dev/urandom > photos/big1.raw; head -c 5000000 /dev/urandom > photos/big2.raw
            cp photos/1998/p5.jpg docs/dup.jpg; cp photos/big1.raw docs/bigdup.raw; : > docs/zero; : > docs/zero2
            ln photos/1998/p7.jpg docs/hard.jpg; ln photos/big2.raw docs/bighard
            ln -s ../photos/1998/p1.jpg docs/link; ln -s /etc/passwd docs/abs; ln -s nowhere docs/dangling; ln -s ../photos docs/dirlink; mkfifo docs/fifo
            printf x > $'docs/bad\xff\xfename'; printf y > $'docs/bad\xff\xfdname'; printf n > $'docs/new\nline'; printf t > $'docs/tab\ttab'
            printf b > 'docs/back\slash'; printf q > 'docs/q"uote'; printf dash > docs/-; printf part > docs/a.part; printf a > docs/a; printf d > docs/a.damaged
            printf l > docs/$(head -c 255 /dev/zero | tr '\0' L); echo hi > docs/deep/a/b/c/d/e/f/g/h/i/leaf
            truncate -s 2000000 docs/sparse; printf mid | dd of=docs/sparse bs=1 seek=1000000 conv=notrunc 2> /dev/null; truncate -s 3000000 docs/allhole
            setfattr -n user.comment -v hello photos/big1.raw 2> /dev/null || true; setfacl -m u:1234:rw photos/1998/p9.jpg 2> /dev/null || true
            setfacl -d -m g:55:rx photos/1998 2> /dev/null || true
            if test $(id -u) = 0; then chown 1000:1000 photos/1998/p3.jpg; mknod docs/null c 1 3; fi
            chmod 4755 photos/1998/p3.jpg; chmod 2775 photos; chmod 1777 empty; chmod 400 docs/zero2
            touch -d '1960-05-05 01:02:03.123456789' docs/zero; touch -d '2001-02-03 04:05:06.987654321' docs/a; touch -h -d '1999-01-01 00:00:00.5' docs/link
            find docs/deep -type d -exec touch -d '2010-10-10 10:10:10.101010101' {} +; chmod 555 docs/deep/a
            """);
        (await _workspace.RunAsync("archive", "tree", "4MB", "--job", "Set", "--split", "--to", "discs", "--verify", "none")).EndedWith(0);
    }

    private async Task AssertSameAsync(string option = "--checksum", string from = "tree", string to = "out")
    {
        ForeignTool.PathOf("rsync");

        await _workspace.ShellAsync($"rsync -aHAXi {option} --checksum --dry-run --delete {from}/ {to}/ > differences; cat differences >&2; ! grep -q . differences");
    }
}
