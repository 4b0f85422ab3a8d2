// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Many discs a day in <c>/dev/sr0</c>: what becomes of those that are refused, and how the next one is waited for.</summary>
[Trait("with", "lab")]
public sealed class DiscLoopTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private const string TrayIsOpen = $"for i in {{1..60}}; do {Lab.DriveStatus} | grep -q '{Lab.TrayOpen}' && break; sleep .2; done";

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("", "[already-exists]", Lab.TrayOpen)]
    [InlineData("--no-eject", "[already-exists]", Lab.DiscReady)]
    [InlineData("--dry-run", "[already-exists]", Lab.DiscReady)]
    public async Task A_disc_that_is_refused_is_ejected_unless_it_is_to_stay(string option, string told, string status)
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc],
            $"""
            mkdir $out/disc && echo image > $out/disc/disc.iso
            spindle image /dev/sr0 --dir $out --filename disc {option}; code=$?
            {Lab.DriveStatus}; exit $code
            """);

        Assert.Contains(told, result.EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Contains(status, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blank_disc_is_given_back()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--profile", "dvd-r", "--state", "blank"], $"spindle image /dev/sr0 --dir $out; code=$?; {Lab.DriveStatus}; exit $code");
        Assert.SkipWhen(result.Error.Contains("uml only", StringComparison.Ordinal), "this engine of the lab has no such disc");

        Assert.Contains("[blank-disc]", result.EndedWith(1).Error, StringComparison.Ordinal);
        Assert.Contains(Lab.TrayOpen, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_disc_after_the_other_becomes_an_image_until_nobody_inserts_one()
    {
        (string disc, string other) = await TwoDiscsAsync();

        // The first comes a second time: nothing is overwritten. Behind the last one, the wait is ended.
        ProgramResult result = await RunAsync(
            ["--disc", disc, "--empty"],
            $$"""
            '{{SpindleProgram.Path}}' image /dev/sr0 --dir $out --loop --json --progress text 2> $out/said & spindle=$!
            {{TrayIsOpen}}; lab disc 0 {{other}}; eject -t /dev/sr0
            sleep 1; {{TrayIsOpen}}; lab disc 0 {{disc}}; eject -t /dev/sr0
            sleep 1; {{TrayIsOpen}}; for i in {1..60}; do [ $(grep -c 'Insert the next disc' $out/said) = 3 ] && break; sleep .2; done
            kill -TERM $spindle; wait $spindle
            """);

        JsonElement[] discs = [.. result.EndedWith(0).Json.GetProperty("discs").EnumerateArray()];
        Assert.Equal("spindle/image/1", result.Json.GetProperty("schema").GetString());
        Assert.Equal(
            ["LAB_DISC/LAB_DISC.iso", "SECOND/SECOND.iso", "LAB_DISC-2/LAB_DISC-2.iso"],
            discs.Select(one => Path.GetRelativePath(Lab.Shared, one.GetProperty("image").GetString()!)));
        Assert.True(Files.AreIdentical(disc, _workspace["LAB_DISC/LAB_DISC.iso"]));
        Assert.True(Files.AreIdentical(other, _workspace["SECOND/SECOND.iso"]));
        Assert.True(Files.AreIdentical(disc, _workspace["LAB_DISC-2/LAB_DISC-2.iso"]));
    }

    [Fact]
    public async Task The_worst_disc_is_the_exit_code_and_a_stop_while_reading_is_130()
    {
        (string disc, string other) = await TwoDiscsAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--bad", "700", "--slow", "9000000"],
            $$"""
            '{{SpindleProgram.Path}}' image /dev/sr0 --dir $out --loop --retries 0 --progress none & spindle=$!
            {{TrayIsOpen}}; sleep 1; kill -TERM $spindle; wait $spindle; echo waiting $?
            lab disc 0 {{other}}; eject -t /dev/sr0; sleep .5
            '{{SpindleProgram.Path}}' image /dev/sr0 --dir $out --loop --progress none & spindle=$!
            for i in {1..60}; do [ -e $out/SECOND/SECOND.iso.part ] && break; sleep .1; done; sleep .3; kill -TERM $spindle; wait $spindle; echo reading $?
            """);

        Assert.Contains("waiting 2\n", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("reading 130\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("[cancelled]", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_workspace["SECOND/SECOND.map.part"]));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task<(string First, string Second)> TwoDiscsAsync()
    {
        string disc = await lab.DiscAsync();
        string folder = Directory.CreateDirectory(_workspace["files"]).FullName;
        Files.WriteRandom(Path.Combine(folder, "c.bin"), 8_000_000, seed: 3);
        await ForeignTool.AcceptsAsync("xorriso", _workspace.Path, "-as", "mkisofs", "-quiet", "-R", "-V", "SECOND", "-o", "second.iso", "files");
        return (disc, _workspace["second.iso"]);
    }

    private Task<ProgramResult> RunAsync(IEnumerable<string> drives, string script) => Lab.RunAsync(_workspace.Path, drives, script);
}
