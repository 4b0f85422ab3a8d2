// SPDX-License-Identifier: MIT
using Spindle.Formats.Hfs;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Hfs;

public sealed class HfsTreeTests
{
    private static readonly DateTimeOffset Modified = new(2001, 9, 9, 1, 46, 40, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_a_file_in_three_pieces_of_different_lengths(bool isPlus)
    {
        HfsBytes image = new(isPlus);
        (int, int)[] extents = [(HfsBytes.DataBlock + 40, 1), (HfsBytes.DataBlock, 5), (HfsBytes.DataBlock + 20, 3)];
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 1);
        image.File(HfsBytes.RootId, "file", 16, (4500, extents));

        Volume volume = SourceTree.Open(image.Disc());

        Assert.Equal("Hand", volume.VolumeIdentifier);
        Assert.Equal(image.Content(4500, extents), SourceTree.ReadAll(volume.OpenContent(Assert.Single(volume.Walk()))));
        Assert.Empty(volume.Findings.Items);
    }

    [Theory]
    [InlineData(true, 6)] // one leaf
    [InlineData(true, 1)]
    [InlineData(false, 6)]
    [InlineData(false, 1)]
    public void Reads_files_whose_extents_go_on_in_the_overflow_tree_among_those_of_others(bool isPlus, int perLeaf)
    {
        HfsBytes image = new(isPlus) { PerOverflowLeaf = perLeaf };
        Dictionary<string, byte[]> contents = Fragmented(image, isPlus, count: 4);

        Volume volume = SourceTree.Open(image.Disc());

        Assert.Equal(contents.Keys, volume.Walk().Select(entry => entry.Name));
        foreach (VolumeEntry entry in volume.Walk())
        {
            Assert.Equal(contents[entry.Name], SourceTree.ReadAll(volume.OpenContent(entry)));
        }

        Assert.Empty(volume.Findings.Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_a_resource_fork_whose_extents_go_on_behind_those_of_the_content(bool isPlus)
    {
        HfsBytes image = new(isPlus);
        int direct = isPlus ? 8 : 3;
        (int Start, int Count)[] data = [.. Enumerable.Range(0, direct + 1).Select(index => (HfsBytes.DataBlock + (index * 2), 1))];
        (int Start, int Count)[] resource = [.. Enumerable.Range(0, direct + 2).Select(index => (HfsBytes.DataBlock + 100 - (index * 3), 2))];
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 1);
        image.File(HfsBytes.RootId, "file", 16, ((direct + 1) * 512, data[..direct]), record =>
            image.Fork(record, isResource: true, (direct + 2) * 1024, resource[..direct]));
        image.Overflow(16, isResource: false, direct, data[direct..]);
        image.Overflow(16, isResource: true, direct * 2, resource[direct..]);

        Volume volume = SourceTree.Open(image.Disc());
        VolumeEntry file = Assert.Single(volume.Walk());

        int first = isPlus ? 0 : 4 * 512;
        Assert.Equal(data.Select(extent => first + (extent.Start * 512L)), file.Extents.Select(extent => extent.Position));
        Assert.Equal(resource.Select(extent => first + (extent.Start * 512L)), file.ResourceFork.Select(extent => extent.Position));
        Assert.Equal((direct + 2) * 1024, file.ResourceForkSize);
        Assert.Empty(volume.Findings.Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Passes_by_a_record_of_the_overflow_tree_that_is_too_short(bool isPlus)
    {
        const int manyRecords = 30;
        HfsBytes image = new(isPlus) { PerOverflowLeaf = manyRecords };
        image.Overflow(3, isResource: false, 1, (HfsBytes.DataBlock, 1)); // of another file
        image.ShortOverflow(4);
        Dictionary<string, byte[]> contents = Fragmented(image, isPlus, count: 1);

        Volume volume = SourceTree.Open(image.Disc());

        Assert.All(volume.Walk(), entry => Assert.Equal(contents[entry.Name], SourceTree.ReadAll(volume.OpenContent(entry))));
        Assert.Empty(volume.Findings.Items);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tells_how_much_of_a_file_no_extent_places(bool isPlus)
    {
        HfsBytes image = new(isPlus);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 1);
        image.File(HfsBytes.RootId, "file", 16, (5000, [(HfsBytes.DataBlock, 4)]));

        Volume volume = SourceTree.Open(image.Disc());
        VolumeEntry file = Assert.Single(volume.Walk());

        Assert.Equal([(ExtentKind.Recorded, 2048L), (ExtentKind.Unknown, 2952L)], file.Extents.Select(extent => (extent.Kind, extent.Length)));
        Assert.Equal([HfsRules.ForkAllocated], volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(true, 16)]
    [InlineData(false, 48)]
    public void A_time_is_what_is_recorded_to_the_second(bool isPlus, int place)
    {
        HfsBytes image = new(isPlus);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 1);
        image.File(HfsBytes.RootId, "file", 16, (1, [(HfsBytes.DataBlock, 1)]), record =>
        {
            HfsBytes.Write(record, place, MacintoshSeconds(Modified));
            HfsBytes.Write(record, place - 4, MacintoshSeconds(Modified.AddDays(-1)));
        });

        VolumeEntry file = Assert.Single(SourceTree.Open(image.Disc()).Walk());

        Assert.Equal(Modified, file.Modified);
        Assert.Equal(Modified.AddDays(-1), file.Created);
    }

    [Theory]
    [InlineData(true, 56)]
    [InlineData(false, 12)]
    public void A_file_is_hidden_where_the_Finder_shall_not_show_it_and_only_there(bool isPlus, int place)
    {
        HfsBytes image = new(isPlus);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 2);
        image.File(HfsBytes.RootId, "hidden", 16, (1, [(HfsBytes.DataBlock, 1)]), record => HfsBytes.Write16(record, place, 0x4000));
        image.File(HfsBytes.RootId, "shown", 17, (1, [(HfsBytes.DataBlock, 1)]), record => HfsBytes.Write16(record, place, 0xBFFF));

        Assert.Equal([("hidden", true), ("shown", false)], SourceTree.Open(image.Disc()).Walk().Select(entry => (entry.Name, entry.IsHidden)));
    }

    [Fact]
    public void A_volume_wraps_another_only_where_its_header_says_so()
    {
        // drEmbedExtent alone is the cache sizes of an older system (Inside Macintosh: Files, drVBMCSize and drCtlCSize).
        Assert.Null(WrappedIn(header => HfsBytes.Write16(header, 126, 7)));
        Assert.Equal((4 + 7) * 512, WrappedIn(header =>
        {
            "H+"u8.CopyTo(header.AsSpan(124));
            HfsBytes.Write16(header, 126, 7);
        }));
    }

    private static long? WrappedIn(Action<byte[]> change)
    {
        HfsBytes image = new(isPlus: false) { ChangeHeader = change };
        return HfsHeader.Read(new(image.Disc()), 0)!.WrappedPosition; // Disc has written one
    }

    // Files of 20 and more blocks, each a piece of its own, that lie in one another's gaps; so several records each.
    private static Dictionary<string, byte[]> Fragmented(HfsBytes image, bool isPlus, int count)
    {
        int perRecord = isPlus ? 8 : 3;
        Dictionary<string, byte[]> contents = [];
        image.Folder(1, "Hand", HfsBytes.RootId, count);
        for (int file = 0; file < count; file++)
        {
            (int Start, int Count)[] extents = [.. Enumerable.Range(0, 20 + file).Select(index => (HfsBytes.DataBlock + (index * 7) + file, 1))];
            int length = ((20 + file) * 512) - file;
            uint id = (uint)(256 * file) + 16; // the numbers differ in more than their last byte
            image.File(HfsBytes.RootId, $"f{file}", id, (length, extents[..perRecord]));
            for (int at = perRecord; at < extents.Length; at += perRecord)
            {
                image.Overflow(id, isResource: false, at, extents[at..Math.Min(at + perRecord, extents.Length)]);
            }

            contents.Add($"f{file}", image.Content(length, extents));
        }

        return contents;
    }

    private static uint MacintoshSeconds(DateTimeOffset time) => (uint)(time - new DateTimeOffset(1904, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
}
