// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text.Json;
using Spindle.Formats.MapFile;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Merging;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Merging;

public sealed class MergerTests : IDisposable
{
    private const int SectorCount = 2_000;

    private static readonly byte[] Content = SimulatedDisc.Pattern((SectorCount * 2048) - 100);

    private readonly TempDirectory _directory = new();
    private readonly FaultyFiles _files = new();

    private string Output => _directory["whole.iso"];

    [Fact]
    public async Task Two_copies_that_are_damaged_in_different_places_give_a_whole_image()
    {
        Random random = new(4);
        SectorRange[] first = [.. Enumerable.Range(0, 60).Select(i => new SectorRange((i * 33) + random.Next(3), 10))];
        SectorRange[] second = [.. first.Select(range => new SectorRange(range.Start + 15, 10))];

        MergeResult result = await MergeAsync(Copy("a", first), Copy("b", second));

        Assert.Empty(result.Concerns);
        Assert.True(result.Map.IsFinished);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Output));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), result.Hashes[HashKind.Sha256]);
        Assert.Equal(first, result.Ranges.Where(range => range.Sources is [1]).Select(range => range.Range));
        Assert.Equal(second, result.Ranges.Where(range => range.Sources is [0]).Select(range => range.Range));
    }

    [Fact]
    public async Task Copies_that_disagree_are_reported_and_none_is_chosen()
    {
        MergeResult result = await MergeAsync(Copy("a", [new(5, 1)]), Copy("b", [], wrong: [700, 701, 1_999]));

        Assert.Equal("copies-differ", Assert.Single(result.Concerns).Code);
        Assert.Equal([new(700, 2), new(1_999, 1)], result.Conflicts.Select(conflict => conflict.Range));
        Assert.All(result.Conflicts, conflict => Assert.Equal([0, 1], conflict.Dissenters));
        Assert.Equal([new(700, 2), new(1_999, 1)], MapOnDisk().RangesOf(SectorState.Bad));
        Assert.All((await File.ReadAllBytesAsync(Output)).Skip(700 * 2048).Take(4096), one => Assert.Equal(0, one));
    }

    [Fact]
    public async Task More_than_half_of_three_reads_decide_and_the_dissenter_is_told()
    {
        MergeResult result = await MergeAsync(Copy("a", []), Copy("b", [], wrong: [700]), Copy("c", []));

        Assert.Equal("copies-outvoted", Assert.Single(result.Concerns).Code);
        Assert.Equal([1], Assert.Single(result.Conflicts).Dissenters);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Output));
    }

    [Fact]
    public async Task What_no_copy_has_is_missing_in_the_state_of_the_one_that_knows_least()
    {
        MergeSource first = Copy("a", [new(100, 10)]);
        MergeSource second = Copy("b", [new(105, 10)], SectorState.NonTrimmed);

        MergeResult result = await MergeAsync(first, second);

        Assert.Equal("unreadable-sectors", Assert.Single(result.Concerns).Code);
        Assert.Equal([new SectorRange(105, 5)], MapOnDisk().RangesOf(SectorState.NonTrimmed));
        Assert.Equal(5, SectorCount - result.Map.Total(SectorState.Finished));
    }

    [Fact]
    public async Task The_record_says_where_every_sector_came_from()
    {
        await MergeAsync(Copy("a", [new(100, 10)]), Copy("b", [], wrong: [700]));

        JsonElement record = JsonDocument.Parse(await File.ReadAllBytesAsync(Output + "_merge.json")).RootElement;

        Assert.Equal("spindle/merge/1", record.GetProperty("schema").GetString());
        Assert.Equal(SectorCount, record.GetProperty("ranges").EnumerateArray().Sum(range => range.GetProperty("count").GetInt64()));
        Assert.Equal(700, record.GetProperty("conflicts")[0].GetProperty("start").GetInt64());
        Assert.Equal(1, record.GetProperty("ranges")[1].GetProperty("sources")[0].GetInt32());
    }

    [Fact]
    public async Task A_shorter_image_whose_end_was_not_read_is_a_copy_like_any_other()
    {
        MergeSource cut = Copy("a", [new(1_900, 100)]);
        await using (FileStream file = new(cut.Image, FileMode.Open))
        {
            file.SetLength(1_900 * 2048);
        }

        MergeResult result = await MergeAsync(cut, Copy("b", [new(0, 10)]));

        Assert.Empty(result.Concerns);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Output));
    }

    [Fact]
    public async Task Refuses_a_map_that_tells_of_more_than_its_image_has()
    {
        MergeSource cut = Copy("a", []);
        await using (FileStream file = new(cut.Image, FileMode.Open))
        {
            file.SetLength(1_900 * 2048);
        }

        Assert.Equal("image-too-short", await FailureOfAsync(cut, Copy("b", [])));
    }

    [Fact]
    public async Task Neither_overwrites_nor_writes_what_it_reads()
    {
        MergeSource first = Copy("a", []);
        MergeSource second = Copy("b", []);
        await MergeAsync(first, second);

        Assert.Equal("already-exists", await FailureOfAsync(first, second));
        Assert.Equal("source-is-target", await FailureOfAsync(first, new(Output, second.Map)));
    }

    [Fact]
    public async Task One_copy_has_one_vote()
    {
        MergeSource copy = Copy("a", []);

        Assert.Equal("copy-named-twice", await FailureOfAsync(copy, Copy("b", []), copy));
    }

    [Fact]
    public async Task Copies_that_disagree_mostly_may_be_of_different_discs()
    {
        MergeResult mostly = await MergeAsync(Copy("a", []), Copy("b", [], wrong: [.. Enumerable.Range(0, (SectorCount / 2) + 1)]));
        File.Delete(Output);
        File.Delete(Output + ".map");
        File.Delete(Output + "_merge.json");
        MergeResult rarely = await MergeAsync(Copy("c", []), Copy("d", [], wrong: [700]));

        Assert.Contains("different discs", Assert.Single(mostly.Concerns).Hint, StringComparison.Ordinal);
        Assert.DoesNotContain("different discs", Assert.Single(rarely.Concerns).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_it_was_given_that_is_no_copy()
    {
        MergeSource good = Copy("a", []);

        Assert.Equal("source-is-directory", await FailureOfAsync(good, new(_directory.Path, good.Map)));
        Assert.Equal("no-such-source", await FailureOfAsync(good, new(_directory["none.iso"], good.Map)));
        Assert.Equal("map-unreadable", await FailureOfAsync(good, new(good.Image + "2", _directory["none.map"])));
        Assert.Equal("bad-map", await FailureOfAsync(good, new(good.Image + "2", good.Image)));
    }

    [Fact]
    public async Task The_unfinished_copy_of_a_disc_is_not_lost_to_a_merge()
    {
        _directory.Write("whole.iso.part", [1, 2, 3]);

        Assert.Equal("unfinished-copy", await FailureOfAsync(Copy("a", []), Copy("b", [])));

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Output + ".part"));
    }

    [Fact]
    public async Task What_a_stopped_merge_has_left_is_no_obstacle()
    {
        using CancellationTokenSource source = new();
        _files.BeforeReadingBack = _ => source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MergeAsync(source.Token, Copy("a", []), Copy("b", [])));
        Assert.True(File.Exists(Output + ".part"));
        _files.BeforeReadingBack = _ => { };

        await MergeAsync(Copy("a", []), Copy("b", []));

        Assert.Equal(Content, await File.ReadAllBytesAsync(Output));
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.part"));
    }

    [Fact]
    public async Task Progress_begins_anew_with_each_stage()
    {
        List<WorkProgress> reports = [];
        MergeRequest request = new() { Output = Output, Sources = [Copy("a", []), Copy("b", [])] };

        await new Merger(_files, TimeProvider.System).RunAsync(request, new Collector(reports), CancellationToken.None);

        Assert.Equal(["copying", "verifying-image"], reports.Select(report => report.Stage).Distinct());
        Assert.All(reports.GroupBy(report => report.Stage), stage => Assert.Equal(Content.Length, stage.Last().Done));
    }

    [Fact]
    public async Task An_image_that_its_storage_changes_gets_no_name()
    {
        _files.BeforeReadingBack = path => File.WriteAllBytes(path, [.. File.ReadAllBytes(path).Select((one, at) => at == 5_000 ? (byte)(one ^ 1) : one)]);

        MergeResult result = await MergeAsync(Copy("a", []), Copy("b", []));

        Assert.Equal("image-differs", Assert.Single(result.Concerns).Code);
        Assert.False(File.Exists(Output));
        Assert.False(File.Exists(Output + ".map"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(512)]
    public async Task Sectors_of_another_size_are_taken_as_such(int? sectorSize)
    {
        // The second half of a 2048-byte sector is in one copy only, its first quarter in the other.
        MergeSource first = Copy("a", []);
        MergeSource second = Copy("b", []);
        File.WriteAllText(first.Map, $"0 + 1\n0 512 +\n512 {Content.Length - 512} -\n");
        File.WriteAllText(second.Map, $"0 + 1\n0 512 -\n512 {Content.Length - 512} +\n");

        MergeResult result = await new Merger(_files, TimeProvider.System).RunAsync(
            new() { Output = Output, Sources = [first, second], SectorSize = sectorSize }, new Progress<WorkProgress>(), CancellationToken.None);

        Assert.Equal(512, result.SectorSize);
        Assert.Empty(result.Concerns);
        Assert.Equal(Content, File.ReadAllBytes(Output));
    }

    public void Dispose() => _directory.Dispose();

    private MergeSource Copy(string name, SectorRange[] missing, SectorState state = SectorState.Bad, int[]? wrong = null)
    {
        byte[] image = [.. Content];
        SectorMap map = new(SectorCount, SectorState.Finished);
        foreach (SectorRange range in missing)
        {
            map.Set(range, state);
            image.AsSpan()[((int)range.Start * 2048)..Math.Min((int)range.End * 2048, image.Length)].Fill(0xEE);
        }

        foreach (int sector in wrong ?? [])
        {
            image[sector * 2048] ^= 1;
        }

        using StringWriter text = new();
        new RescueMapFile { Blocks = RescueMapFile.BlocksOf(map, 2048, Content.Length) }.Write(text);
        return new(_directory.Write($"{name}.iso", image), _directory.Write($"{name}.map", System.Text.Encoding.UTF8.GetBytes(text.ToString())));
    }

    private Task<MergeResult> MergeAsync(params MergeSource[] sources) => MergeAsync(CancellationToken.None, sources);

    private Task<MergeResult> MergeAsync(CancellationToken token, params MergeSource[] sources) =>
        new Merger(_files, TimeProvider.System).RunAsync(new() { Output = Output, Sources = sources }, new Progress<WorkProgress>(), token);

    private async Task<string> FailureOfAsync(params MergeSource[] sources) =>
        (await Assert.ThrowsAsync<OperationFailedException>(() => MergeAsync(sources))).Failure.Code;

    private sealed class Collector(List<WorkProgress> reports) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => reports.Add(value);
    }

    private SectorMap MapOnDisk() => RescueMapFile.Read(Output + ".map").ToSectorMap(2048, Content.Length);
}
