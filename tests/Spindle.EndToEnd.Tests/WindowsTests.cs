// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>The program for Windows under wine: with a drive in the lab, and with names that Windows does not have.</summary>
[Trait("with", "lab")]
public sealed class WindowsTests(Lab lab, Wine wine) : IClassFixture<Lab>, IClassFixture<Wine>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    [Fact]
    public async Task A_disc_with_two_bad_sectors_is_imaged_as_on_Linux_and_ejected()
    {
        await wine.ReadyAsync();
        string disc = await lab.DiscAsync();

        ProgramResult result = (await RunAsync(["--disc", disc, "--bad", "1000+2"], $"""
            spindle drives
            spindle image D: --dir . --filename kept --verify disc --retries 1 --no-eject; {Lab.DriveStatus}
            spindle image d:/ --dir . --filename ejected --retries 0; {Lab.DriveStatus}
            spindle image D: --dir . --filename none
            """)).EndedWith(0);

        Assert.Contains("D:  LAB VIRTUAL DRIVE", result.Output, StringComparison.Ordinal);
        Assert.Contains("== image ended with 2", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cache-not-bypassed", result.Output, StringComparison.Ordinal);
        Assert.True(result.Output.IndexOf(Lab.DiscReady, StringComparison.Ordinal) < result.Output.IndexOf(Lab.TrayOpen, StringComparison.Ordinal));
        Assert.Contains("the tray of D: is open  [tray-open]", result.Output, StringComparison.Ordinal);
        Assert.Contains("0x001F4000  0x00001000  -", File.ReadAllText(_workspace["kept/kept.map"]), StringComparison.Ordinal);
        byte[] expected = File.ReadAllBytes(disc);
        expected.AsSpan(1000 * 2048, 2 * 2048).Clear();
        Assert.Equal(expected, File.ReadAllBytes(_workspace["kept/kept.iso"]));
        Assert.Equal(expected, File.ReadAllBytes(_workspace["ejected/ejected.iso"]));
        Assert.Equal(4096, JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(_workspace["kept/kept_damage.json"])).GetProperty("bytesUnread").GetInt64());
    }

    [Fact]
    public async Task A_disc_of_an_archive_is_verified_and_restored_from_the_drive()
    {
        await wine.ReadyAsync();
        await lab.DiscAsync();
        await _workspace.ShellAsync("mkdir -p tree/sub; echo one > tree/one; head -c 300000 /dev/urandom > tree/sub/two");
        (await _workspace.RunAsync("archive", "tree", "cd", "--job", "Set", "--to", "discs", "--quiet")).EndedWith(0);

        ProgramResult result = (await RunAsync(["--disc", _workspace["discs/Set_0000.iso"]], $$"""
            mount -t udf -o ro /dev/sr0 '{{wine.Mounted}}'
            spindle verify D:
            spindle restore --from 'D:\' --to restored
            """)).EndedWith(0);

        Assert.Contains("== verify ended with 0", result.Output, StringComparison.Ordinal);
        Assert.Contains("== restore ended with 0", result.Output, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(_workspace["tree/sub/two"], _workspace["restored/sub/two"]));
        Assert.Equal("one\n", File.ReadAllText(_workspace["restored/one"]));
    }

    [Fact]
    public async Task Names_that_Windows_does_not_have_come_back_as_others_and_each_is_told()
    {
        await wine.ReadyAsync();
        await _workspace.ShellAsync("""
            mkdir -p tree/DIR tree/dir; cd tree
            for name in UPPER upper DIR/x dir/x a:b 'what?' dot. 'blank ' nul con.txt; do printf '%s' "$name" > "$name"; done
            touch -d '1969-07-20 20:17:40Z' old; touch -d 2107-01-01Z new; ln -s UPPER link
            """);
        (await _workspace.RunAsync("archive", "tree", "cd", "--job", "Set", "--to", "discs", "--quiet")).EndedWith(0);

        string said = await _workspace.ShellAsync($"{wine.Script}\nspindle restore --from discs --to restored; spindle scan tree --catalogue scanned.db --quiet");

        Assert.Contains("== restore ended with 2", said, StringComparison.Ordinal);
        Assert.All(
            (string[])["a:b  is a_b", "con.txt  is _con.txt", "dir  is dir~2", "dot.  is dot_", "nul  is _nul", "blank   is blank_", "upper  is upper~2", "what?  is what_"],
            line => Assert.Contains($"renamed  {line} here", said, StringComparison.Ordinal));
        Assert.Contains("link is a link, which this system did not make", said, StringComparison.Ordinal);
        Assert.Equal(await ContentsAsync("tree"), await ContentsAsync("restored"));
        Assert.Equal(new DateTime(1969, 7, 20, 20, 17, 40, DateTimeKind.Utc), File.GetLastWriteTimeUtc(_workspace["restored/old"]));
        Assert.Equal(new DateTime(2107, 1, 1, 0, 0, 0, DateTimeKind.Utc), File.GetLastWriteTimeUtc(_workspace["restored/new"]));

        // What Windows itself would leave off is scanned: dots and blanks at the end of a name, and devices that are none.
        string found = (await _workspace.RunAsync("find", "--catalogue", "scanned.db", "--all")).EndedWith(0).Output;
        Assert.All((string[])["dot.  ", "blank   ", "nul  ", "con.txt  ", "UPPER  ", "upper  "], line => Assert.Contains($"\n{line}", "\n" + found, StringComparison.Ordinal));
    }

    private Task<ProgramResult> RunAsync(string[] drives, string script) =>
        Lab.RunAsync(_workspace.Path, ["--mem", "3000", .. drives], $"unset -f spindle; cd $out\n{wine.Script}\n{script}");

    /// <summary>What all files hold, in order.</summary>
    private Task<string> ContentsAsync(string directory) => _workspace.ShellAsync($"find {directory} -type f -print0 | xargs -0 -I{{}} sh -c 'cat \"$1\"; echo' _ {{}} | LC_ALL=C sort");
}
