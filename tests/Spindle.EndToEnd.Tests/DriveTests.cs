// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>A disc in <c>/dev/sr0</c>, read through the kernel's own driver.</summary>
[Trait("with", "lab")]
public sealed class DriveTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private readonly Workspace _workspace = new();

    private string Image => _workspace["disc/disc.iso"];

    [Theory]
    [InlineData("cd")]
    [InlineData("dvd")]
    public async Task A_disc_becomes_an_identical_image_and_is_ejected(string profile)
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--profile", profile],
            $"spindle image /dev/sr0 --dir $out --filename disc --verify disc && {Lab.DriveStatus}");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no profiles to choose from");

        Assert.Contains(Lab.TrayOpen, result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("Checksum match: ISO is a true bit-for-bit copy.", result.Output, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
        JsonElement source = Manifest.GetProperty("source_disc");
        Assert.Equal("optical_drive", source.GetProperty("kind").GetString());
        Assert.False(string.IsNullOrEmpty(source.GetProperty("drive_model").GetString()));
        Assert.False(string.IsNullOrEmpty(source.GetProperty("drive_firmware").GetString()));
        await ForeignTool.AcceptsAsync("sha256sum", _workspace["disc"], "-c", "disc.iso.sha256");
    }

    [Fact]
    public async Task A_mounted_disc_is_mounted_again_as_it_was_where_it_stays_in_the_drive()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc],
            $"""
            mkdir -p /mnt/disc /mnt/part && mount -t iso9660 -o ro,nosuid,noexec,mode=0400 /dev/sr0 /mnt/disc && mount --bind /mnt/disc /mnt/part
            grep /dev/sr0 /proc/self/mountinfo | cut -d' ' -f4- > /tmp/before
            spindle image /dev/sr0 --dir $out --filename disc --no-eject || exit
            grep /dev/sr0 /proc/self/mountinfo | cut -d' ' -f4- | diff /tmp/before - && {Lab.DriveStatus} && ls /mnt/disc
            """);

        Assert.Contains(Lab.DiscReady, result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("a.bin\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-mounted-again", result.Error, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
        JsonElement unmounting = Manifest.GetProperty("operations_performed").GetProperty("disk_unmount");
        Assert.Equal("unmounted", unmounting.GetProperty("status").GetString());
        Assert.Equal(["/mnt/part", "/mnt/disc"], unmounting.GetProperty("mount_points").EnumerateArray().Select(point => point.GetString()));
        Assert.StartsWith(
            "mount -t iso9660 -o ro,nosuid,noexec,",
            Manifest.GetProperty("operations_performed").GetProperty("finalization").GetProperty("remount_command").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 130, "mounted")]
    [InlineData("rmdir /mnt/disc", 130, "[cancelled]")] // the place is gone: it is said
    [InlineData("lab disc 0 none", 1, "[disc-changed]")] // as is the disc
    public async Task A_mounted_disc_is_mounted_again_or_it_is_said_after_an_interruption(string meanwhile, int exitCode, string told)
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "6000000"],
            $"""
            mkdir -p /mnt/disc && mount -t iso9660 -o ro /dev/sr0 /mnt/disc
            '{SpindleProgram.Path}' image /dev/sr0 --dir $out --filename disc & spindle=$!
            sleep 2; {(meanwhile.Length > 0 ? meanwhile : ":")}; {(exitCode == 130 ? "kill -TERM $spindle" : ":")}; wait $spindle; code=$?
            grep -q ' /mnt/disc ' /proc/self/mountinfo && echo mounted; exit $code
            """);

        Assert.Contains(told, result.EndedWith(exitCode).ToString(), StringComparison.Ordinal);
        Assert.Equal(meanwhile.Length > 0, result.Error.Contains("/mnt/disc, where /dev/sr0 was mounted before, is not mounted any more", StringComparison.Ordinal));
        Assert.Equal(meanwhile.Length == 0, result.Output.Contains("mounted\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_disc_whose_files_are_in_use_is_left_alone()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc],
            "mkdir -p /mnt/disc && mount -t iso9660 -o ro /dev/sr0 /mnt/disc && exec 3< /mnt/disc/a.bin && spindle image /dev/sr0 --dir $out --json");

        JudgeFailure(result, "cannot-unmount");
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Path));
    }

    [Fact]
    public async Task Bad_sectors_are_named_exactly_and_the_rest_is_read()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--bad", "100+3", "--bad", "5001"],
            "spindle image /dev/sr0 --dir $out --filename disc --retries 0 --json --no-eject");

        JsonElement sectors = result.EndedWith(2).Json.GetProperty("sectors");
        Assert.Equal([(100, 3), (5001, 1)], Ranges(sectors.GetProperty("unreadableRanges")));
        Assert.Equal([(100, 3), (5001, 1)], Ranges(Manifest.GetProperty("sectors").GetProperty("unreadable_ranges")));
        Assert.Equal("incomplete", Manifest.GetProperty("backup_status").GetProperty("overall_status").GetString());
        ProgramResult list = await ForeignTool.AcceptsAsync("ddrescuelog", _workspace["disc"], "-b2048", "-l-", "disc.map");
        Assert.Equal([100, 101, 102, 5001], list.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture)));
        Assert.True(IsTheDiscBut(disc, [100, 101, 102, 5001]));
    }

    [Theory]
    [InlineData("cd", "700+1", "1234+7", "5000+40")]
    [InlineData("dvd", "800+16", "3008+32", "7000+16")]
    [InlineData("cd", "2000+300", "2500+1", "2600+1")]
    public async Task Ends_with_the_map_of_ddrescue_on_the_same_drive_and_no_more_failed_reads(string profile, string first, string second, string third)
    {
        string disc = await lab.DiscAsync();
        ForeignTool.PathOf("ddrescue");

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--profile", profile, "--bad", first, "--bad", second, "--bad", third, "--log", _workspace["log"]],
            """
            ddrescue --quiet --idirect --sector-size=2048 /dev/sr0 /tmp/theirs.img $out/theirs.map || exit
            cp $out/log $out/theirs.log
            spindle image /dev/sr0 --dir $out --filename disc --retries 0; echo ours $?
            cmp /tmp/theirs.img $out/disc/disc.iso
            """);
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no profiles to choose from");

        Assert.Contains("ours 2", result.EndedWith(0).Output, StringComparison.Ordinal);
        await ForeignTool.AcceptsAsync("ddrescuelog", _workspace.Path, "--compare-mapfile=theirs.map", "disc/disc.map");
        int theirs = Failures("theirs.log").Count();
        Assert.InRange(Failures("log").Count() - theirs, 1, theirs);
    }

    [Fact]
    public async Task The_drive_tries_less_while_copying_and_reads_slowly_at_last_and_is_left_as_it_was()
    {
        string disc = await lab.DiscAsync();

        // Sectors 2000 and 2001 read at 4x only, and slower.
        ProgramResult result = await RunAsync(
            ["--disc", disc, "--profile", "cd", "--bad", "1000+3", "--shy", "2000+2:800", "--drive-retries", "9", "--log", _workspace["log"]],
            "spindle image /dev/sr0 --dir $out --filename disc");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such drive");

        result.EndedWith(2);
        Assert.True(IsTheDiscBut(disc, [1000, 1001, 1002]));
        Assert.Equal(["retries 1", "retries 9", "speed 706", "speed 8448"], Settings());
        JsonElement settings = Manifest.GetProperty("technical_details").GetProperty("backup_parameters").GetProperty("drive_settings");
        Assert.Equal((9, 1), (settings.GetProperty("retries_of_drive").GetInt32(), settings.GetProperty("retries_of_drive_while_copying").GetInt32()));
        Assert.Equal(706, settings.GetProperty("speed_limit_while_retrying_kb_per_s").GetInt32());
        Assert.True(settings.GetProperty("restored").GetBoolean());
    }

    [Fact]
    public async Task A_speed_that_is_asked_for_holds_until_the_end()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--profile", "cd", "--bad", "1000", "--log", _workspace["log"]],
            "spindle image /dev/sr0 --dir $out --filename disc --speed 8 --verify disc");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such drive");

        result.EndedWith(2);
        Assert.Equal(["speed 1412", "speed 706", "speed 1412", "speed 8448"], Settings());
    }

    [Theory]
    [InlineData("retries 1", "retries 9")]
    [InlineData("speed 706", "speed 8448")]
    public async Task A_drive_is_left_as_it_was_when_the_operator_stops(string when, string last)
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--profile", "cd", "--bad", "1000+20", "--drive-retries", "9", "--try-time", "10", "--log", _workspace["log"]],
            $"""
            (until grep -q '{when}' $out/log; do sleep .05; done; sleep .1; pkill -INT -x spindle) 2>/dev/null &
            spindle image /dev/sr0 --dir $out --filename disc
            """);
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such drive");

        result.EndedWith(130);
        Assert.Equal(last, Settings()[^1]);
    }

    [Fact]
    public async Task Ctrl_C_is_heard_while_a_slow_drive_reads()
    {
        string disc = await lab.DiscAsync();

        // The disc takes 18 s; storage and hashes wait for the drive all the time.
        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "1000000"],
            """
            (sleep 4; pkill -INT -x spindle) &
            time=$SECONDS; spindle image /dev/sr0 --dir $out --filename disc; code=$?
            echo took $((SECONDS - time)) $code
            """);

        Assert.Matches("took [2-8] 130\n", result.Output);
        Assert.InRange(Manifest.GetProperty("sectors").GetProperty("readable").GetInt64(), 500, 5_000);
    }

    [Fact]
    public async Task What_reads_very_slowly_is_left_for_later()
    {
        string disc = await lab.DiscAsync();

        // Longer than a drive needs to start its disc; the next clusters are skipped, and come from behind.
        ProgramResult result = await RunAsync(
            ["--disc", disc, "--sluggish", "3000+2:16"], "spindle image /dev/sr0 --dir $out --filename disc");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such drive");

        result.EndedWith(0);
        Assert.True(Files.AreIdentical(disc, Image));
        JsonElement[] passes = [.. Manifest.GetProperty("sectors").GetProperty("rescue").EnumerateArray()];
        Assert.Equal([(1, "forwards"), (2, "backwards")], passes.Select(pass => (pass.GetProperty("pass").GetInt32(), pass.GetProperty("direction").GetString())));
        Assert.All(passes, pass => Assert.Equal(0, pass.GetProperty("failed_reads").GetInt32()));
    }

    [Fact]
    public async Task A_bad_sector_near_the_end_does_not_make_the_disc_shorter()
    {
        string disc = await lab.DiscAsync();
        long bad = (new FileInfo(disc).Length / 2048) - 41;

        // An error in the last 75 sectors makes the kernel shrink the device, for every program, until the disc is changed.
        ProgramResult result = await RunAsync(
            ["--disc", disc, "--bad", bad.ToString(CultureInfo.InvariantCulture)],
            """
            spindle image /dev/sr0 --dir $out --filename first --retries 0 --no-eject; echo first $?
            spindle image /dev/sr0 --dir $out --filename disc --retries 0 --verify disc
            """);

        Assert.Contains("first 2", result.EndedWith(2).Output, StringComparison.Ordinal);
        Assert.Equal([(bad, 1)], Ranges(Manifest.GetProperty("sectors").GetProperty("unreadable_ranges")));
        Assert.Equal("verified", Manifest.GetProperty("integrity_verification").GetProperty("integrity_status").GetString());
        Assert.True(IsTheDiscBut(disc, [bad]));
        Assert.True(Files.AreIdentical(_workspace["first/first.iso"], Image));
    }

    [Theory]
    [InlineData("cd", "1000+3", "6000+1", 4, 4)]
    [InlineData("dvd", "1600+32", "6003+1", 33, 3)] // two units, given up by their first sectors, and a single one
    public async Task A_protected_disc_is_checked_in_the_drive_in_one_pass(string profile, string first, string second, int missing, int asked)
    {
        string disc = await lab.DiscAsync();
        File.Copy(disc, _workspace["protected.iso"]);
        (await _workspace.RunAsync("protect", "protected.iso", "--redundancy", "25%", "--quiet")).EndedWith(0);

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["protected.iso"], "--profile", profile, "--bad", first, "--bad", second, "--log", _workspace["log"]],
            "spindle check /dev/sr0 --json");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no profiles to choose from");

        JsonElement damage = result.EndedWith(2).Json.GetProperty("damage");
        Assert.Equal((missing, 0, 0), (damage.GetProperty("sectorsMissing").GetInt32(), damage.GetProperty("checksumMismatches").GetInt32(), damage.GetProperty("silentErrors").GetInt32()));
        Assert.Equal("watch", result.Json.GetProperty("health").GetProperty("verdict").GetString());

        // Each by itself, and once for the longer read that found the place.
        Assert.Equal(asked + 2, Failures("log").Count());
    }

    [Fact]
    public async Task A_protected_disc_gives_back_in_the_same_run_what_the_drive_cannot_read()
    {
        string disc = await lab.DiscAsync();
        File.Copy(disc, _workspace["protected.iso"]);
        (await _workspace.RunAsync("protect", "protected.iso", "--redundancy", "25%", "--quiet")).EndedWith(0);

        ProgramResult result = await RunAsync(
            ["--disc", _workspace["protected.iso"], "--bad", "16+1", "--bad", "1000+300"],
            "spindle image /dev/sr0 --dir $out --filename disc --retries 0 --repair --verify disc --json");

        JsonElement sectors = result.EndedWith(0).Json.GetProperty("sectors");
        Assert.Equal([(16, 1), (1000, 300)], Ranges(sectors.GetProperty("restoredRanges")));
        Assert.Equal([(16, 1), (1000, 300)], Ranges(Manifest.GetProperty("sectors").GetProperty("restored_ranges")));
        Assert.Equal(0, sectors.GetProperty("unreadable").GetInt64());
        Assert.True(result.Json.GetProperty("verified").GetBoolean());
        Assert.Equal("restored-by-parity", result.Json.GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.True(Files.AreIdentical(_workspace["protected.iso"], Image));
        await ForeignTool.AcceptsAsync("sha256sum", _workspace["disc"], "-c", "disc.iso.sha256");
    }

    [Fact]
    public async Task What_one_drive_could_not_read_another_one_adds()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--bad", "2000+20", "--disc", disc, "--bad", "6000"],
            """
            spindle image /dev/sr0 --dir $out --filename disc --retries 0; echo first $?
            spindle image /dev/sr1 --dir $out --filename disc --resume
            """);

        Assert.Contains("first 2", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task A_sector_that_reads_at_the_second_try_is_read()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--flaky", "3000:2"], "spindle image /dev/sr0 --dir $out --filename disc --retries 5");

        result.EndedWith(0);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task A_drive_that_remembers_its_failures_is_made_to_look_again()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--flaky", "3000:1", "--quirk", "remembers"], "spindle image /dev/sr0 --dir $out --filename disc");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such drive");

        result.EndedWith(0);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task An_empty_drive_and_an_open_tray_are_told_of_and_left_as_they_are()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--empty"],
            $"""
            echo 1 > /proc/sys/dev/cdrom/autoclose; eject /dev/sr0
            spindle image /dev/sr1 --dir $out; echo empty $?
            spindle image /dev/sr0 --dir $out --json; code=$?
            {Lab.DriveStatus} >&2; exit $code
            """);

        Assert.Contains("[no-medium]", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("empty 1\n", result.Output, StringComparison.Ordinal);
        JudgeFailure(result with { Output = result.Output["empty 1\n".Length..] }, "tray-open");
        Assert.Contains(Lab.TrayOpen, result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Path));
    }

    [Fact]
    public async Task A_disc_that_is_taken_out_in_the_middle_can_be_put_back()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "6000000"],
            $"""
            (sleep 1.5; lab disc 0 none) &
            spindle image /dev/sr0 --dir $out --filename disc; echo first $?
            wait; lab disc 0 {disc}; sleep .3
            spindle image /dev/sr0 --dir $out --filename disc --resume
            """);

        Assert.Contains("first 1", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[disc-changed]", result.Error, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task A_target_that_fills_up_in_the_middle_can_be_resumed()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "8000000"],
            """
            mkdir /mnt/small && mount -t tmpfs -o size=24m small /mnt/small
            (sleep 1; head -c 20m /dev/zero > /mnt/small/filler) 2>/dev/null &
            spindle image /dev/sr0 --dir /mnt/small --filename disc; echo first $?
            wait; ls /mnt/small/disc/disc.iso; rm /mnt/small/filler
            spindle image /dev/sr0 --dir /mnt/small --filename disc --resume || exit
            cp -r /mnt/small/disc $out
            """);

        Assert.Contains("first 1", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[no-space]", result.Error, StringComparison.Ordinal);
        Assert.Contains("'/mnt/small/disc/disc.iso': No such file", result.Error, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private JsonElement Manifest => Workspace.ManifestAt(_workspace["disc/disc_manifest.json"]);

    /// <summary>What the drive was told, in order.</summary>
    private string[] Settings() => [.. File.ReadAllLines(_workspace["log"]).Where(line => !line.StartsWith("failed ", StringComparison.Ordinal))];

    private IEnumerable<string> Failures(string log) => File.ReadAllLines(_workspace[log]).Where(line => line.StartsWith("failed ", StringComparison.Ordinal));

    private Task<ProgramResult> RunAsync(IEnumerable<string> drives, string script) => Lab.RunAsync(_workspace.Path, drives, script);

    private static void JudgeFailure(ProgramResult result, string code) =>
        Assert.Equal(code, result.EndedWith(1).Json.GetProperty("error").GetProperty("code").GetString());

    private static IEnumerable<(long Start, long Count)> Ranges(JsonElement ranges) =>
        ranges.EnumerateArray().Select(range => (range.GetProperty("start").GetInt64(), range.GetProperty("count").GetInt64()));

    /// <summary>Whether the image is the disc, with zeros where sectors were bad.</summary>
    private bool IsTheDiscBut(string disc, IEnumerable<long> badSectors)
    {
        byte[] expected = File.ReadAllBytes(disc);
        foreach (long sector in badSectors)
        {
            expected.AsSpan((int)sector * 2048, 2048).Clear();
        }

        return expected.AsSpan().SequenceEqual(File.ReadAllBytes(Image));
    }
}
