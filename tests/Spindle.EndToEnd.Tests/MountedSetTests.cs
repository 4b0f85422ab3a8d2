// SPDX-License-Identifier: MIT
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Linux mounts the discs of a set in every way it knows, and gives back every file that went onto them.</summary>
[Trait("with", "lab")]
public sealed class MountedSetTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    // Names differ from view to view, contents do not. In plain ISO 9660 a symbolic link, and what stands for a moved directory,
    // are files without bytes: those are left out.
    private const string Judge =
        """
        sums() { cut -d' ' -f1 | tr -d '\\' | grep -v ^e3b0c442 | LC_ALL=C sort; }
        look() { # TYPE OPTIONS: mounts every disc so, in /tmp/set/N
          for disc in 0 1 2; do
            mkdir -p /tmp/set/$disc; mount -t $1 -o loop,ro$2 out/Set_000$disc.iso /tmp/set/$disc || echo "disc $disc: not mounted"
          done
        }
        unlook() { umount /tmp/set/*; }
        expect() { { cat /tmp/rock/$1/ARCHIVE/SHA256SUMS; sha256sum /tmp/rock/$1/ARCHIVE/SHA256SUMS; } | sums; }
        judge() { # TYPE OPTIONS
          look $1 $2
          for disc in 0 1 2; do
            find /tmp/set/$disc -type f -print0 | xargs -0 sha256sum | sums > /tmp/found
            if expect $disc | cmp - /tmp/found; then echo "$1$2 $disc: same, $(wc -l < /tmp/found) files"; fi
          done
          unlook
        }
        check() { # TYPE: the disc's own list, and what its own script gives back
          look $1
          for disc in 0 1 2; do (cd /tmp/set/$disc && sha256sum -c --quiet ARCHIVE/SHA256SUMS && echo "$1 $disc: its own list agrees"); done
          rm -rf /tmp/back
          sh /tmp/set/2/ARCHIVE/restore.sh /tmp/back /tmp/set/1 /tmp/set/0 /tmp/set/2 && diff -r --no-dereference tree /tmp/back &&
            diff <(describe tree) <(describe /tmp/back) && echo "$1: the tree is back"
          unlook
        }
        # To the second: the guest sees no more of the files that it shares.
        describe() { (cd $1 && find . -mindepth 1 \( -type d -printf '%P d %m %T@\n' -o -type l -printf '%P l %l\n' -o -printf '%P %y %m %n %T@\n' \) | sed 's/\.[0-9]*$//' | LC_ALL=C sort); }
        """;

    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_view_of_every_disc_gives_every_file_back()
    {
        await lab.DiscAsync();
        using (RunningProgram shell = new("bash", ["-ec", """
            mkdir -p tree/a/b/c/d/e/f/g/h/i/j tree/empty && cd tree
            for i in $(seq 16); do head -c $((i * 19990)) /dev/urandom > a/$i; done
            head -c 5000000 /dev/urandom > "a/large file"; cp a/7 a/b/copy; ln a/1 hard; ln -s a/2 link; : > nothing; chmod 640 a/3
            echo deep > a/b/c/d/e/f/g/h/i/j/k; echo nl > $'new\nline'; echo quote > "it's \"quoted\" \\ here"; echo u > größe
            """], _workspace.Path))
        {
            (await shell.EndAsync()).EndedWith(0);
        }

        (await _workspace.RunAsync("archive", "tree", "4MB", "--split", "--job", "Set", "--to", "out")).EndedWith(0);

        ProgramResult result = await Lab.RunAsync(
            _workspace.Path,
            ["--no-drive"],
            $$"""
            {{Judge}}
            cd $out
            look iso9660; mkdir /tmp/rock; cp -r --no-preserve=mode /tmp/set/* /tmp/rock/; unlook
            judge udf
            judge iso9660
            judge iso9660 ,norock
            judge iso9660 ,norock,nojoliet
            check udf
            check iso9660
            """);

        string[] lines = result.EndedWith(0).Output.Split('\n');
        Assert.True(lines.Count(line => line.Contains(": same, ", StringComparison.Ordinal)) == 12, result.ToString());
        Assert.True(lines.Count(line => line.EndsWith("its own list agrees", StringComparison.Ordinal)) == 6, result.ToString());
        Assert.True(lines.Count(line => line.EndsWith("the tree is back", StringComparison.Ordinal)) == 2, result.ToString());
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();
}
