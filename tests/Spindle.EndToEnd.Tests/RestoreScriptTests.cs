// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The script on the discs, over archives that grew: what was archived last comes back, whatever shell and order.</summary>
public sealed class RestoreScriptTests : IAsyncDisposable
{
    // What a tree is, to the minute (busybox knows no parts of a second), with the number of names of each file.
    private const string Picture = """
        picture() {
            (cd $1; find . -mindepth 1 \( -type d -printf '%p d %m %U %G\n' -o -type f -printf '%p f %s %m %TY%Tm%Td%TH%TM %n %U %G\n' -o -type l -printf '%p l %l\n' -o -type p -printf '%p p %m %TY%Tm%Td%TH%TM %U %G\n' \) | LC_ALL=C sort
            find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
        }

        """;

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("dash", "0 1 2 3")]
    [InlineData("dash", "3 2 1 0")]
    [InlineData("busybox sh", "2 0 3 1")]
    [InlineData("bash", "1 3 0 2")]
    public async Task Whatever_became_of_a_name_its_newest_version_comes_back(string shell, string order)
    {
        ForeignTool.PathOf("bsdtar");
        string path = ForeignTool.PathOf(shell.Split(' ')[0]) + shell[shell.Split(' ')[0].Length..];
        await ArchiveThatGrewAsync();

        await _workspace.ShellAsync($$"""
            {{Picture}}
            picture tree > want
            discs=; for i in {{order}}; do discs="$discs d$i"; done
            {{path}} d0/ARCHIVE/restore.sh together $discs
            {{path}} d0/ARCHIVE/restore.sh together $discs
            for i in $discs; do {{path}} d3/ARCHIVE/restore.sh single $i || test $? = 2; last=$?; done; {{path}} d3/ARCHIVE/restore.sh single d{{order[^1]}}
            for i in together single; do picture $i > got; diff want got; done
            test -z "$(ls -A canary)"; test ! -e made
            """);
    }

    [Fact]
    public async Task A_folder_that_may_not_be_written_takes_the_files_of_the_next_disc()
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir -p tree/ro; for i in a b; do head -c 700000 /dev/urandom > tree/ro/$i; done; chmod 555 tree/ro");
        await ArchiveAsync("900s");
        await UnpackAsync(2);
        await _workspace.ShellAsync("""
            chmod -R a+rX d0 d1; chmod 777 .
            as=; if test $(id -u) = 0; then as='setpriv --reuid=65534 --regid=65534 --clear-groups'; fi
            $as sh d0/ARCHIVE/restore.sh out d0; $as sh d0/ARCHIVE/restore.sh out d1
            test "$(ls out/ro | tr '\n' ' ')" = 'a b ' && test $(stat -c %a out/ro) = 555
            """);
    }

    [Fact]
    public async Task Below_a_folder_and_of_a_file_that_their_owner_may_not_read_disc_after_disc_gives_the_newest()
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir -p tree/shut/inner/gone tree/shut/was; echo old > tree/shut/was/x; echo one > tree/one; ln tree/one tree/shut/was/linked; chmod 0 tree/one tree/shut");
        await ArchiveAsync("cd");
        await _workspace.ShellAsync("""
            sleep 0.1; chmod 700 tree/shut; rm -r tree/shut/was tree/shut/inner/gone; ln tree/one tree/shut/was; echo two > tree/shut/inner/two; chmod 0 tree/shut
            """);
        await ArchiveAsync("cd");
        await UnpackAsync(2);
        await _workspace.ShellAsync("""
            chmod -R a+rX d0 d1; chmod 777 .
            as=; if test $(id -u) = 0; then as='setpriv --reuid=65534 --regid=65534 --clear-groups'; fi
            for way in '0 1' '1 0'; do
                for disc in $way $way; do $as sh d1/ARCHIVE/restore.sh out d$disc 2> said || true; done
                test ! -s said || { cat said; exit 1; }
                test $(stat -c %a out/shut) = 0 && test $(stat -c %a out/one) = 0 && test out/one -ef out/shut/was
                chmod 700 out/shut; chmod 600 out/one
                test "$(cat out/shut/was out/shut/inner/two | tr '\n' ' ')" = 'one two ' && test "$(ls out/shut/inner)" = two
                rm -rf out
            done
            """);
    }

    [Theory]
    [InlineData("head -3 list", 2)]
    [InlineData(@"sed 's/^f3\tf/f3\tv/' list", 5)]
    public async Task A_damaged_list_is_told_of(string damage, int left)
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir tree; for i in 1 2 3 4 5 6; do echo $i > tree/f$i; done");
        await ArchiveAsync("cd");

        await _workspace.ShellAsync($$"""
            mkdir d; bsdtar -xf discs/*.iso -C d; chmod -R u+w d; cp d/ARCHIVE/files.tsv list; {{damage}} > d/ARCHIVE/files.tsv
            code=0; sh d/ARCHIVE/restore.sh out d 2> said || code=$?
            test $code = 2 && grep -q '^damaged: the lists' said && test $(ls out | wc -l) = {{left}}
            """);
    }

    [Fact]
    public async Task A_folder_born_with_setgid_gets_the_mode_that_was_archived()
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir -p tree/d; echo a > tree/d/a; chmod 755 tree/d");
        await ArchiveAsync("cd");

        await _workspace.ShellAsync("""
            mkdir d shared; bsdtar -xf discs/*.iso -C d; chmod 2775 shared
            sh d/ARCHIVE/restore.sh shared/out d; test $(stat -c %a shared/out/d) = 755
            """);
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox sh")]
    public async Task What_was_deleted_or_renamed_goes_and_what_others_put_there_stays(string shell)
    {
        ForeignTool.PathOf("bsdtar");
        string path = ForeignTool.PathOf(shell.Split(' ')[0]) + shell[shell.Split(' ')[0].Length..];
        await _workspace.ShellAsync("mkdir -p tree/d/e; echo a > tree/a; echo b > tree/d/b; echo c > tree/d/e/c; ln -s x tree/l; mkfifo tree/p");
        await ArchiveAsync("cd");
        await _workspace.ShellAsync("sleep 0.1; rm -r tree/d tree/l tree/p; mv tree/a tree/n");
        await ArchiveAsync("cd");
        await UnpackAsync(2);
        await _workspace.ShellAsync($$"""
            {{path}} d1/ARCHIVE/restore.sh out d0; echo mine > out/d/b; echo mine > out/d/e/m
            {{path}} d1/ARCHIVE/restore.sh out d1
            test "$(cd out; find . -type f | LC_ALL=C sort | tr '\n' ' ')" = './d/b ./d/e/m ./n ' && test ! -L out/l && test ! -e out/p && test "$(cat out/d/b)" = mine
            {{path}} d1/ARCHIVE/restore.sh together d0 d1; test "$(ls -A together)" = n
            """);
    }

    [Fact]
    public async Task Damaged_contents_leave_the_older_version_with_its_own_date()
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir tree; echo old account > tree/z; touch -d 2001-01-01Z tree/z; echo a > tree/a");
        await ArchiveAsync("cd");
        await _workspace.ShellAsync("sleep 0.1; echo new account > tree/z; touch -d 2030-01-01Z tree/z");
        await ArchiveAsync("cd");
        await UnpackAsync(2);
        await _workspace.ShellAsync("""
            chmod -R u+w d1; echo NEW account > d1/DATA/z
            sh d1/ARCHIVE/restore.sh out d0
            code=0; sh d1/ARCHIVE/restore.sh out d1 2> said || code=$?
            test $code = 2 && grep -q '^damaged: .*/d1/DATA/z$' said && test "$(cat out/z)" = 'old account' && test $(stat -c %Y out/z) = 978307200
            """);
    }

    [Fact]
    public async Task Thousands_of_files_need_no_more_than_a_process_each()
    {
        ForeignTool.PathOf("bsdtar");
        await _workspace.ShellAsync("mkdir tree; cd tree; for d in $(seq 20); do mkdir d$d; for i in $(seq 100); do echo $d$i > d$d/f$i; done; done; find . -exec touch -d 2001-01-01Z {} +");
        await ArchiveAsync("cd");

        // A program that notes each of its calls stands before the true one in the path.
        await _workspace.ShellAsync("""
            mkdir d bin; bsdtar -xf discs/*.iso -C d
            for i in cat cp mv chmod chown touch sha256sum; do printf '#!/bin/sh\necho %s >> "%s/calls"\nexec %s "$@"\n' $i "$PWD" $(command -v $i) > bin/$i; done; chmod +x bin/*
            PATH=$PWD/bin:$PATH sh d/ARCHIVE/restore.sh out d; diff -r tree out
            test $(wc -l < calls) -lt 400
            """);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <summary>Names that became another kind, another content, another's content; hard names; a divided file of two versions.</summary>
    private async Task ArchiveThatGrewAsync()
    {
        await _workspace.ShellAsync("""
            mkdir -p tree/dir/sub tree/x tree/keep tree/empty tree/setgid canary; cd tree
            echo 1 > z; ln z zlink; echo f > filedir; echo a > x/a; echo b > x/b; ln -s "$PWD/../canary" lnk; echo s1 > swap1; echo s2 > swap2; echo s > dir/sub/s
            echo q > "q'uote"; echo nl > $'new\nline'; echo bs > 'back\slash'; printf x > $'bad\xff'; echo dash > -n; echo sums > sums; echo l > ' lead'; echo t > tail.; echo t > ...; echo c > '$(touch made)'
            mkfifo -m 664 pipe stays; touch -d 2001-01-01Z stays; chmod 2755 setgid; head -c 3000000 /dev/urandom > big; echo mine > big.part; echo mine > .restore.part; mkdir .restore.work; echo mine > .restore.work/parts
            printf l > $(printf 'L%.0s' $(seq 255))
            """);
        await ArchiveAsync("1400s");
        await _workspace.ShellAsync("""
            cd tree; sleep 0.1; echo 22 > z; rm filedir; mkdir filedir; echo in > filedir/in; rm -r x; echo nowfile > x; rm lnk; mkdir lnk; echo inside > lnk/f
            mv swap1 t; mv swap2 swap1; mv t swap2; touch swap1 swap2; rm pipe; echo p > pipe; chmod 755 setgid; echo new > setgid/n; rm -r dir/sub; ln -s ../keep dir/sub
            head -c 3000000 /dev/urandom > big; ln big bigl; cp z zcopy
            """);
        await ArchiveAsync("1400s");
        await UnpackAsync(4);
    }

    // d0, d1 and so on: the trees of the discs, as a foreign reader has them.
    private Task<string> UnpackAsync(int discs) => _workspace.ShellAsync($"i=0; for f in discs/*.iso; do mkdir d$i; bsdtar -xpf $f -C d$i; i=$((i+1)); done; test $i = {discs}");

    private async Task ArchiveAsync(string capacity)
    {
        (await _workspace.RunAsync("scan", "tree", "--job", "Set", "--no-json")).EndedWith(0);
        (await _workspace.RunAsync("plan", capacity, "--split", "--names")).EndedWith(0);
        (await _workspace.RunAsync("write", "--all", "--to", "discs", "--verify", "none")).EndedWith(0);
    }
}
