// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Each kind of disc that the lab's drive can show: what <c>spindle drives</c> says of it, and what becomes of it.</summary>
[Trait("with", "lab")]
public sealed class DiscClassTests(SessionDiscs discs, BorderDiscs borders, Lab lab)
    : IClassFixture<SessionDiscs>, IClassFixture<BorderDiscs>, IClassFixture<Lab>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    private JsonElement Manifest => Workspace.ManifestAt(_workspace["disc/disc_manifest.json"]);

    private JsonElement Disc => Manifest.GetProperty("source_disc").GetProperty("disc");

    [Fact]
    public async Task Of_several_sessions_the_last_is_shown_as_the_kernel_does_and_all_are_imaged()
    {
        await ReadyAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd-r", .. discs.Tracks()],
            """
            spindle drives --json > $out/drives.json || exit
            spindle ls /dev/sr0 > $out/last.txt && spindle ls /dev/sr0 --session 1 > $out/first.txt || exit
            mkdir -p /mnt/disc && mount -t iso9660 -o ro /dev/sr0 /mnt/disc && ls /mnt/disc > $out/kernel.txt && umount /mnt/disc
            spindle image /dev/sr0 --dir $out --filename disc --verify disc --no-eject || exit
            spindle image /dev/sr0 --dir $out --filename two --session 2
            """);

        result.EndedWith(0);
        JsonElement drive = Json("drives.json").GetProperty("drives")[0];
        Assert.Equal("multi-session", drive.GetProperty("disc").GetProperty("class").GetString());
        Assert.Equal("SESSION_2", drive.GetProperty("disc").GetProperty("volumeIdentifier").GetString());
        Assert.Equal([0, discs.SecondStart], drive.GetProperty("disc").GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("start").GetInt64()));
        Assert.Equal(["first.bin", "second.bin"], Lines("last.txt"));
        Assert.Equal(["first.bin", "second.bin"], Lines("kernel.txt"));
        Assert.Equal(["first.bin"], Lines("first.txt"));
        Assert.True(Files.AreIdentical(discs.Whole, _workspace["disc/disc.iso"]));
        Assert.True(Files.AreIdentical(discs.Second, _workspace["two/two.iso"]));
        Assert.Equal("success", Manifest.GetProperty("backup_status").GetProperty("overall_status").GetString());
        Assert.Equal(SessionDiscs.Gap, Manifest.GetProperty("sectors").GetProperty("off_track").GetInt64());
        Assert.Equal(0, Manifest.GetProperty("sectors").GetProperty("rescue").EnumerateArray().Sum(pass => pass.GetProperty("failed_reads").GetInt64()));
        Assert.Equal("multi_session", Disc.GetProperty("class").GetString());
        Assert.Contains("zeros stand for the 11,400 sectors between its sessions", result.Output, StringComparison.Ordinal);
        ProgramResult ours = await _workspace.RunAsync("ls", "disc/disc.iso", "--session", "1");
        Assert.Equal("first.bin\n", ours.EndedWith(0).Output);
        Assert.Contains("second.bin", (await _workspace.RunAsync("ls", "disc/disc.iso")).EndedWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_borders_of_a_dvd_are_sessions_though_the_table_of_contents_knows_of_none()
    {
        await ReadyAsync();
        await borders.MadeAsync();
        ProgramResult result = await RunAsync(
            ["--disc", borders.Whole, "--profile", "dvd-r", .. borders.Tracks(), "--quirk", "one-track-toc"],
            """
            spindle drives --json > $out/drives.json || exit
            spindle ls /dev/sr0 > $out/last.txt && spindle ls /dev/sr0 --session 1 > $out/first.txt || exit
            spindle image /dev/sr0 --dir $out --filename disc --no-eject
            """);

        result.EndedWith(0);
        JsonElement disc = Json("drives.json").GetProperty("drives")[0].GetProperty("disc");
        Assert.Equal([0, borders.SecondStart], disc.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("start").GetInt64()));
        Assert.Equal(["first.bin", "second.bin"], Lines("last.txt"));
        Assert.Equal(["first.bin"], Lines("first.txt"));
        Assert.True(Files.AreIdentical(borders.Whole, _workspace["disc/disc.iso"]));
        Assert.Equal(borders.SecondStart - borders.FirstSession, Manifest.GetProperty("sectors").GetProperty("off_track").GetInt64());

        // The image has no table of contents at all.
        Assert.Equal("first.bin\n", (await _workspace.RunAsync("ls", "disc/disc.iso", "--session", "1")).EndedWith(0).Output);
        Assert.Equal("first.bin\nsecond.bin\n", (await _workspace.RunAsync("ls", "disc/disc.iso")).EndedWith(0).Output);
    }

    [Theory]
    [InlineData("no-raw-toc")]
    [InlineData("no-track-info")]
    [InlineData("no-disc-info")]
    public async Task Drives_that_know_less_change_nothing(string quirk)
    {
        await ReadyAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd-r", .. discs.Tracks(), "--quirk", quirk],
            "spindle image /dev/sr0 --dir $out --filename disc --retries 0");

        result.EndedWith(0);
        Assert.True(Files.AreIdentical(discs.Whole, _workspace["disc/disc.iso"]));
        Assert.Equal(SessionDiscs.Gap, Manifest.GetProperty("sectors").GetProperty("off_track").GetInt64());
    }

    [Fact]
    public async Task The_run_out_of_each_session_is_no_damage()
    {
        await ReadyAsync();
        string[] tracks = ["--track", $"1:data:0+{discs.FirstSession + 2}", "--track", $"2:data:{discs.SecondStart}+{discs.SecondSession + 2}"];
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd-r", .. tracks, "--quirk", "run-out"], "spindle image /dev/sr0 --dir $out --filename disc");

        result.EndedWith(0);
        JsonElement sectors = Manifest.GetProperty("sectors");
        Assert.Equal((SessionDiscs.Gap, 2, 0), (sectors.GetProperty("off_track").GetInt64(), sectors.GetProperty("run_out").GetInt64(), sectors.GetProperty("unreadable").GetInt64()));
        Assert.Equal([.. File.ReadAllBytes(discs.Whole), .. new byte[2 * 2048]], File.ReadAllBytes(_workspace["disc/disc.iso"]));
    }

    [Fact]
    public async Task Of_a_cd_extra_the_data_is_imaged_and_found_again_by_its_offset()
    {
        await ReadyAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd", .. discs.Tracks("audio"), "--titles", "An album/A song"],
            """
            spindle drives --json > $out/drives.json && spindle ls /dev/sr0 > $out/files.txt || exit
            spindle ls /dev/sr0 --session 1; echo sound $?
            spindle image /dev/sr0 --dir $out --filename disc
            """);

        Assert.Contains("sound 1", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[audio-disc]", result.Error, StringComparison.Ordinal);
        JsonElement disc = Json("drives.json").GetProperty("drives")[0].GetProperty("disc");
        Assert.Equal("cd-extra", disc.GetProperty("class").GetString());
        Assert.Equal("A song", disc.GetProperty("tracks")[0].GetProperty("title").GetString());
        Assert.Contains("second.bin", Lines("files.txt"));
        Assert.True(Files.AreIdentical(discs.Second, _workspace["disc/disc.iso"]));
        Assert.Equal(discs.SecondStart, Disc.GetProperty("image_starts_at").GetInt64());
        Assert.Equal(["audio-left-out", "starts-later"], Warnings());
        Assert.Contains("bit-for-bit copy of the data track", result.Output, StringComparison.Ordinal);
        ProgramResult again = await _workspace.RunAsync("ls", "disc/disc.iso", "--offset", discs.SecondStart.ToString(CultureInfo.InvariantCulture));
        Assert.Contains("second.bin", again.EndedWith(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_mixed_mode_the_data_track_is_imaged()
    {
        await ReadyAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd", "--track", $"1:data:0+{discs.FirstSession}", "--track", $"1:audio:{discs.FirstSession}+5000"],
            "spindle image /dev/sr0 --dir $out --filename disc");

        result.EndedWith(0);
        Assert.True(Files.AreIdentical(discs.First, _workspace["disc/disc.iso"]));
        Assert.Equal("mixed_mode", Disc.GetProperty("class").GetString());
        Assert.Equal(["audio-left-out"], Warnings());
    }

    [Fact]
    public async Task The_pause_between_data_and_sound_is_no_damage_and_not_in_the_image()
    {
        await ReadyAsync();

        // By the table of contents the data goes on for two seconds more, which are sound's.
        long sound = discs.FirstSession + 150;
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd", "--track", $"1:data:0+{discs.FirstSession}", "--track", $"1:audio:{sound}+5000:150"],
            "spindle image /dev/sr0 --dir $out --filename disc");

        result.EndedWith(0);
        Assert.True(Files.AreIdentical(discs.First, _workspace["disc/disc.iso"]));
        JsonElement sectors = Manifest.GetProperty("sectors");
        Assert.Equal((discs.FirstSession, 0), (sectors.GetProperty("total").GetInt64(), sectors.GetProperty("unreadable").GetInt64()));
        Assert.Equal(0, sectors.GetProperty("rescue").EnumerateArray().Sum(pass => pass.GetProperty("failed_reads").GetInt64()));
    }

    [Fact]
    public async Task Sound_and_blank_discs_are_refused_with_a_reason()
    {
        await ReadyAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.Whole, "--profile", "cd", "--track", "1:audio:0+6000", "--track", "1:audio:6000+6000",
                "--disc", discs.First, "--profile", "cd-r", "--state", "blank"],
            """
            spindle image /dev/sr0 --dir $out --no-eject --json > $out/sound.json; echo sound $?
            spindle image /dev/sr1 --dir $out --no-eject --json > $out/blank.json; echo blank $?
            spindle drives --json > $out/drives.json; echo drives $?
            """);

        Assert.Equal("sound 1\nblank 1\ndrives 0\n", result.EndedWith(0).Output);
        Assert.Equal("audio-disc", Json("sound.json").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("blank-disc", Json("blank.json").GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(["audio", "blank"], Json("drives.json").GetProperty("drives").EnumerateArray().Select(drive => drive.GetProperty("disc").GetProperty("class").GetString()));
        Assert.Equal(["blank.json", "drives.json", "sound.json"], Directory.GetFileSystemEntries(_workspace.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("dvd", "--css", "2", "encrypted-disc")]
    [InlineData("dvd-r", "--state", "appendable", "unfinalised-disc")]
    [InlineData("dvd-ram", "--quirk", "no-disc-info", "formatted-disc")]
    [InlineData("cd", "--quirk", "capacity-short", "capacity-too-small")]
    public async Task What_is_special_about_a_disc_is_said_and_recorded(string profile, string option, string value, string code)
    {
        await ReadyAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.First, "--profile", profile, option, value], "spindle image /dev/sr0 --dir $out --filename disc --no-eject");

        Assert.Contains(code, Warnings());
        Assert.Contains($"[{code}]", result.Error, StringComparison.Ordinal);
        result.EndedWith(0);
        Assert.True(Files.AreIdentical(discs.First, _workspace["disc/disc.iso"]));
        Assert.Contains(
            "read-capacity",
            Manifest.GetProperty("volume_information").GetProperty("size_candidates").EnumerateArray().Select(size => size.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Drives_are_told_of_whatever_state_they_are_in()
    {
        await ReadyAsync();
        string other = await lab.DiscAsync();
        ProgramResult result = await RunAsync(
            ["--disc", discs.First, "--empty", "--disc", discs.First, "--disc", discs.First],
            $"""
            eject /dev/sr2; chmod 600 /dev/sr3
            spindle drives --json > $out/drives.json; echo all $?
            lab disc 0 {other}; sleep .2
            spindle drives --json > $out/changed.json; echo changed $?
            mkdir /tmp/home && chmod 777 /tmp/home
            HOME=/tmp/home setpriv --reuid 65534 --regid 65534 --clear-groups {SpindleProgram.Path} drives --json > $out/denied.json; echo denied $?
            {Lab.DriveStatus.Replace("sr0", "sr2", StringComparison.Ordinal)}
            """);

        Assert.Equal($"all 0\nchanged 0\ndenied 2\n{Lab.TrayOpen}\n", result.EndedWith(0).Output);
        Assert.Equal(["ready", "no-disc", "tray-open", "ready"], Statuses("drives.json"));
        Assert.Equal("LAB_DISC", Json("changed.json").GetProperty("drives")[0].GetProperty("disc").GetProperty("volumeIdentifier").GetString());
        Assert.Equal("denied", Statuses("denied.json")[3]);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task ReadyAsync()
    {
        await lab.DiscAsync();
        await discs.MadeAsync();
    }

    private async Task<ProgramResult> RunAsync(IEnumerable<string> drives, string script)
    {
        ProgramResult result = await Lab.RunAsync(_workspace.Path, drives, script);
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has one kind of disc only");
        return result;
    }

    private JsonElement Json(string name) => Workspace.ManifestAt(_workspace[name]);

    private string[] Lines(string name) => File.ReadAllLines(_workspace[name]);

    private string[] Statuses(string name) => [.. Json(name).GetProperty("drives").EnumerateArray().Select(drive => drive.GetProperty("status").GetString()!)];

    private string[] Warnings() =>
        [.. Manifest.GetProperty("backup_status").GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()!)];
}
