// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>An image is of one disc, and its record is what happened to it: discs swapped, drives that go, other drives, other people.</summary>
[Trait("with", "lab")]
public sealed class SameDiscTests(Lab lab) : IClassFixture<Lab>, IAsyncDisposable
{
    private const long FirstBehindTheHead = 64 * 1024; // bytes that both discs share: descriptors tell nothing of them

    private const int Moments = 4;
    private const int MomentsInTheLongRun = 40;

    /// <summary>Waits until the copy has its map, and a second more; what was read by then may not be in the map yet.</summary>
    private const string Reading = "for i in {1..200}; do [ -e $out/disc/disc.map.part ] && break; sleep .1; done; sleep 1";

    private readonly Workspace _workspace = new();

    private string Image => _workspace["disc/disc.iso"];

    private JsonElement Manifest => Workspace.ManifestAt(_workspace["disc/disc_manifest.json"]);

    [Fact]
    public async Task Another_disc_of_the_same_size_is_refused_when_a_copy_goes_on()
    {
        (string disc, string other) = await TwinsAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "4000000"],
            $"""
            {Start("--no-eject")}; {Reading}; sleep 2; kill -9 $spindle; wait $spindle 2>/dev/null
            cp $out/disc/disc.iso.part $out/before; lab disc 0 {other}; sleep .5
            spindle image /dev/sr0 --dir $out --filename disc --progress none --no-eject --resume; echo other $?
            cmp $out/before $out/disc/disc.iso.part && rm $out/before && lab disc 0 {disc}; sleep .5
            spindle image /dev/sr0 --dir $out --filename disc --progress none --resume
            """);

        Assert.Contains("other 1\n", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[another-disc]", result.Error, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Theory]
    [InlineData("")]
    [InlineData("(while sleep .05; do dd if=/dev/sr0 of=/dev/null bs=2048 count=1 2>/dev/null; done) & ")] // as a desktop looks at its drives
    public async Task A_disc_that_is_swapped_while_it_is_read_is_noticed(string poll)
    {
        (string disc, string other) = await TwinsAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "4000000"],
            $"""
            {poll}poll=$!
            {Start("--no-eject")}; {Reading}; lab disc 0 {other}; wait $spindle; echo swapped $?
            {(poll.Length > 0 ? "kill $poll; " : "")}lab disc 0 {disc}; sleep .5
            spindle image /dev/sr0 --dir $out --filename disc --progress none --resume
            """);

        Assert.Contains("swapped 1\n", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[disc-changed]", result.Error, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task A_drive_that_is_unplugged_is_told_as_that_and_nothing_is_called_unreadable()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--slow", "4000000", "--disc", disc],
            $"""
            {Start("--no-eject")}; {Reading}; echo 1 > /sys/block/sr0/device/delete; wait $spindle; echo unplugged $?
            cp $out/disc/disc_manifest.json $out/first.json
            spindle image /dev/sr1 --dir $out --filename disc --progress none --resume
            """);

        Assert.Contains("unplugged 1\n", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[drive-gone]", result.Error, StringComparison.Ordinal);
        JsonElement first = Workspace.ManifestAt(_workspace["first.json"]);
        Assert.Equal(0, first.GetProperty("sectors").GetProperty("unreadable").GetInt64());
        Assert.Equal("interrupted", first.GetProperty("backup_status").GetProperty("overall_status").GetString());
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task A_drive_that_knows_a_few_sectors_fewer_goes_on_with_a_copy()
    {
        string disc = await lab.DiscAsync();
        string shorter = _workspace["shorter.iso"];
        File.Copy(disc, shorter);
        using (FileStream file = File.OpenWrite(shorter))
        {
            file.SetLength(file.Length - (2 * 2048));
        }

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--bad", "700+5", "--disc", shorter],
            """
            spindle image /dev/sr0 --dir $out --filename disc --progress none --retries 0; echo first $?
            spindle image /dev/sr1 --dir $out --filename disc --progress none --resume
            """);

        Assert.Contains("first 2\n", result.EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Contains("[length-differs]", result.Error, StringComparison.Ordinal);
        Assert.True(Files.AreIdentical(disc, Image));
    }

    [Fact]
    public async Task Whoever_had_a_part_in_an_image_is_in_its_record()
    {
        string disc = await lab.DiscAsync();

        ProgramResult result = await RunAsync(
            ["--disc", disc, "--bad", "700+5", "--disc", disc],
            """
            spindle image /dev/sr0 --dir $out --filename disc --progress none --operator anna --premis --retries 0; echo first $?
            spindle image /dev/sr1 --dir $out --filename disc --progress none --operator bob --premis --resume
            """);

        Assert.Contains("first 2\n", result.EndedWith(0).Output, StringComparison.Ordinal);
        long sectors = new FileInfo(disc).Length / 2048;
        Assert.Equal([("anna", "/dev/sr0", sectors - 5), ("bob", "/dev/sr1", 5)], Runs().Select(run => (run.Operator, run.Source, run.Got)));
        foreach (string record in new[] { "disc.iso.log.txt", "disc_premis.xml" })
        {
            string text = await File.ReadAllTextAsync(_workspace["disc/" + record]);
            Assert.Contains("anna", text, StringComparison.Ordinal);
            Assert.Contains("bob", text, StringComparison.Ordinal);
        }
    }

    /// <summary>Two drives, two people, and one stop after the other: the image is the disc, and the record names each run truly.</summary>
    [Fact]
    public async Task Stopped_again_and_again_by_two_people_in_two_drives_a_copy_is_the_disc_and_its_record_is_true()
    {
        string disc = await lab.DiscAsync();
        bool isLong = Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") == "1";
        const int seed = 17;
        Random random = new(seed);
        int moments = isLong ? MomentsInTheLongRun : Moments;

        // In rounds, each of which begins a copy, stops it some times and finishes it.
        for (int done = 0; done < moments; done += Moments)
        {
            (string Signal, int Drive, double After)[] stops = [.. Enumerable.Range(0, Moments).Select(stop =>
                (new[] { "INT", "TERM", "HUP", "KILL" }[(stop + random.Next(4)) % 4], random.Next(2), .3 + (random.NextDouble() * 1.5)))];
            string told = $"round at {done}, seed {seed}: {string.Join(", ", stops)}";
            await StopAndFinishAsync(disc, stops, told);
            Directory.Delete(_workspace["disc"], recursive: true);
        }
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private async Task StopAndFinishAsync(string disc, (string Signal, int Drive, double After)[] stops, string told)
    {
        // From when a copy has its map, which the folder's file tells. SIGINT is ignored by what a script starts behind its back, but for "set -m".
        string script = string.Join('\n', stops.Select(stop => FormattableString.Invariant(
            $"""
            resume=; [ -e $out/disc/disc.iso.part ] && resume=--resume
            '{SpindleProgram.Path}' image /dev/sr{stop.Drive} --dir $out --filename disc --operator op{stop.Drive} --progress none --no-eject $resume & spindle=$!
            sleep {stop.After + 1:F2}; kill -{stop.Signal} $spindle; wait $spindle; echo "run {stop.Drive} {stop.Signal} $?"
            """)));
        ProgramResult result = await RunAsync(
            ["--disc", disc, "--disc", disc, "--slow", "2500000"],
            $"set -m\n{script}\n[ -e $out/disc/disc.iso.part ] && resume=--resume\nspindle image /dev/sr1 --dir $out --filename disc --operator last --progress none $resume");

        Assert.True(result.ExitCode == 0, $"{told}\n{result}");
        Assert.True(Files.AreIdentical(disc, Image), told);
        (string? Operator, string? Source, long Got, string? Status)[] runs = [.. Runs()];
        Assert.True(runs.Sum(run => run.Got) == new FileInfo(disc).Length / 2048, $"{told}: sectors do not sum up: {string.Join(", ", runs)}\n{result}");
        Assert.Equal(("last", "/dev/sr1", "success"), (runs[^1].Operator, runs[^1].Source, runs[^1].Status));

        // A run that was stopped before it had a map has left nothing, and is in no record.
        Queue<(string Signal, int Drive, double After)> happened = new(stops);
        foreach ((string? who, string? source, long _, string? status) in runs[..^1])
        {
            while (happened.Count > 0 && !IsRecordOf(happened.Peek(), who, source, status))
            {
                happened.Dequeue();
            }

            Assert.True(happened.TryDequeue(out _), $"{told}: no such run happened, or in another order: {who}, {source}, {status}\n{string.Join(", ", runs)}\n{result}");
        }
    }

    private static bool IsRecordOf((string Signal, int Drive, double After) stop, string? who, string? source, string? status) =>
        who == $"op{stop.Drive}" && source == $"/dev/sr{stop.Drive}" && status == (stop.Signal == "KILL" ? null : "interrupted");

    private static string Start(string option) =>
        $"'{SpindleProgram.Path}' image /dev/sr0 --dir $out --filename disc --progress none {option} & spindle=$!";

    private IEnumerable<(string? Operator, string? Source, long Got, string? Status)> Runs() =>
        Manifest.GetProperty("runs").EnumerateArray().Select(run => (
            run.GetProperty("operator").GetString(), run.GetProperty("source").GetString(), run.GetProperty("sectors_got").GetInt64(), run.GetProperty("status").GetString()));

    /// <summary>Two discs of the same size with the same head, and other content.</summary>
    private async Task<(string Disc, string Other)> TwinsAsync()
    {
        string disc = await lab.DiscAsync();
        string other = Files.WriteRandom(_workspace["other.iso"], new FileInfo(disc).Length, seed: 9);
        using FileStream to = File.OpenWrite(other);
        to.SetLength(new FileInfo(disc).Length);
        using FileStream from = File.OpenRead(disc);
        byte[] head = new byte[FirstBehindTheHead];
        await from.ReadExactlyAsync(head);
        await to.WriteAsync(head);
        return (disc, other);
    }

    private Task<ProgramResult> RunAsync(IEnumerable<string> drives, string script) => Lab.RunAsync(_workspace.Path, drives, script);
}
