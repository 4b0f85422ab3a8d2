// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>From files to images that other programs read and check, and that can be made again.</summary>
public sealed class WriteTests : IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task The_steps_of_the_older_program_work_under_its_names()
    {
        await MakeTreeAsync();

        (await _workspace.RunAsync("create_db", "tree", "--job", "Photos")).EndedWith(0);
        (await _workspace.RunAsync("plan_iso", "cd")).EndedWith(0);
        ProgramResult count = (await _workspace.RunAsync("num_isos")).EndedWith(0);
        (await _workspace.RunAsync("write_iso")).EndedWith(0);

        Assert.Equal("1\n", count.Output);
        await JudgeAsync("Photos_0000.iso");
        await _workspace.ShellAsync("cmp 'disc/DATA/a/large file' 'tree/a/large file' && cmp disc/DATA/hard tree/a/1 && test -L disc/DATA/link && test -d disc/DATA/empty");
    }

    [Fact]
    public async Task A_set_is_written_in_one_go_and_what_is_finished_is_not_made_again()
    {
        await MakeTreeAsync();

        ProgramResult first = (await _workspace.RunAsync("archive", "tree", "4MB", "--split", "--job", "Set", "--to", "out", "--json")).EndedWith(0);
        ProgramResult second = (await _workspace.RunAsync("write", "--all", "--to", "out", "--json")).EndedWith(0);

        List<JsonElement> discs = [.. first.Json.GetProperty("discs").EnumerateArray()];
        Assert.True(discs.Count >= 3);
        Assert.All(discs, disc => Assert.Equal(disc.GetProperty("sectors").GetInt64() * 2048, new FileInfo(disc.GetProperty("image").GetString()!).Length));
        Assert.All(discs, disc => Assert.InRange(disc.GetProperty("sectors").GetInt64(), 1, 4_000_000 / 2048));
        Assert.All(second.Json.GetProperty("discs").EnumerateArray(), disc => Assert.True(disc.GetProperty("wasThere").GetBoolean()));
        await _workspace.ShellAsync("cd out && sha256sum -c *.sha256");
    }

    [Fact]
    public async Task A_disc_that_is_made_again_later_has_the_same_bytes()
    {
        await MakeTreeAsync();
        (await _workspace.RunAsync("archive", "tree", "4MB", "--split", "--job", "Set", "--to", "out")).EndedWith(0);

        // Meanwhile the archive grows, the tree moves, and somebody writes on the box.
        await _workspace.ShellAsync("mv tree moved && echo new > moved/new && rm moved/hard");
        (await _workspace.RunAsync("archive", "moved", "4MB", "--job", "Set", "--to", "out", "--json")).EndedWith(1);
        (await _workspace.RunAsync("scan", "moved", "--replace-source")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd")).EndedWith(0);
        (await _workspace.RunAsync("discs", "0", "--label", "green box", "--place", "shelf 2")).EndedWith(0);
        for (int disc = 0; disc < 3; disc++)
        {
            (await _workspace.RunAsync("write", disc.ToString(CultureInfo.InvariantCulture), "--to", "again")).EndedWith(0);
            await _workspace.ShellAsync($"cmp out/Set_000{disc}.iso again/Set_000{disc}.iso");
        }
    }

    [Fact]
    public async Task Files_that_changed_or_went_leave_no_image_that_looks_finished()
    {
        await MakeTreeAsync();
        (await _workspace.RunAsync("scan", "tree", "--job", "Set")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd")).EndedWith(0);
        await _workspace.ShellAsync("rm tree/a/3; echo changed > tree/a/5; sleep 0.01");

        ProgramResult result = (await _workspace.RunAsync("write", "--json")).EndedWith(2);

        IEnumerable<string> problems = result.Json.GetProperty("discs")[0].GetProperty("problems").EnumerateArray()
            .Select(problem => Path.GetFileName(problem.GetProperty("path").GetString()!));
        Assert.Equal(["3", "5"], problems.Order());
        Assert.False(File.Exists(_workspace["Set_0000.iso"]));
        Assert.Equal("planned", (await DiscsAsync())[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_killed_writing_is_done_again_by_the_same_command()
    {
        await MakeTreeAsync();
        await _workspace.ShellAsync("head -c 200M /dev/zero > tree/zeros");
        (await _workspace.RunAsync("scan", "tree", "--job", "Set")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd")).EndedWith(0);
        using (RunningProgram writing = _workspace.Start("write", "--progress", "json"))
        {
            await writing.SaysAsync("\"stage\":\"writing");
            writing.Kill();
            await writing.EndAsync();
        }

        Assert.False(File.Exists(_workspace["Set_0000.iso"]));
        (await _workspace.RunAsync("write")).EndedWith(0);
        await JudgeAsync("Set_0000.iso");
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Path, "*.part"));
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Path, "*.work"));
    }

    [Fact]
    public async Task A_full_disk_is_told_and_leaves_nothing_that_looks_finished()
    {
        await MakeTreeAsync();
        (await _workspace.RunAsync("scan", "tree", "--job", "Set")).EndedWith(0);
        (await _workspace.RunAsync("plan", "cd")).EndedWith(0);
        string spindle = SpindleProgram.Path;
        using RunningProgram program = new(
            ForeignTool.PathOf("unshare"),
            ["-rm", "bash", "-c", $"mkdir small && mount -t tmpfs -o size=2m none small && '{spindle}' write --to small --json --progress none; code=$?; ls small >&2; exit $code"],
            _workspace.Path);
        ProgramResult result = await program.EndAsync();
        Assert.SkipWhen(result.Error.Contains("unshare:", StringComparison.Ordinal) || result.Error.Contains("mount:", StringComparison.Ordinal), "no file systems can be mounted here");

        Assert.Equal("no-space", result.EndedWith(1).Json.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("Set_0000.iso\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "cd")]
    [InlineData("discs")]
    public async Task A_catalogue_on_a_full_disk_is_told_as_that_and_loses_nothing(params string[] command)
    {
        await MakeTreeAsync();
        await using MemoryFileSystem small = await MemoryFileSystem.MountAsync(_workspace["small"], "4m");
        (await _workspace.RunAsync("scan", "tree", "--job", "Set", "--catalogue", "small/c.db")).EndedWith(0);
        await _workspace.ShellAsync("cat /dev/zero > small/fill || true");

        ProgramResult full = await _workspace.RunAsync([.. command, "--catalogue", "small/c.db", "--json"]);
        File.Delete(_workspace["small/fill"]);

        Assert.Equal("no-space", full.EndedWith(1).Json.GetProperty("error").GetProperty("code").GetString());
        (await _workspace.RunAsync([.. command, "--catalogue", "small/c.db"])).EndedWith(0);
    }

    [Fact]
    public async Task Check_data_is_added_where_the_plan_has_room_for_it()
    {
        await MakeTreeAsync();
        (await _workspace.RunAsync("archive", "tree", "cd", "--parity", "20%", "--job", "Set")).EndedWith(0);

        ProgramResult check = (await _workspace.RunAsync("check", "Set_0000.iso", "--json")).EndedWith(0);

        Assert.Equal((await DiscsAsync())[0].GetProperty("sectors").GetInt64(), check.Json.GetProperty("layout").GetProperty("totalSectors").GetInt64());
        await ForeignTool.AcceptsAsync("dvdisaster", _workspace.Path, "-i", "Set_0000.iso", "-t");
        await JudgeAsync("Set_0000.iso");
    }

    [Theory]
    [InlineData("plan", "nonsense", 64)]
    [InlineData("plan", "1000", 64)]
    [InlineData("write", "7", 1)]
    [InlineData("discs", "7", 1)]
    public async Task What_can_not_be_done_is_said(string command, string argument, int exit)
    {
        await _workspace.ShellAsync("mkdir tree; echo 1 > tree/1");
        (await _workspace.RunAsync("scan", "tree")).EndedWith(0);

        ProgramResult result = (await _workspace.RunAsync(command, argument, "--json")).EndedWith(exit);

        Assert.NotNull(result.Json.GetProperty("error").GetProperty("hint").GetString());
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    /// <summary>Three megabytes in a file, fifty small ones, names and links of all kinds.</summary>
    private Task<string> MakeTreeAsync() => _workspace.ShellAsync("""
        mkdir -p tree/a/b/c/d/e/f/g/h/i/j tree/empty && cd tree
        for i in $(seq 50); do head -c $((i * 1999)) /dev/urandom > a/$i; done
        head -c 5000000 /dev/urandom > "a/large file"; cp a/7 a/b/copy; ln a/1 hard; ln -s a/2 link; : > nothing
        echo deep > a/b/c/d/e/f/g/h/i/j/k; echo nl > $'new\nline'; echo quote > "it's \"quoted\" \\ here"; echo u > größe; echo l > $(printf 'latin\377')
        """);

    /// <summary>Other programs read the image, and find in it what its own list says.</summary>
    private async Task JudgeAsync(string image)
    {
        await ForeignTool.AcceptsAsync("7z", _workspace.Path, "t", "-tUdf", image);
        await ForeignTool.AcceptsAsync("7z", _workspace.Path, "t", "-tIso", image);
        ProgramResult information = await ForeignTool.AcceptsAsync("udfinfo", _workspace.Path, image);
        Assert.DoesNotContain("rror", information.Error, StringComparison.Ordinal);
        await ForeignTool.AcceptsAsync("xorriso", _workspace.Path, "-osirrox", "on", "-indev", image, "-extract", "/", "disc");
        await _workspace.ShellAsync("cd disc && sha256sum --quiet -c ARCHIVE/SHA256SUMS");
        JsonElement inspection = (await _workspace.RunAsync("inspect", image, "--json")).EndedWith(0).Json.GetProperty("images")[0];
        Assert.Empty(inspection.GetProperty("findings").EnumerateArray());
    }

    private async Task<IReadOnlyList<JsonElement>> DiscsAsync() =>
        [.. (await _workspace.RunAsync("discs", "--json")).EndedWith(0).Json.GetProperty("discs").EnumerateArray()];
}
