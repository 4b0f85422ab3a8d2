// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Spindle.EndToEnd.Tests.Discs;
using Spindle.EndToEnd.Tests.Programs;

namespace Spindle.EndToEnd.Tests;

/// <summary>Spindle and GNU ddrescue on the same damaged disc, both through one library that makes its sectors unreadable.</summary>
[Trait("with", "clock")]
public sealed class RescueTests : IAsyncDisposable
{
    private const int SectorCount = 8_192;
    private const int Interrupt = 2; // SIGINT
    private const int Kill = 9; // SIGKILL

    private readonly Workspace _workspace = new();
    private readonly string _disc;
    private double? _pace;
    private string? _delay;
    private string? _signal;

    public RescueTests() => _disc = Files.WriteRandom(_workspace["disc.img"], SectorCount * 2048, seed: 3);

    /// <summary>Nothing of it where file systems begin and end: a first look at the disc would fail there, too.</summary>
    public static TheoryData<string> Damage() =>
    [
        "3000:1",
        "2000:5,3000:1,3010:1,4900:64",
        "1000:1,1100:1,1200:1,1300:2,1400:40,5000:300",
        "4000:3000",
        Scratch(start: 1_500, turn: 13, width: 3, turns: 60),
        Scratch(start: 1_000, turn: 97, width: 1, turns: 70) + ",7600:30",
    ];

    [Theory]
    [MemberData(nameof(Damage))]
    public async Task Ends_with_the_map_of_ddrescue_and_no_more_failed_reads(string damage)
    {
        await DdrescueAsync(damage, "theirs.img", "theirs.map");
        await SpindleAsync(damage);

        await AreEqualAsync("theirs.map", "out/disc/disc.map");
        int ours = File.ReadAllLines(_workspace["spindle.log"]).Length;
        int theirs = File.ReadAllLines(_workspace["ddrescue.log"]).Length;
        Assert.True(ours <= theirs, $"{ours} failed reads, and ddrescue has {theirs}");
    }

    /// <summary>
    /// 20 discs, or 200 where SPINDLE_LARGE_TESTS is set; bench/rescue.md has their numbers. SPINDLE_RESCUE_DISCS chooses others, as
    /// 51-100, and SPINDLE_RESCUE_DELAY has each failed read really take so many milliseconds.
    /// </summary>
    [Fact]
    public async Task Ends_with_the_maps_of_ddrescue_for_random_damage_and_is_no_slower()
    {
        string discs = Environment.GetEnvironmentVariable("SPINDLE_RESCUE_DISCS")
            ?? (Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") is "1" ? "1-200" : "1-20");
        int[] seeds = [.. discs.Split('-').Select(seed => int.Parse(seed, CultureInfo.InvariantCulture))];
        _delay = Environment.GetEnvironmentVariable("SPINDLE_RESCUE_DELAY");
        Dictionary<string, (long Discs, DriveUse Ours, DriveUse Theirs)> sums = [];
        List<string> wrong = [];
        (double ourElapsed, double theirElapsed) = (0, 0);
        for (int seed = seeds[0]; seed <= seeds[^1]; seed++)
        {
            (string kind, string damage) = RandomDamage.Make(seed, SectorCount);
            theirElapsed += await TimeAsync(() => DdrescueAsync(damage, "theirs.img", "theirs.map"));
            ourElapsed += await TimeAsync(() => RandomAsync(damage));
            using (FileStream image = File.OpenWrite(_workspace["theirs.img"]))
            {
                // ddrescue ends the file at the last sector that it read.
                image.SetLength(SectorCount * 2048);
            }

            ProgramResult same = await ForeignTool.RunAsync("ddrescuelog", _workspace.Path, "--compare-mapfile=theirs.map", "out/random/random.map");
            DriveUse ours = DriveUse.Read(_workspace["spindle.log.clock"]);
            DriveUse theirs = DriveUse.Read(_workspace["ddrescue.log.clock"]);

            if (same.ExitCode != 0 || ours.FailedReads > theirs.FailedReads || !Files.AreIdentical(_workspace["theirs.img"], _workspace["out/random/random.iso"]))
            {
                wrong.Add($"{seed} ({kind}): maps {(same.ExitCode == 0 ? "agree" : "differ")}, {ours} against {theirs}: {damage}");
            }

            var sum = sums.GetValueOrDefault(kind);
            sums[kind] = (sum.Discs + 1, sum.Ours + ours, sum.Theirs + theirs);
        }

        foreach ((string kind, (long count, DriveUse ours, DriveUse theirs)) in sums.OrderBy(sum => sum.Key, StringComparer.Ordinal))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"| {kind} | {count} | {ours} | {theirs} |");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"elapsed, start of the program included: {ourElapsed:F1} s and {theirElapsed:F1} s");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        long ourTime = sums.Values.Sum(sum => sum.Ours.Microseconds);
        long theirTime = sums.Values.Sum(sum => sum.Theirs.Microseconds);
        Assert.True(ourTime <= theirTime * 1.1, $"{ourTime} us at the drive, and ddrescue has {theirTime}");
    }

    /// <summary>
    /// The library really waits here, for a fraction of what a drive would take that makes it some 8 seconds, or a minute where
    /// SPINDLE_LARGE_TESTS is set: what the programs do beside it, and at the same time, counts.
    /// </summary>
    [Fact]
    public async Task Takes_no_more_time_than_ddrescue_on_a_drive_that_takes_its_time()
    {
        bool isLarge = Environment.GetEnvironmentVariable("SPINDLE_LARGE_TESTS") is "1";
        double seconds = isLarge ? 60 : 6;
        List<string> wrong = [];
        for (int seed = 1; seed <= (isLarge ? 10 : 3); seed++)
        {
            (string kind, string damage) = RandomDamage.Make(seed, SectorCount);
            _ = await TimeAsync(() => DdrescueAsync(damage, "theirs.img", "theirs.map"));
            double scale = DriveUse.Read(_workspace["ddrescue.log.clock"]).Microseconds / 1e6 / seconds;

            // Somebody else's work may come between: who is slower by itself is so every time.
            List<string> rows = [];
            bool isInTime = false;
            while (!isInTime && rows.Count < 3)
            {
                // What does not grow with the disc: the start of the program, a look at the disc, the record.
                double constant = await TimeAsync(() => RandomAsync(damage));
                _pace = scale;
                double theirs = await TimeAsync(() => DdrescueAsync(damage, "theirs.img", "theirs.map"));
                double ours = await TimeAsync(() => RandomAsync(damage));
                _pace = null;

                isInTime = ours - constant <= 1.1 * theirs;
                rows.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {seed}, {kind} | 1/{scale:F1} | {ours:F1} s | {theirs:F1} s | {ours / theirs:F3} | {constant:F2} s |"));
                TestContext.Current.TestOutputHelper!.WriteLine(rows[^1]);
            }

            wrong.AddRange(isInTime ? [] : rows);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Counts_the_sectors_of_a_run_out_as_bad_where_no_file_system_says_otherwise()
    {
        string damage = $"{SectorCount - 2}:2";
        await DdrescueAsync(damage, "theirs.img", "theirs.map");
        await SpindleAsync(damage);

        await AreEqualAsync("theirs.map", "out/disc/disc.map");
    }

    [Theory]
    [InlineData(Interrupt, 1)]
    [InlineData(Interrupt, 5)]
    [InlineData(Interrupt, 20)]
    [InlineData(Interrupt, 120)]
    [InlineData(Interrupt, 330)]
    [InlineData(Kill, 1)]
    [InlineData(Kill, 5)]
    [InlineData(Kill, 20)]
    [InlineData(Kill, 120)]
    [InlineData(Kill, 330)]
    public async Task Stopped_in_any_phase_it_is_carried_on_by_itself_and_by_ddrescue(int signal, int failedReads)
    {
        const string damage = "1000:1,1100:1,1200:1,1300:2,1400:40,5000:300";
        await DdrescueAsync(damage, "theirs.img", "theirs.map");
        await SpindleAsync(damage, $"{signal}:{failedReads}");
        File.Copy(_workspace["out/disc/disc.iso.part"], _workspace["taken.img"]);
        File.Copy(_workspace["out/disc/disc.map.part"], _workspace["taken.map"]);

        await DdrescueAsync(damage, "taken.img", "taken.map");
        await SpindleAsync(damage, null, "--resume");

        await AreEqualAsync("theirs.map", "taken.map");
        await AreEqualAsync("theirs.map", "out/disc/disc.map");
        Assert.True(Files.AreIdentical(_workspace["theirs.img"], _workspace["taken.img"]));
        Assert.True(Files.AreIdentical(_workspace["theirs.img"], _workspace["out/disc/disc.iso"]));
    }

    [Theory]
    [InlineData("--no-trim", "--no-scrape")]
    [InlineData("--no-scrape", "--no-scrape")]
    [InlineData("--max-read-errors=3", "--quiet")]
    public async Task Goes_on_where_ddrescue_has_stopped(string option, string other)
    {
        const string damage = "1000:1,1100:1,1200:1,1300:2,1400:40,5000:300";
        await DdrescueAsync(damage, "theirs.img", "theirs.map");
        Directory.CreateDirectory(_workspace["out/disc"]);
        await DdrescueAsync(damage, "out/disc/disc.iso.part", "rescue.map", option, other);

        await SpindleAsync(damage, null, "--resume", "--map", "rescue.map");

        await AreEqualAsync("theirs.map", "rescue.map");
        Assert.True(Files.AreIdentical(_workspace["theirs.img"], _workspace["out/disc/disc.iso"]));
    }

    [Theory]
    [InlineData(1, '?')]
    [InlineData(15, '?')]
    [InlineData(20, '*')]
    [InlineData(120, '/')]
    [InlineData(330, '/')]
    public async Task Goes_on_where_ddrescue_was_stopped_in_any_phase(int failedReads, char phase)
    {
        const string damage = "1000:1,1100:1,1200:1,1300:2,1400:40,5000:300";
        await DdrescueAsync(damage, "theirs.img", "theirs.map");
        Directory.CreateDirectory(_workspace["out/disc"]);
        _signal = $"{Interrupt}:{failedReads}";
        await DdrescueAsync(damage, "out/disc/disc.iso.part", "rescue.map", "--quiet");
        _signal = null;
        char stoppedIn = (await File.ReadAllLinesAsync(_workspace["rescue.map"])).First(line => !line.StartsWith('#')).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1][0];

        await SpindleAsync(damage, null, "--resume", "--map", "rescue.map");

        Assert.Equal(phase, stoppedIn);
        await AreEqualAsync("theirs.map", "rescue.map");
        Assert.True(Files.AreIdentical(_workspace["theirs.img"], _workspace["out/disc/disc.iso"]));
    }

    [Fact]
    public async Task Two_copies_each_thirty_percent_damaged_make_one_whole_image()
    {
        await SpindleAsync(Scratch(start: 900, turn: 20, width: 7, turns: 360), null, "--filename", "a");
        await SpindleAsync(Scratch(start: 910, turn: 20, width: 7, turns: 360), null, "--filename", "b");

        ProgramResult merged = (await _workspace.RunAsync(
            "merge", "whole.iso", "out/a/a.iso:out/a/a.map", "out/b/b.iso:out/b/b.map", "--json")).EndedWith(0);

        Assert.Equal(0, merged.Json.GetProperty("sectors").GetProperty("missing").GetInt64());
        Assert.Equal(0, merged.Json.GetProperty("conflicts").GetArrayLength());
        Assert.True(Files.AreIdentical(_disc, _workspace["whole.iso"]));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static string Scratch(int start, int turn, int width, int turns) =>
        string.Join(',', Enumerable.Range(0, turns).Select(i => $"{start + (i * turn)}:{width}"));

    private static async Task<double> TimeAsync(Func<Task> run)
    {
        long start = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A rescue from the start, without what ddrescue does not do.</summary>
    private async Task RandomAsync(string damage)
    {
        if (Directory.Exists(_workspace["out/random"]))
        {
            Directory.Delete(_workspace["out/random"], recursive: true);
        }

        await SpindleAsync(damage, null, "--filename", "random", "--verify", "none", "--no-tree", "--no-structure");
    }

    private async Task SpindleAsync(string damage, string? signal = null, params string[] options)
    {
        string[] name = options.Contains("--filename") ? [] : ["--filename", "disc"];
        string[] arguments = ["image", "disc.img", "--dir", "out", .. name, "--retries", "0", "--progress", "none", .. options];
        using RunningProgram program = new(SpindleProgram.Path, arguments, _workspace.Path, await DamagedAsync(damage, "spindle.log", signal));
        ProgramResult result = await program.EndAsync();
        Assert.True(signal is not null || result.ExitCode == 2, result.ToString());
    }

    private async Task DdrescueAsync(string damage, string image, string map, params string[] options)
    {
        if (options.Length == 0 && map == "theirs.map")
        {
            // From the start: it would go on where an earlier disc's rescue ended.
            File.Delete(_workspace[image]);
            File.Delete(_workspace[map]);
        }

        string[] arguments = ["--quiet", "--sector-size=2048", .. options, "disc.img", image, map];
        using RunningProgram program = new(ForeignTool.PathOf("ddrescue"), arguments, _workspace.Path, await DamagedAsync(damage, "ddrescue.log", _signal));
        await program.EndAsync();
    }

    private async Task AreEqualAsync(string map, string other)
    {
        ProgramResult same = await ForeignTool.RunAsync("ddrescuelog", _workspace.Path, "--compare-mapfile=" + map, other);
        Assert.True(same.ExitCode == 0, $"{same}\n{await File.ReadAllTextAsync(_workspace[map])}\n{await File.ReadAllTextAsync(_workspace[other])}");
    }

    private async Task<Dictionary<string, string?>> DamagedAsync(string damage, string log, string? signal)
    {
        return new(await UnreadableSectors.OfAsync(_workspace, _disc, damage))
        {
            ["UNREADABLE_LOG"] = _workspace[log],
            ["UNREADABLE_SIGNAL"] = signal,
            ["UNREADABLE_CLOCK"] = _workspace[log + ".clock"],
            ["UNREADABLE_PACE"] = _pace?.ToString(CultureInfo.InvariantCulture),
            ["UNREADABLE_DELAY"] = _delay,
        };
    }
}
