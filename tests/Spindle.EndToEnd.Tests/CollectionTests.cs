// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Discs that are imaged into a catalogue: what is on them is found without them.</summary>
public sealed class CollectionTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Files_of_imaged_discs_are_found_by_name_and_hash()
    {
        await MakeDiscsAsync();
        await ImageAsync("letters.iso", "--place", "box 12");
        await ImageAsync("pictures.iso");

        JsonElement found = Assert.Single((await FindAsync("papers/will*")).EnumerateArray());
        Assert.Equal("papers/will of 1998.txt", found.GetProperty("path").GetString());
        Assert.Equal("letters", found.GetProperty("image").GetProperty("name").GetString());
        Assert.Equal("box 12", found.GetProperty("image").GetProperty("place").GetString());
        string sha256 = (await _workspace.ShellAsync("sha256sum 'letters/papers/will of 1998.txt' | cut -d' ' -f1")).Trim();
        Assert.Equal(sha256, found.GetProperty("sha256").GetString());

        Assert.Equal(3, (await FindAsync("*", "--sha256", sha256[..12])).GetArrayLength()); // on both discs, and twice on one
        Assert.Equal(2, (await FindAsync("papers/**")).GetArrayLength());
        Assert.Contains("pictures.iso", (await _workspace.RunAsync("where", "big", "--catalogue", "c.db")).EndedWith(0).Output, StringComparison.Ordinal);
        (await _workspace.RunAsync("discs", "--image", "pictures", "--place", "box 13", "--catalogue", "c.db")).EndedWith(0);
        ProgramResult discs = (await _workspace.RunAsync("discs", "--catalogue", "c.db")).EndedWith(0);
        Assert.Contains("box 13", discs.Output, StringComparison.Ordinal);
        Assert.Contains("LETTERS, ", discs.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_imaging_takes_the_place_of_the_first()
    {
        await MakeDiscsAsync();
        await ImageAsync("letters.iso", "--place", "box 12");
        (await _workspace.RunAsync("image", "pictures.iso", "--dir", "out", "--filename", "letters", "--overwrite", "--catalogue", "c.db", "--json")).EndedWith(0);

        Assert.Empty((await FindAsync("draft")).EnumerateArray());
        JsonElement disc = Assert.Single((await _workspace.RunAsync("discs", "--catalogue", "c.db", "--json")).EndedWith(0).Json.GetProperty("imaged").EnumerateArray());
        Assert.Equal("box 12", disc.GetProperty("place").GetString()); // it is the same box
    }

    [Fact]
    public async Task Discs_that_end_together_while_a_tree_is_scanned_are_all_entered()
    {
        await MakeDiscsAsync();
        await _workspace.ShellAsync($"""
            mkdir -p tree/{'{'}1..20{'}'}; for i in tree/*; do for n in $(seq 200); do echo $i $n > $i/$n; done; done
            spindle() (exec '{SpindleProgram.Path}' "$@")
            spindle scan tree --catalogue c.db & scan=$!
            pids=
            for n in 1 2 3 4 5 6; do spindle image letters.iso --dir out --filename d$n --catalogue c.db > $n.log 2>&1 & pids="$pids $!"; done
            for pid in $pids $scan; do wait $pid; done
            """);

        JsonElement discs = (await _workspace.RunAsync("discs", "--catalogue", "c.db", "--json")).EndedWith(0).Json.GetProperty("imaged");
        Assert.Equal(["d1", "d2", "d3", "d4", "d5", "d6"], discs.EnumerateArray().Select(disc => disc.GetProperty("name").GetString()));
        Assert.Equal(["c.db"], Directory.GetFiles(_workspace["."], "c.db*").Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_could_not_be_read_has_no_hash_and_the_rest_has_one()
    {
        await MakeDiscsAsync();
        string lba = (await _workspace.ShellAsync("isoinfo -l -R -i pictures.iso | awk '/ big *$/ { print $(NF-2) }' | tr -d '[]'")).Trim();
        await _workspace.ShellAsync($"""
            cc -shared -fPIC -O2 -o unreadable.so {Repository.File("tests/fixtures/unreadable_sectors.c")} -ldl
            UNREADABLE_FILE=$PWD/pictures.iso UNREADABLE_SECTORS={int.Parse(lba) + 3}:1 LD_PRELOAD=$PWD/unreadable.so {Repository.File("spindle")} image pictures.iso --dir out --retries 0 --catalogue c.db > log 2>&1 || test $? = 2
            """);

        Assert.Equal(JsonValueKind.Null, Assert.Single((await FindAsync("big")).EnumerateArray()).GetProperty("sha256").ValueKind);
        Assert.Equal(64, Assert.Single((await FindAsync("small")).EnumerateArray()).GetProperty("sha256").GetString()!.Length);
        Assert.Contains("not all of it could be read", (await _workspace.RunAsync("find", "big", "--catalogue", "c.db")).EndedWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_plans_and_restores_as_if_there_were_no_collection()
    {
        await MakeDiscsAsync();
        await ImageAsync("letters.iso");
        (await _workspace.RunAsync("archive", "letters", "cd", "--to", "discs", "--catalogue", "c.db", "--json")).EndedWith(0);
        JsonElement disc = Assert.Single((await _workspace.RunAsync("discs", "--catalogue", "c.db", "--json")).EndedWith(0).Json.GetProperty("discs").EnumerateArray());
        Assert.Equal(2, disc.GetProperty("files").GetInt32());
        (await _workspace.RunAsync("restore", "--from", "discs", "--to", "back", "--catalogue", "c.db")).EndedWith(0);
        await _workspace.ShellAsync("diff -r letters back");
        Assert.Equal(2, (await FindAsync("will*.txt")).GetArrayLength());
        JsonElement kind = Assert.Single((await _workspace.RunAsync("discs", "--kinds", "--catalogue", "c.db", "--json")).EndedWith(0).Json.GetProperty("kinds").EnumerateArray());
        Assert.Equal(("data", 1, 1), (kind.GetProperty("kind").GetString(), kind.GetProperty("discs").GetInt32(), kind.GetProperty("images").GetInt32()));
    }

    [Fact]
    public async Task A_catalogue_that_cannot_be_used_is_told_before_the_disc_is_read()
    {
        await MakeDiscsAsync();
        await _workspace.ShellAsync("head -c 9999 /dev/urandom > c.db");
        ProgramResult result = (await _workspace.RunAsync("image", "letters.iso", "--dir", "out", "--catalogue", "c.db", "--json")).EndedWith(1);
        Assert.Equal("not-a-catalogue", result.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.False(Directory.Exists(_workspace["out"]));
        (await _workspace.RunAsync("image", "letters.iso", "--place", "nowhere")).EndedWith(64);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task MakeDiscsAsync()
    {
        ForeignTool.PathOf("genisoimage");
        await _workspace.ShellAsync("""
            mkdir -p letters/papers pictures/copies
            echo 'I leave everything' > 'letters/papers/will of 1998.txt'; echo draft > letters/papers/draft
            head -c 300000 /dev/urandom > pictures/big; echo x > pictures/small; cp letters/papers/will* pictures/copies; cp letters/papers/will* pictures/copies/again
            for i in letters pictures; do genisoimage -quiet -R -J -V ${i^^} -o $i.iso $i; done
            """);
    }

    private async Task ImageAsync(string disc, params string[] more)
    {
        ProgramResult result = (await _workspace.RunAsync(["image", disc, "--dir", "out", "--filename", Path.GetFileNameWithoutExtension(disc), "--catalogue", "c.db", "--json", .. more])).EndedWith(0);
        Assert.Equal(_workspace["c.db"], result.Json.GetProperty("catalogue").GetString());
        Assert.True(result.Json.GetProperty("filesEntered").GetInt32() >= 2);
    }

    private async Task<JsonElement> FindAsync(string pattern, params string[] more) =>
        (await _workspace.RunAsync(["find", pattern, "--catalogue", "c.db", "--json", .. more])).EndedWith(0).Json.GetProperty("matches");
}
