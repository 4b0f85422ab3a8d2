// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Running;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Parity;
using Spindle.Parity.Protecting;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Running;

/// <summary>The whole way from a simulated disc to files, with a real file system under it.</summary>
public sealed class ImagerTests : IDisposable
{
    private const int SectorCount = 2_000; // four batches, the last one short

    private static readonly byte[] Content = SimulatedDisc.Pattern(SectorCount * 2048);

    private readonly TempDirectory _directory = new();
    private readonly FaultyFiles _files = new();
    private readonly List<WorkProgress> _progress = [];

    private string Image => _directory["disc/disc.iso"];

    private string Part => Image + ".part";

    [Fact]
    public async Task Makes_an_identical_image_and_calls_it_verified()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content));

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.True(result.IsVerified);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
        Assert.Equal(["disc.iso", "disc.iso.log.txt", "disc.iso.md5", "disc.iso.sha256", "disc.map", "disc_isolyzer.xml", "disc_manifest.json"], Outputs());
    }

    [Fact]
    public async Task Gives_the_hashes_of_each_reading()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content), request => request with { Hashes = HashKind.All });

        Assert.Equal([ReadingSubject.Disc, ReadingSubject.Image], result.Readings.Select(reading => reading.Subject));
        Assert.All(result.Readings, reading =>
        {
            Assert.Equal(Convert.ToHexStringLower(MD5.HashData(Content)), reading.Hashes[HashKind.Md5]);
            Assert.Equal(Convert.ToHexStringLower(SHA512.HashData(Content)), reading.Hashes[HashKind.Sha512]);
            Assert.Equal(5, reading.Hashes.Count);
        });
        Assert.Equal(
            $"{Convert.ToHexStringLower(SHA1.HashData(Content))}  disc.iso\n",
            await File.ReadAllTextAsync(Image + ".sha1"));
    }

    [Fact]
    public async Task Keeps_an_image_that_ends_inside_a_sector_to_the_byte()
    {
        byte[] ragged = Content[..^1000];

        await RunAsync(new SimulatedDisc(ragged));

        Assert.Equal(ragged, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Calls_nothing_verified_that_was_read_once()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content), request => request with { Verify = VerifyMode.None });

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.False(result.IsVerified);
        JsonElement integrity = Manifest().GetProperty("integrity_verification");
        Assert.Equal("not_performed", integrity.GetProperty("integrity_status").GetString());
        Assert.Equal(JsonValueKind.Null, integrity.GetProperty("iso_hash").ValueKind);
        Assert.Equal(JsonValueKind.Null, integrity.GetProperty("hashes_match").ValueKind);
    }

    [Fact]
    public async Task Names_the_sectors_that_the_storage_changed_and_keeps_the_image_from_its_name()
    {
        // Sector 700 lies in the piece of sectors 672 to 703.
        _files.BeforeReadingBack = path => Flip(path, (700 * 2048) + 5);

        ImagingResult result = await RunAsync(new SimulatedDisc(Content));

        Assert.Equal(ImagingOutcome.Failed, result.Outcome);
        Assert.Equal([new SectorRange(672, 32)], result.Differences);
        Assert.Equal("image-differs", Assert.Single(result.Concerns).Code);
        Assert.Contains("672-703", result.Concerns[0].What, StringComparison.Ordinal);
        Assert.False(File.Exists(Image));
        Assert.True(File.Exists(Part));
        Assert.Equal("failed", Manifest().GetProperty("backup_status").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task Goes_on_after_unreadable_sectors_and_maps_them()
    {
        SimulatedDisc disc = new SimulatedDisc(Content).Bad(5).Bad(600, 70).Bad(SectorCount - 1);

        ImagingResult result = await RunAsync(disc);

        byte[] expected = [.. Content];
        expected.AsSpan(5 * 2048, 2048).Clear();
        expected.AsSpan(600 * 2048, 70 * 2048).Clear();
        expected.AsSpan((SectorCount - 1) * 2048).Clear();
        Assert.Equal(ImagingOutcome.Incomplete, result.Outcome);
        Assert.Equal("unreadable-sectors", Assert.Single(result.Concerns).Code);
        Assert.Equal([new(5, 1), new(600, 70), new(SectorCount - 1, 1)], result.Map!.RangesOf(SectorState.Bad));
        Assert.Equal(expected, await File.ReadAllBytesAsync(Image));
        Assert.Equal(result.Map.Runs, MapOnDisk().Runs);
        Assert.Equal("incomplete", Manifest().GetProperty("backup_status").GetProperty("overall_status").GetString());
    }

    [Fact]
    public async Task Reads_a_good_sector_only_as_often_as_narrowing_down_a_failure_needs()
    {
        SimulatedDisc disc = new SimulatedDisc(Content).Bad(100);

        await RunAsync(disc, request => request with { Retries = 0 });

        // The batch, the rest of the piece sector by sector, the other pieces of the batch.
        Assert.Equal(2, disc.Reads.Count(range => range.Contains(100)));

        // And once more, where it is one of those by which the disc at the end is known to be that of the beginning.
        Assert.InRange(disc.Reads.Count(range => range.Contains(1_500)), 1, 2);
    }

    [Fact]
    public async Task Tries_a_failed_sector_as_often_as_asked()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content).Flaky(40, 1, failures: 3), request => request with { Retries = 2 });

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
    }

    [Fact]
    public async Task Takes_a_medium_that_ends_early_for_unreadable_there()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content).EndsAt(1_900));

        Assert.Equal([new SectorRange(1_900, 100)], result.Map!.RangesOf(SectorState.Bad));
        Assert.Equal(Content.Length, new FileInfo(Image).Length);
    }

    [Fact]
    public async Task Reports_a_source_that_is_smaller_than_its_file_system()
    {
        FakeSource source = new(new(Content)) { Structure = new() { ExpectedLength = Content.Length + 2048 } };

        ImagingResult result = await RunAsync(source);

        Assert.Equal(ImagingOutcome.Failed, result.Outcome);
        Assert.Equal("smaller-than-file-system", Assert.Single(result.Concerns).Code);
    }

    [Fact]
    public async Task Offers_to_mend_a_damaged_disc_that_carries_parity()
    {
        byte[] disc = await ProtectedAsync();
        (int Roots, long Sectors) asked = default;

        _mayRepair = (parity, sectors) =>
        {
            asked = (parity.Roots, sectors);
            return false;
        };
        ImagingResult result = await RunAsync(new SimulatedDisc(disc).Bad(700, 30));

        RepairResult mended = Repairer.Repair(new() { Image = Image, Map = result.Map });
        Assert.Equal(30, asked.Sectors);
        Assert.True(asked.Roots >= 40);
        Assert.Equal("carries-parity", Assert.Single(result.Warnings).Code);
        Assert.True(mended.IsWhole);
        Assert.Equal(disc, await File.ReadAllBytesAsync(Image));
    }

    [Theory]
    [InlineData(700, 30)]
    [InlineData(16, 1)] // the volume descriptor: the parity is found by its checksums
    public async Task Mends_a_damaged_disc_with_its_own_parity_where_that_is_wished(int bad, int count)
    {
        byte[] disc = await ProtectedAsync();

        ImagingResult result = await RunAsync(
            new SimulatedDisc(disc).Bad(bad, count), request => request with { Repair = true, Verify = VerifyMode.Disc });

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.True(result.IsVerified);
        Assert.True(result.IsWhole);
        Assert.Equal([new SectorRange(bad, count)], result.Restored);
        Assert.Equal("restored-by-parity", Assert.Single(result.Warnings).Code);
        Assert.Equal(disc, await File.ReadAllBytesAsync(Image));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(disc)), result.Readings[0].Hashes[HashKind.Sha256]);
        Assert.Contains($"\"restored_by_parity\": {count}", await File.ReadAllTextAsync(_directory["disc/disc_manifest.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mends_as_much_as_the_parity_can_and_leaves_the_rest_bad()
    {
        byte[] disc = await ProtectedAsync();
        int blocks = disc.Length / 2048 / 255;

        // More than there is parity in block 0, in every layer its first sector.
        SimulatedDisc damaged = new(disc);
        for (int layer = 0; layer < 60; layer++)
        {
            damaged.Bad(layer * blocks);
        }

        ImagingResult result = await RunAsync(damaged.Bad((100 * blocks) + 2), request => request with { Repair = true });

        Assert.Equal(ImagingOutcome.Incomplete, result.Outcome);
        Assert.Equal([new SectorRange((100 * blocks) + 2, 1)], result.Restored);
        Assert.Equal(60, result.Map!.Total(SectorState.Bad));
    }

    [Fact]
    public async Task Mends_an_image_that_an_earlier_run_left_with_holes()
    {
        byte[] disc = await ProtectedAsync();
        ImagingResult before = await RunAsync(new SimulatedDisc(disc).Bad(700, 30));

        ImagingResult result = await RunAsync(new SimulatedDisc(disc).Bad(710, 5), request => request with { Resume = true, Repair = true });

        Assert.Equal(ImagingOutcome.Incomplete, before.Outcome);
        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal([new SectorRange(710, 5)], result.Restored);
        Assert.Equal(disc, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Takes_no_sector_for_run_out_that_a_file_lies_in_whatever_the_descriptor_says()
    {
        byte[] disc = Understated(sectors: 2);
        int end = disc.Length / 2048;

        ImagingResult result = await RunAsync(new SimulatedDisc(disc).Bad(end - 2, 2));

        Assert.Equal(ImagingOutcome.Incomplete, result.Outcome);
        Assert.True(result.RunOut.IsEmpty);
        Assert.Equal([new SectorRange(end - 2, 2)], result.Unreadable);
        Assert.Contains("/large", result.Damage!.Entries.Select(entry => entry.Path));
    }

    [Fact]
    public async Task Says_that_the_source_ends_before_its_files_although_its_descriptor_does_not()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Understated(sectors: 2)[..^4096]));

        Assert.Equal(ImagingOutcome.Failed, result.Outcome);
        Assert.Equal("smaller-than-file-system", Assert.Single(result.Concerns).Code);
    }

    // Its one file ends with the medium, and the volume space size (ECMA-119 §8.4.8, BP 81) says fewer sectors.
    private byte[] Understated(int sectors)
    {
        string tree = Directory.CreateDirectory(_directory["tree"]).FullName;
        File.WriteAllBytes(Path.Combine(tree, "large"), SimulatedDisc.Pattern(100 * 2048));
        ForeignProgram.Run("genisoimage", "-quiet", "-no-pad", "-R", "-o", _directory["tree.iso"], tree);
        byte[] image = File.ReadAllBytes(_directory["tree.iso"]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan((16 * 2048) + 80)) - (uint)sectors;
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan((16 * 2048) + 80), size);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan((16 * 2048) + 84), size);
        return image;
    }

    [Fact]
    public async Task Takes_what_lies_behind_the_parity_for_run_out_and_asks_nothing()
    {
        byte[] disc = [.. await ProtectedAsync(), .. new byte[2 * 2048]];
        int end = disc.Length / 2048;

        _mayRepair = (_, _) => throw new InvalidOperationException("asked");
        ImagingResult result = await RunAsync(new SimulatedDisc(disc).Bad(end - 2, 2));

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal(new SectorRange(end - 2, 2), result.RunOut);
    }

    [Fact]
    public async Task Takes_the_end_of_the_parity_for_no_run_out()
    {
        byte[] disc = await ProtectedAsync();
        int end = disc.Length / 2048;

        ImagingResult result = await RunAsync(
            new FakeSource(new SimulatedDisc(disc).Bad(end - 2, 2)) { Structure = new() { ExpectedLength = Content.Length } });

        Assert.Equal(ImagingOutcome.Incomplete, result.Outcome);
        Assert.Equal([new SectorRange(end - 2, 2)], result.Unreadable);
    }

    [Fact]
    public async Task Knows_after_an_interruption_what_came_from_the_parity()
    {
        byte[] disc = await ProtectedAsync();
        _files.BeforeReadingBack = _ => throw new OperationFailedException(new("no-space", "the storage is full"));
        await FailureOfAsync(new SimulatedDisc(disc).Bad(700, 30).Wrong(900, 1, int.MaxValue), request => request with { Repair = true });
        Assert.Contains("\"restored_by_parity\": 31", await File.ReadAllTextAsync(_directory["disc/disc_manifest.json"]), StringComparison.Ordinal);
        _files.BeforeReadingBack = _ => { };

        ImagingResult result = await RunAsync(new SimulatedDisc(disc).Bad(700, 30), request => request with { Resume = true });

        Assert.Equal([new SectorRange(700, 30), new(900, 1)], result.Restored);
        Assert.Equal("restored-by-parity", Assert.Single(result.Warnings).Code);
        Assert.True(result.IsVerified && result.IsWhole);
        Assert.Equal(disc, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Knows_when_it_goes_on_with_another_drive_which_sectors_that_gives_and_the_parity_gave()
    {
        // More than there is parity in block 0: the rest of it stays bad.
        byte[] disc = await ProtectedAsync();
        int blocks = disc.Length / 2048 / 255;
        SimulatedDisc damaged = new SimulatedDisc(disc).Bad((100 * blocks) + 2);
        for (int layer = 0; layer < 60; layer++)
        {
            damaged.Bad(layer * blocks);
        }

        await RunAsync(damaged, request => request with { Repair = true });
        ImagingResult result = await RunAsync(new SimulatedDisc(disc), request => request with { Resume = true });

        Assert.Equal([new SectorRange((100 * blocks) + 2, 1)], result.Restored);
        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal(disc, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Puts_right_what_a_drive_gave_wrongly_where_it_mends_anyway()
    {
        byte[] disc = await ProtectedAsync();

        ImagingResult result = await RunAsync(
            new SimulatedDisc(disc).Bad(700).Wrong(900, 1, int.MaxValue), request => request with { Repair = true });

        Assert.Equal([new SectorRange(700, 1), new(900, 1)], result.Restored);
        Assert.True(result.IsVerified);
        Assert.Equal(disc, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Reads_the_disc_twice_when_asked()
    {
        ImagingResult result = await RunAsync(new SimulatedDisc(Content), request => request with { Verify = VerifyMode.Disc });

        Assert.Equal(3, result.Readings.Count);
        Assert.True(result.IsVerified);
        Assert.Equal(["copying", "verifying-image", "verifying-disc"], _progress.Select(p => p.Stage).Distinct());
    }

    [Fact]
    public async Task Calls_nothing_verified_that_may_have_come_from_memory()
    {
        FakeSource source = new(new(Content)) { Bypass = CacheBypass.None };

        ImagingResult result = await RunAsync(source, request => request with { Verify = VerifyMode.Disc });

        Assert.Equal(ImagingOutcome.Incomplete, result.Outcome);
        Assert.Equal("cache-not-bypassed", Assert.Single(result.Concerns).Code);
        Assert.False(result.IsVerified);
    }

    [Fact]
    public async Task Names_the_very_sectors_on_which_two_readings_of_the_disc_disagree()
    {
        ImagingResult result = await RunAsync(
            new SimulatedDisc(Content).Wrong(33, 2, reads: 1), request => request with { Verify = VerifyMode.Disc });

        Assert.Equal(ImagingOutcome.Failed, result.Outcome);
        Assert.Equal([new SectorRange(33, 2)], result.Differences);
        Assert.Equal("disc-differs", Assert.Single(result.Concerns).Code);
        Assert.False(File.Exists(Image));
    }

    [Fact]
    public async Task Reports_sectors_that_fail_at_the_second_reading_only()
    {
        FakeSource source = new(new(Content)) { Again = new SimulatedDisc(Content).Bad(50) };

        ImagingResult result = await RunAsync(source, request => request with { Verify = VerifyMode.Disc });

        Assert.Equal("unreadable-again", Assert.Single(result.Concerns).Code);
        Assert.False(result.IsVerified);
    }

    [Fact]
    public async Task Resumes_after_the_drive_vanished_without_reading_what_was_read()
    {
        OperationFailedException gone = await Assert.ThrowsAsync<OperationFailedException>(
            () => RunAsync(new SimulatedDisc(Content).GoneAt(1_200)));
        Assert.Equal("drive-gone", gone.Failure.Code);
        Assert.Equal("interrupted", Manifest().GetProperty("backup_status").GetProperty("overall_status").GetString());
        SimulatedDisc again = new(Content);

        ImagingResult result = await RunAsync(again, request => request with { Resume = true });

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.True(result.Readings[0].BytesFromEarlierRun >= 1_024 * 2048);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
        Assert.DoesNotContain(again.Reads, range => range.Start < 1_024 && range.Count > 32); // pieces are, to see whether it is the same disc
    }

    [Fact]
    public async Task Stops_when_told_to_and_keeps_what_was_done()
    {
        using CancellationTokenSource stop = new();
        SimulatedDisc disc = new(Content) { BeforeRead = range => { if (range.Start >= 1_024) { stop.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(new FakeSource(disc), request => request, stop.Token));

        Assert.True(MapOnDisk().Total(SectorState.Finished) >= 1_024);
        Assert.Equal(ImagingOutcome.Success, (await RunAsync(new SimulatedDisc(Content), request => request with { Resume = true })).Outcome);
    }

    [Fact]
    public async Task Reads_again_what_the_storage_changed_between_two_runs()
    {
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new SimulatedDisc(Content).GoneAt(1_200)));
        Flip(Part, 600 * 2048);

        ImagingResult result = await RunAsync(new SimulatedDisc(Content), request => request with { Resume = true });

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal("part-changed", Assert.Single(result.Warnings).Code);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Improves_a_damaged_image_with_what_another_drive_can_read()
    {
        await RunAsync(new SimulatedDisc(Content).Bad(300, 20));
        SimulatedDisc better = new SimulatedDisc(Content).Bad(310);

        ImagingResult result = await RunAsync(better, request => request with { Resume = true, Retries = 0 });

        Assert.Equal([new SectorRange(310, 1)], result.Map!.RangesOf(SectorState.Bad));
        Assert.Equal([new SectorRange(310, 1)], MapOnDisk().RangesOf(SectorState.Bad));
        Assert.Equal(19, result.Passes.Sum(pass => pass.SectorsRead));
    }

    [Fact]
    public async Task Goes_on_with_what_ddrescue_left()
    {
        Directory.CreateDirectory(_directory["disc"]);
        byte[] half = [.. Content.AsSpan(0, 1_000 * 2048), .. SimulatedDisc.Pattern(1_000 * 2048, seed: 9)];
        await File.WriteAllBytesAsync(Part, half);
        await File.WriteAllTextAsync(
            _directory["rescue.map"], $"0x0 ? 1\n0 {1_000 * 2048} +\n{1_000 * 2048} {1_000 * 2048} ?\n");

        ImagingResult result = await RunAsync(
            new SimulatedDisc(Content), request => request with { Resume = true, MapPath = _directory["rescue.map"] });

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
        Assert.True(File.Exists(_directory["rescue.map"]));
    }

    [Fact]
    public async Task Refuses_to_resume_with_another_disc()
    {
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new SimulatedDisc(Content).GoneAt(1_200)));

        OperationFailedException refusal = await Assert.ThrowsAsync<OperationFailedException>(
            () => RunAsync(new SimulatedDisc(SimulatedDisc.Pattern(Content.Length, seed: 2)), request => request with { Resume = true }));

        Assert.Equal("another-disc", refusal.Failure.Code);
    }

    [Theory]
    [InlineData(0)] // its start is another
    [InlineData(700)] // alike at the start, as discs of one kind are
    [InlineData(1_000)] // other only where reading stopped
    public async Task Refuses_a_disc_of_the_same_size_wherever_it_differs_and_changes_nothing(int from)
    {
        await RunAsync(new SimulatedDisc(Content).Bad(1_200, 4));
        string[] before = [.. Directory.EnumerateFiles(_directory["disc"]).Order(StringComparer.Ordinal).Select(path => path + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))))];
        byte[] other = [.. Content];
        SimulatedDisc.Pattern(200 * 2048, seed: 2).CopyTo(other.AsSpan(from * 2048));

        Failure refusal = await FailureOfAsync(new SimulatedDisc(other), request => request with { Resume = true });

        Assert.Equal("another-disc", refusal.Code);
        Assert.Equal(before, Directory.EnumerateFiles(_directory["disc"]).Order(StringComparer.Ordinal).Select(path => path + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))));
    }

    [Fact]
    public async Task Takes_back_what_was_read_since_the_disc_was_known_to_be_the_same()
    {
        bool isOther = false;
        byte[] other = SimulatedDisc.Pattern(Content.Length, seed: 2);
        byte[] inDrive = [.. Content];
        SimulatedDisc disc = new(inDrive)
        {
            BeforeRead = range =>
            {
                if (range.Start >= 1_024 && !isOther)
                {
                    other.CopyTo(inDrive.AsSpan());
                    isOther = true;
                    Thread.Sleep(300);
                }
            },
        };
        FakeSource source = new(disc) { Check = () => { if (isOther) { throw new OperationFailedException(new("disc-changed", "another disc")); } } };

        OperationFailedException changed = await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(source));

        Assert.Equal("disc-changed", changed.Failure.Code);
        SectorMap map = MapOnDisk();
        byte[] part = await File.ReadAllBytesAsync(Part);
        Assert.All(map.RangesOf(SectorState.Finished), range => Assert.True(
            part.AsSpan((int)range.Start * 2048, (int)range.Count * 2048).SequenceEqual(Content.AsSpan((int)range.Start * 2048, (int)range.Count * 2048))));
        Assert.Equal(0, map.Total(SectorState.Bad));
        Assert.Equal(ImagingOutcome.Success, (await RunAsync(new SimulatedDisc(Content), request => request with { Resume = true })).Outcome);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Calls_no_image_good_of_a_disc_that_was_changed_and_nobody_noticed()
    {
        byte[] inDrive = [.. Content];
        bool isOther = false;
        SimulatedDisc disc = new(inDrive)
        {
            BeforeRead = range =>
            {
                if (range.Start >= 1_024 && !isOther)
                {
                    isOther = true;
                    SimulatedDisc.Pattern(Content.Length, seed: 2).CopyTo(inDrive.AsSpan());
                }
            },
        };

        ImagingResult result = await RunAsync(new FakeSource(disc));

        Assert.Equal(ImagingOutcome.Failed, result.Outcome);
        Assert.Contains(result.Concerns, concern => concern.Code == "disc-differs");
        Assert.False(File.Exists(Image));
    }

    [Fact]
    public async Task Keeps_the_history_of_an_image_that_several_runs_made()
    {
        await RunAsync(new SimulatedDisc(Content).Bad(700, 5), request => request with { Operator = "anna\nStatus: forged", Premis = true, CommandLine = "spindle image one" });
        Assert.True(File.Exists(_directory["disc/disc.runs.part"]));

        ImagingResult result = await RunAsync(
            new SimulatedDisc(Content), request => request with { Operator = "bob", Premis = true, Resume = true, CommandLine = "spindle image two" });

        Assert.Equal(["anna\nStatus: forged", "bob"], result.Runs.Select(run => run.Operator));
        Assert.Equal([SectorCount - 5, 5], result.Runs.Select(run => run.SectorsGot));
        Assert.Equal([ImagingOutcome.Incomplete, ImagingOutcome.Success], result.Runs.Select(run => run.Outcome));
        JsonElement[] runs = [.. Manifest().GetProperty("runs").EnumerateArray()];
        Assert.Equal(["spindle image one", "spindle image two"], runs.Select(run => run.GetProperty("command_line").GetString()));
        string[] log = await File.ReadAllLinesAsync(_directory["disc/disc.iso.log.txt"]);
        Assert.Single(log, line => line.StartsWith("Status:", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains(@"anna\u000AStatus: forged", StringComparison.Ordinal));
        string premis = await File.ReadAllTextAsync(_directory["disc/disc_premis.xml"]);
        Assert.Equal(2, premis.Split("<premis:eventType>creation<").Length - 1);
        Assert.Equal(3, premis.Split("<premis:agentName>").Length - 1);
        Assert.DoesNotContain(Outputs(), name => name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Knows_of_what_another_program_has_read_how_much_it_is_and_nothing_else()
    {
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new SimulatedDisc(Content).GoneAt(1_200)));
        File.Delete(_directory["disc/disc.runs.part"]);

        ImagingResult result = await RunAsync(new SimulatedDisc(Content), request => request with { Resume = true });

        Assert.Equal(new ImagingRunRecord { SectorsGot = result.Runs[0].SectorsGot }, result.Runs[0]);
        Assert.Equal(SectorCount, result.Runs.Sum(run => run.SectorsGot));
    }

    [Fact]
    public async Task Refuses_a_second_writer_whatever_it_may_overwrite_and_lets_the_first_one_end()
    {
        Failure? second = null;
        SimulatedDisc disc = new(Content)
        {
            BeforeRead = range =>
            {
                if (range.Start == 1_024 && second is null)
                {
                    second = FailureOfAsync(new SimulatedDisc(Content), request => request with { Overwrite = true }).GetAwaiter().GetResult();
                }
            },
        };

        ImagingResult first = await RunAsync(disc);

        Assert.Equal("target-busy", second!.Code);
        Assert.Equal(ImagingOutcome.Success, first.Outcome);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
    }

    [Fact]
    public async Task Replaces_an_image_by_one_that_is_as_good_where_nothing_can_be_proven()
    {
        FakeSource Cached(byte[] content) => new(new(content)) { Bypass = CacheBypass.None };
        await RunAsync(Cached(SimulatedDisc.Pattern(Content.Length, seed: 7)), request => request with { Verify = VerifyMode.Disc });

        ImagingResult result = await RunAsync(Cached(Content), request => request with { Verify = VerifyMode.Disc, Overwrite = true });

        Assert.Equal("cache-not-bypassed", Assert.Single(result.Concerns).Code);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
        Assert.False(File.Exists(Part));
    }

    [Fact]
    public async Task Says_that_the_old_image_stays_and_writes_checksums_for_the_new_one()
    {
        await RunAsync(new SimulatedDisc(Content));

        ImagingResult result = await RunAsync(new SimulatedDisc(Content).Bad(700), request => request with { Overwrite = true });

        Assert.Contains(result.Warnings, warning => warning.Code == "old-image-stays");
        string line = await File.ReadAllTextAsync(Part + ".sha256");
        Assert.Equal($"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(Part)))}  disc.iso.part\n", line);
        Assert.Contains(result.RecordPaths, path => path == Part + ".sha256");
    }

    [Fact]
    public async Task Finds_out_in_a_dry_run_that_nothing_can_be_written()
    {
        _files.BeforeWritingWhole = path => throw new OperationFailedException(new("target-denied", path));

        Assert.Equal("target-denied", (await FailureOfAsync(new SimulatedDisc(Content), request => request with { DryRun = true })).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Refuses_a_name_that_its_record_would_be_too_long_with_and_makes_no_folder()
    {
        Assert.Equal("name-too-long", (await FailureOfAsync(new SimulatedDisc(Content), request => request with { Name = new('a', 250) })).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Numbers_discs_of_one_name_and_goes_on_with_the_unfinished_one()
    {
        FakeSource Source(SimulatedDisc disc) => new(disc) { Structure = SourceStructure.None with { VolumeIdentifier = "BOX12" } };
        await RunAsync(Source(new(Content)), request => request with { Name = null });
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(Source(new SimulatedDisc(Content).GoneAt(1_200)), request => request with { Name = null }));
        await RunAsync(Source(new(Content)), request => request with { Name = null, Resume = true });
        await RunAsync(Source(new(Content)), request => request with { Name = null });

        Assert.Equal(["BOX12", "BOX12-2", "BOX12-3"], Directory.EnumerateDirectories(_directory.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal("already-exists", (await FailureOfAsync(new SimulatedDisc(Content), request => request with { Name = "BOX12" })).Code);
    }

    [Theory]
    [InlineData("-rf", "_rf")]
    [InlineData("CON", "CON_")]
    [InlineData("com1.backup", "com1.backup_")]
    [InlineData("a'b\"c`d$e", "a_b_c_d_e")]
    [InlineData("a\u0085b\u202Ec\nd", "a_b_c_d")]
    [InlineData("...", "disc")]
    [InlineData("COMPUTER", "COMPUTER")]
    [InlineData("Ärzte 1999", "Ärzte 1999")]
    public void Makes_a_safe_name_of_any_label(string label, string name) =>
        Assert.Equal(name, (new FakeSource(new(Content)) { Structure = SourceStructure.None with { VolumeIdentifier = label } }).Description.DefaultName);

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public async Task Goes_on_in_a_drive_that_tells_of_a_few_sectors_fewer_or_more(int more)
    {
        byte[] longer = [.. Content, .. SimulatedDisc.Pattern(4_096, seed: 3)];
        byte[] first = more < 0 ? longer : Content;
        byte[] second = more < 0 ? Content : longer;
        await RunAsync(new SimulatedDisc(first).Bad(300, 20));

        ImagingResult result = await RunAsync(new SimulatedDisc(second), request => request with { Resume = true, Verify = VerifyMode.Disc });

        Assert.Contains(result.Warnings, warning => warning.Code == "length-differs");
        Assert.Equal(longer, await File.ReadAllBytesAsync(Image));
        Assert.Equal(longer.Length, result.Source.Length);
    }

    [Fact]
    public async Task Looks_again_at_what_the_first_look_could_not_read()
    {
        byte[] disc = Content.ToArray();
        byte[] descriptor = new byte[2048];
        "\u0001CD001\u0001\0"u8.CopyTo(descriptor);
        descriptor.AsSpan(8, 64).Fill((byte)' ');
        "BOX12"u8.CopyTo(descriptor.AsSpan(40));
        (descriptor[80], descriptor[81], descriptor[86], descriptor[87]) = (0xD0, 0x07, 0x07, 0xD0); // volume space size: 2,000
        (descriptor[129], descriptor[130]) = (8, 8); // logical block size: 2,048
        byte[] root = [34, 0, 18, 0, 0, 0, 0, 0, 0, 18, 0, 8, 0, 0, 0, 0, 8, 0, 99, 1, 1, 0, 0, 0, 0, 2, 0, 0, 1, 0, 0, 1, 1, 0];
        root.CopyTo(descriptor, 156);
        (descriptor[120], descriptor[123], descriptor[124], descriptor[127], descriptor[881]) = (1, 1, 1, 1, 1); // disc 1 of a set of 1; version
        descriptor.CopyTo(disc, 16 * 2048);
        byte[] terminator = new byte[2048];
        "\u00FFCD001\u0001"u8[1..].CopyTo(terminator); // its first byte is 255, which UTF-8 makes two of
        terminator[0] = 0xFF;
        terminator.CopyTo(disc, 17 * 2048);
        FakeSource source = new(new SimulatedDisc(disc).Flaky(16, 1, failures: 2)) { FoundUnreadable = [16] };

        ImagingResult result = await RunAsync(source, request => request with { Retries = 4 });

        Assert.Equal("BOX12", result.Source.Structure.VolumeIdentifier);
        Assert.Equal("BOX12", Manifest().GetProperty("source_disc").GetProperty("volume_name").GetString());
    }

    [Theory]
    [InlineData(true, "data", 1)]
    [InlineData(false, null, 0)]
    public async Task Tells_what_the_disc_holds_where_its_structure_was_looked_at(bool structure, string? kind, int files)
    {
        Directory.CreateDirectory(_directory["tree"]);
        await File.WriteAllBytesAsync(_directory["tree/letter.txt"], new byte[5000]);
        byte[] disc = await File.ReadAllBytesAsync(DiscImages.OfDirectory(_directory["tree"]));

        await RunAsync(new SimulatedDisc(disc), request => request with { Structure = structure });

        JsonElement holds = Manifest().GetProperty("holds");
        Assert.Equal(structure ? JsonValueKind.Object : JsonValueKind.Null, holds.ValueKind);
        Assert.Equal(kind, structure ? holds.GetProperty("kinds")[0].GetString() : null);
        Assert.Equal(files, structure ? holds.GetProperty("files")[0].GetProperty("files").GetInt32() : 0);
    }

    [Fact]
    public async Task Tells_of_tracks_of_sound_that_are_not_in_the_image()
    {
        Directory.CreateDirectory(_directory["tree"]);
        await File.WriteAllBytesAsync(_directory["tree/letter.txt"], new byte[5000]);
        SimulatedDisc disc = new(await File.ReadAllBytesAsync(DiscImages.OfDirectory(_directory["tree"])));

        await RunAsync(new FakeSource(disc) { Tracks = [new(1, 1, IsData: true, new(0, 200), null), new(2, 1, IsData: false, new(200, 9000), "Song")] }, request => request);

        JsonElement holds = Manifest().GetProperty("holds");
        Assert.Equal(["audio-cd", "data"], holds.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()));
        Assert.Equal(1, holds.GetProperty("sound_tracks").GetInt32());
    }

    [Fact]
    public async Task Names_every_file_with_its_size()
    {
        await RunAsync(new SimulatedDisc(Content).Bad(700, 5));

        JsonElement[] files = [.. Manifest().GetProperty("output_files").GetProperty("files").EnumerateArray()];

        Assert.Equal(Outputs(), files.Select(file => file.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(
            files.Where(file => file.GetProperty("size_bytes").ValueKind == JsonValueKind.Number),
            file => Assert.Equal(new FileInfo(_directory[$"disc/{file.GetProperty("name").GetString()}"]).Length, file.GetProperty("size_bytes").GetInt64()));
        Assert.Single(files, file => file.GetProperty("size_bytes").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Refuses_to_start_over_an_unfinished_copy_unasked()
    {
        await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new SimulatedDisc(Content).GoneAt(1_200)));

        Assert.Equal("unfinished-copy", (await FailureOfAsync(new(Content))).Code);
        Assert.Equal(ImagingOutcome.Success, (await RunAsync(new SimulatedDisc(Content), request => request with { Overwrite = true })).Outcome);
    }

    [Fact]
    public async Task Refuses_to_replace_an_image_unasked()
    {
        await RunAsync(new SimulatedDisc(Content));

        Assert.Equal("already-exists", (await FailureOfAsync(new(Content))).Code);
        Assert.Equal("already-complete", (await FailureOfAsync(new(Content), request => request with { Resume = true })).Code);
    }

    [Fact]
    public async Task Lets_a_good_image_and_its_record_stand_until_the_new_one_is_proven()
    {
        await RunAsync(new SimulatedDisc(Content));
        byte[] record = await File.ReadAllBytesAsync(_directory["disc/disc_manifest.json"]);

        ImagingResult worse = await RunAsync(new SimulatedDisc(Content).Bad(7), request => request with { Overwrite = true });

        Assert.Equal(Part, worse.ImagePath);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Image));
        Assert.Equal(record, await File.ReadAllBytesAsync(_directory["disc/disc_manifest.json"]));
        Assert.True(File.Exists(_directory["disc/disc.failed_manifest.json"]));
    }

    [Fact]
    public async Task Leaves_a_map_alone_that_is_of_no_image_here()
    {
        string map = _directory.Write("rescue.map", "0x0 + 1\n0 0x800 +\n"u8);

        Failure fresh = await FailureOfAsync(new(Content), request => request with { MapPath = map });
        Failure resumed = await FailureOfAsync(new(Content), request => request with { MapPath = map, Resume = true });

        Assert.Equal("already-exists", fresh.Code);
        Assert.Equal("no-part", resumed.Code);
        Assert.Equal("0x0 + 1\n0 0x800 +\n", await File.ReadAllTextAsync(map));
    }

    [Fact]
    public async Task Refuses_to_write_what_it_reads()
    {
        Failure failure = await FailureOfAsync(new(Content), request => request with { Source = Part, Overwrite = true });

        Assert.Equal("source-is-target", failure.Code);
    }

    [Fact]
    public async Task Looks_for_room_before_it_touches_anything()
    {
        _files.Free = Content.Length - 1;

        Assert.Equal("no-space", (await FailureOfAsync(new(Content))).Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Writes_nothing_and_claims_nothing_in_a_dry_run()
    {
        SimulatedDisc disc = new(Content);
        FakeSource source = new(disc);

        ImagingResult result = await RunAsync(source, request => request with { DryRun = true });

        Assert.Equal(ImagingOutcome.DryRun, result.Outcome);
        Assert.False(result.IsVerified);
        Assert.Empty(disc.Reads);
        Assert.False(source.WasEjected);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task Ejects_at_the_end_unless_told_not_to()
    {
        FakeSource source = new(new(Content));
        FakeSource kept = new(new(Content));

        Assert.True((await RunAsync(source)).Ejected);
        await RunAsync(kept, request => request with { Name = "other", Eject = false });

        Assert.True(source.WasEjected);
        Assert.False(kept.WasEjected);
    }

    [Fact]
    public async Task Takes_a_drive_that_does_not_eject_for_no_damage_to_the_image()
    {
        FakeSource source = new(new(Content)) { EjectFailure = new("cannot-eject", "no") };

        ImagingResult result = await RunAsync(source);

        Assert.Equal(ImagingOutcome.Success, result.Outcome);
        Assert.Equal("cannot-eject", Assert.Single(result.Warnings).Code);
    }

    [Fact]
    public async Task Reports_progress_as_totals_that_only_grow()
    {
        await RunAsync(new SimulatedDisc(Content));

        Assert.Equal(Content.Length, _progress.Last(p => p.Stage == "copying").Done);
        Assert.Equal(Content.Length, _progress.Last(p => p.Stage == "verifying-image").Done);
        Assert.All(_progress.Zip(_progress.Skip(1)), pair => Assert.True(
            pair.First.Stage != pair.Second.Stage || pair.First.Done < pair.Second.Done));
    }

    public void Dispose() => _directory.Dispose();

    private static void Flip(string path, long position)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = position;
        int value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ 0xFF));
    }

    [Fact]
    public async Task Mounts_a_disc_again_that_stays_in_the_drive()
    {
        FakeSource ejected = new(new(Content));
        FakeSource kept = new(new(Content));

        Assert.Empty((await RunAsync(ejected)).MountedAgain);
        ImagingResult result = await RunAsync(kept, request => request with { Name = "other", Eject = false });

        Assert.Empty(ejected.MountedAgain);
        Assert.Equal(["/media/disc"], kept.MountedAgain);
        Assert.Equal("/media/disc", Assert.Single(result.MountedAgain).Point);
        Assert.Contains("remount_command\": \"mount -t iso9660", File.ReadAllText(_directory["other/other_manifest.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_a_disc_is_not_mounted_again_whatever_the_end()
    {
        Failure failure = new("not-mounted-again", "/media/disc is not mounted any more", "run mount");
        using CancellationTokenSource stop = new();
        SimulatedDisc disc = new(Content) { BeforeRead = range => { if (range.Start >= 1_024) { stop.Cancel(); } } };

        ImagingResult result = await RunAsync(new FakeSource(new(Content)) { MountFailure = failure }, request => request with { Eject = false });
        OperationFailedException stopped = await Assert.ThrowsAsync<OperationFailedException>(
            () => RunAsync(new FakeSource(disc) { MountFailure = failure }, request => request with { Name = "other" }, stop.Token));

        Assert.Contains(failure, result.Warnings);
        Assert.Equal(("cancelled", "stopped; what was read is kept; /media/disc is not mounted any more"), (stopped.Failure.Code, stopped.Failure.What));
        Assert.Contains("run mount", stopped.Failure.Hint, StringComparison.Ordinal);
    }

    private Func<ParityLayout, long, bool>? _mayRepair;

    private Task<ImagingResult> RunAsync(SimulatedDisc disc) => RunAsync(new FakeSource(disc));

    private Task<ImagingResult> RunAsync(SimulatedDisc disc, Func<ImagingRequest, ImagingRequest> change) => RunAsync(new FakeSource(disc), change);

    private Task<ImagingResult> RunAsync(FakeSource source) => RunAsync(source, request => request);

    private Task<ImagingResult> RunAsync(FakeSource source, Func<ImagingRequest, ImagingRequest> change) =>
        RunAsync(source, change, CancellationToken.None);

    private Task<ImagingResult> RunAsync(FakeSource source, Func<ImagingRequest, ImagingRequest> change, CancellationToken cancellationToken)
    {
        Imager imager = new(_ => source, _files, TimeProvider.System, _mayRepair);
        ImagingRequest request = new() { Source = "/dev/simulated", Directory = _directory.Path, Name = "disc" };
        return imager.RunAsync(change(request), new Recorder(_progress), cancellationToken);
    }

    private async Task<Failure> FailureOfAsync(SimulatedDisc disc, Func<ImagingRequest, ImagingRequest>? change = null) =>
        (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(disc, change ?? (request => request)))).Failure;

    private SectorMap MapOnDisk()
    {
        string path = _directory["disc/disc.map"];
        using StreamReader text = new(File.Exists(path) ? path : path + ".part");
        return RescueMapFile.Parse(text).ToSectorMap(2048, Content.Length);
    }

    private JsonElement Manifest() => JsonDocument.Parse(File.ReadAllBytes(_directory["disc/disc_manifest.json"])).RootElement;

    private IEnumerable<string> Outputs() =>
        Directory.EnumerateFiles(_directory["disc"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private sealed class Recorder(List<WorkProgress> progress) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => progress.Add(value);
    }

    private async Task<byte[]> ProtectedAsync()
    {
        string path = _directory.Write("protected.iso", Content);
        Protector.Protect(new() { Image = path, Redundancy = Redundancy.OfRoots(40) });
        return await File.ReadAllBytesAsync(path);
    }
}
