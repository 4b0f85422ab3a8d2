// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using FsCheck.Fluent;
using Spindle.Drives.Mmc;
using Spindle.Drives.Simulated;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Running;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Rescuing;

/// <summary>From a damaged disc to an image: stopped anywhere, carried on by us or by others, and proven all the same.</summary>
public sealed class RescuedImageTests : IDisposable
{
    private const int SectorCount = 2_000;

    private static readonly byte[] Content = SimulatedDisc.Pattern(SectorCount * 2048);

    private static readonly SectorRange[] Damage = [new(70, 90), new(400, 1), new(410, 1), new(900, 40), new(1_998, 2)];

    private readonly TempDirectory _directory = new();
    private readonly FaultyFiles _files = new();

    [Fact]
    public async Task Says_that_the_hashes_of_a_rescued_disc_were_taken_from_the_image()
    {
        ImagingResult result = await RunAsync(Disc());

        Assert.True(result.IsVerified);
        Assert.True(result.Readings[0].IsHashedFromImage);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Expected(Damage))), result.Readings[0].Hashes[HashKind.Sha256]);
        Assert.Equal(RescueStatus.Copying, result.Passes[0].Phase);
        Assert.Equal(RescueStatus.Retrying, result.Passes[^1].Phase);
        Assert.False((await RunAsync(new SimulatedDisc(Content), "good")).Readings[0].IsHashedFromImage);
    }

    [Fact]
    [Slow("a rescue is stopped before every one of its reads")]
    public async Task Can_be_stopped_before_any_read_and_resumed()
    {
        int reads = Disc(out SimulatedDisc whole).Reads.Count;
        await RunAsync(whole, "whole");
        int total = whole.Reads.Count - reads;
        for (int stop = 1; stop < total; stop += 23)
        {
            string name = $"stopped-{stop}";
            using CancellationTokenSource source = new();
            int left = stop;
            SimulatedDisc disc = Disc();
            disc.BeforeRead = _ => Cancel(source, --left == 0);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(disc, name, token: source.Token));

            ImagingResult result = await RunAsync(Disc(), name, resume: true);

            Assert.Equal(Damage, result.Map!.RangesOf(SectorState.Bad));
            Assert.Equal(Expected(Damage), await File.ReadAllBytesAsync(_directory[$"{name}/{name}.iso"]));
            Assert.True(result.IsVerified);
        }
    }

    [Fact]
    [Slow("a rescue is stopped in every phase")]
    public async Task Tells_in_the_map_in_which_phase_and_pass_it_was_stopped()
    {
        HashSet<(RescueStatus, int)> seen = [];
        for (int stop = 3; stop < 330; stop += 4)
        {
            using CancellationTokenSource source = new();
            int left = stop;
            SimulatedDisc disc = Disc();
            disc.BeforeRead = _ => Cancel(source, --left == 0);
            string name = $"stopped-{stop}";
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(disc, name, token: source.Token));
            RescueMapFile map = RescueMapFile.Read(_directory[$"{name}/{name}.map.part"]);
            seen.Add((map.CurrentStatus, map.CurrentPass));
        }

        Assert.Superset(
            new HashSet<(RescueStatus, int)>
            {
                (RescueStatus.Copying, 1), (RescueStatus.Copying, 2), (RescueStatus.Trimming, 1), (RescueStatus.Scraping, 1), (RescueStatus.Retrying, 1),
            },
            seen);
    }

    [Theory]
    [InlineData("? 1", "?", 700)]
    [InlineData("? 4", "?", 700)]
    [InlineData("* 1", "*", 700)]
    [InlineData("/ 1", "/", 700)]
    [InlineData("- 1", "-", 600)]
    [InlineData("+ 1", "*", 700)]
    public async Task Goes_on_in_every_phase_that_another_program_left(string status, string state, int sector)
    {
        Directory.CreateDirectory(_directory["disc"]);
        byte[] part = [.. Content];
        part.AsSpan(600 * 2048, 400 * 2048).Fill(0xAA);
        await File.WriteAllBytesAsync(_directory["disc/disc.iso.part"], part);
        await File.WriteAllTextAsync(
            _directory["disc/disc.map.part"], $"{sector * 2048} {status}\n0 {600 * 2048} +\n{600 * 2048} {400 * 2048} {state}\n{1_000 * 2048} {1_000 * 2048} +\n");
        SimulatedDisc disc = new SimulatedDisc(Content).Bad(800, 3);

        ImagingResult result = await RunAsync(disc, resume: true);

        Assert.Equal([new SectorRange(800, 3)], result.Map!.RangesOf(SectorState.Bad));
        Assert.Equal(Expected([new(800, 3)]), await File.ReadAllBytesAsync(_directory["disc/disc.iso"]));
        Assert.Equal(1_600 * 2048, result.Readings[0].BytesFromEarlierRun);
        Assert.Equal(397, result.Passes.Sum(pass => pass.SectorsRead));
    }

    [Fact]
    public async Task Reads_again_what_the_storage_changed_during_a_rescue()
    {
        bool isFirst = true;
        _files.BeforeReadingBack = path =>
        {
            if (isFirst)
            {
                Flip(path, 1_500 * 2048);
                Flip(path, 415 * 2048);
            }

            isFirst = false;
        };

        ImagingResult result = await RunAsync(Disc());

        Assert.Equal("part-changed", Assert.Single(result.Warnings).Code);
        Assert.Equal(Expected(Damage), await File.ReadAllBytesAsync(_directory["disc/disc.iso"]));
        Assert.True(result.IsVerified);
    }

    [Fact]
    public async Task Does_not_trust_a_storage_that_changes_what_is_written_each_time()
    {
        _files.BeforeReadingBack = path => Flip(path, 1_500 * 2048);

        ImagingResult result = await RunAsync(Disc());

        Assert.Equal(ImagingOutcome.Failed, result.Outcome);
        Assert.Single(result.Concerns, concern => concern.Code == "image-differs");
        Assert.False(File.Exists(_directory["disc/disc.iso"]));
    }

    [Fact]
    public async Task Notices_on_resuming_a_rescue_what_the_storage_changed_between_two_runs()
    {
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new SimulatedDisc(Content).Bad(100, 50).GoneAt(1_500)));
        Flip(_directory["disc/disc.iso.part"], 900 * 2048);

        ImagingResult result = await RunAsync(new SimulatedDisc(Content).Bad(100, 50), resume: true);

        Assert.Equal("part-changed", Assert.Single(result.Warnings).Code);
        Assert.Equal(Expected([new(100, 50)]), await File.ReadAllBytesAsync(_directory["disc/disc.iso"]));
    }

    [Fact]
    public async Task Goes_on_reading_while_the_storage_takes_its_time_over_a_checkpoint()
    {
        using ManualResetEventSlim isRead = new();
        bool hasWaited = false;
        SimulatedDisc disc = Disc();
        disc.BeforeRead = range => SetWhere(isRead, range.End == SectorCount);
        int maps = 0;
        _files.BeforeWritingWhole = path =>
        {
            // The first one is written before anything is read.
            if (path.EndsWith(".map.part", StringComparison.Ordinal) && ++maps == 2)
            {
                hasWaited = isRead.Wait(TimeSpan.FromSeconds(30));
            }
        };

        ImagingResult result = await RunAsync(disc, time: new HastyClock());

        Assert.True(hasWaited);
        Assert.True(maps >= 3);
        Assert.Equal(Expected(Damage), await File.ReadAllBytesAsync(result.ImagePath!));
    }

    [Fact]
    public async Task A_checkpoint_that_fails_beside_the_reading_is_told_of()
    {
        int maps = 0;
        _files.BeforeWritingWhole = path =>
        {
            if (path.EndsWith(".map.part", StringComparison.Ordinal) && ++maps >= 2)
            {
                throw new OperationFailedException(new("no-space", "the storage is full"));
            }
        };

        OperationFailedException failed = await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(Disc(), time: new HastyClock()));

        Assert.Equal("no-space", failed.Failure.Code);
    }

    [Fact]
    public async Task Changes_nothing_about_a_drive_whose_disc_is_whole()
    {
        SimulatedDrive drive = new();

        ImagingResult result = await RunAsync(new SimulatedDisc(Content), drive: drive);

        Assert.Empty(drive.Commands);
        Assert.Null(result.DriveSettings);
    }

    [Fact]
    public async Task A_drive_that_takes_no_settings_is_read_all_the_same()
    {
        ImagingResult result = await RunAsync(Disc(), drive: new(), speed: 4);

        Assert.Equal("speed-not-set", Assert.Single(result.Warnings).Code);
        Assert.Null(result.DriveSettings);
        Assert.Equal(Damage, result.Map!.RangesOf(SectorState.Bad));
    }

    [Fact]
    public async Task Does_not_read_faster_again_than_it_was_asked_to()
    {
        SimulatedDrive drive = new SimulatedDrive().Answer(MmcCommand.SetSpeed(353)).Answer(MmcCommand.SetSpeed(ReadingSpeed.Unlimited));

        ImagingResult result = await RunAsync(Disc(), drive: drive, speed: 2);

        Assert.Equal(
            [MmcCommand.SetSpeed(353), MmcCommand.SetSpeed(ReadingSpeed.Unlimited)],
            drive.Commands.Where(command => command[0] == 0xBB));
        Assert.Equal(new DriveSettings { SpeedLimit = 353, AreRestored = true }, result.DriveSettings);
    }

    [Fact]
    public async Task Takes_bad_sectors_behind_the_file_system_for_run_out()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content).Bad(1_998, 2), needed: 1_900);

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal(new SectorRange(1_998, 2), result.RunOut);
        Assert.Empty(result.Unreadable);
        Assert.True(result.IsWhole);
        Assert.Contains("\"run_out\": 2", await File.ReadAllTextAsync(_directory["disc/disc_manifest.json"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_847, 153, 1_847, 0)] // one more than a run-out can be
    [InlineData(1_990, 10, 1_999, 1)] // nine of them inside the file system
    [InlineData(1_998, 2, 2_000, 0)] // all of them
    [InlineData(1_998, 2, 0, 0)] // nobody knows where it ends
    [InlineData(1_800, 200, 1_700, 0)] // more than a run-out can be
    [InlineData(1_950, 10, 1_900, 0)] // not at the end
    public async Task Takes_other_bad_sectors_for_damage(int start, int count, int needed, int runOut)
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content).Bad(start, count), needed: needed);

        Assert.Equal(runOut, result.RunOut.Count);
        Assert.Equal([new SectorRange(start, count - runOut)], result.Unreadable);
        Assert.Equal("unreadable-sectors", Assert.Single(result.Concerns).Code);
    }

    [Fact]
    [Slow("random discs, each rescued to its end")]
    public async Task Images_whatever_is_damaged_exactly()
    {
        int number = 0;
        foreach (SectorRange[] bad in BadSectors.On(SectorCount).Sample(40))
        {
            string name = $"disc-{number++}";
            SimulatedDisc disc = bad.Aggregate(new SimulatedDisc(Content), (one, range) => one.Bad(range.Start, range.Count));

            ImagingResult result = await RunAsync(disc, name);

            Assert.Equal(BadSectors.MapOf(SectorCount, bad).Runs, result.Map!.Runs);
            Assert.Equal(Expected(bad), await File.ReadAllBytesAsync(_directory[$"{name}/{name}.iso"]));
            Assert.Empty(result.Warnings);
            Assert.True(result.IsVerified);
        }
    }

    public void Dispose() => _directory.Dispose();

    private static SimulatedDisc Disc() => Damage.Aggregate(new SimulatedDisc(Content), (disc, range) => disc.Bad(range.Start, range.Count));

    private static SimulatedDisc Disc(out SimulatedDisc disc) => disc = Disc();

    private static void Cancel(CancellationTokenSource source, bool isTime)
    {
        if (isTime)
        {
            source.Cancel();
        }
    }

    private static byte[] Expected(IEnumerable<SectorRange> bad)
    {
        byte[] expected = [.. Content];
        foreach (SectorRange range in bad)
        {
            expected.AsSpan((int)range.Start * 2048, (int)range.Count * 2048).Clear();
        }

        return expected;
    }

    private static void Flip(string path, long position)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = position;
        int value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 0xFF));
    }

    private Task<ImagingResult> RunAsync(
        SimulatedDisc disc,
        string name = "disc",
        bool resume = false,
        int needed = 0,
        SimulatedDrive? drive = null,
        int? speed = null,
        TimeProvider? time = null,
        CancellationToken token = default)
    {
        FakeSource source = new(disc) { Structure = new() { ExpectedLength = needed * 2048L }, Settings = drive, Family = DiscFamily.Cd };
        Imager imager = new(_ => source, _files, time ?? TimeProvider.System);
        return imager.RunAsync(
            new() { Source = "/dev/simulated", Directory = _directory.Path, Name = name, Resume = resume, Speed = speed }, new NoProgress(), token);
    }

    private static void SetWhere(ManualResetEventSlim moment, bool isThere)
    {
        if (isThere)
        {
            moment.Set();
        }
    }

    /// <summary>A tenth of a second goes by whenever it is looked at: checkpoints are due all the time.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, TimeSpan.TicksPerSecond / 10);
    }

    private sealed class NoProgress : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
