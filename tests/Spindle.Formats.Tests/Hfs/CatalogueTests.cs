// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Hfs;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Hfs;

/// <summary>What a catalogue says of its entries, and what becomes of it where nodes and records are not what they should be.</summary>
public sealed class CatalogueTests
{
    private const int CatalogueBlock = 100; // of HfsBytes
    private const int PlusNode = 2; // blocks of 512 bytes
    private const int FirstLeaf = 2; // behind header and root

    [Fact]
    public void A_file_of_HFS_plus_has_the_permissions_that_are_recorded_and_none_where_none_are()
    {
        Volume volume = Permitted([("none", 0, 501), ("plain", 0x81A4, 502), ("socket", 0xC1ED, 503), ("kept", 0x01ED, 504)]);

        Assert.Equal(
            [
                ("kept", EntryType.File, 0x01ED, 504u, 604u), ("none", EntryType.File, null, null, null),
                ("plain", EntryType.File, 0x81A4, 502u, 602u), ("socket", EntryType.Other, 0xC1ED, 503u, 603u),
            ],
            volume.Walk().Select(entry => (entry.Name, entry.Type, entry.Mode, entry.Uid, entry.Gid)));
    }

    [Fact]
    public void A_symbolic_link_of_HFS_plus_leads_where_its_content_says()
    {
        HfsBytes image = new(isPlus: true);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 3);
        foreach ((string name, int block, long length) in ((string, int, long)[])[("empty", 0, 0), ("link", 1, 8), ("torn", 2, 9)])
        {
            image.File(HfsBytes.RootId, name, 16, (length, [(HfsBytes.DataBlock + block, 1)]), record => HfsBytes.Write16(record, 42, 0xA1ED));
        }

        image.Put(HfsBytes.DataBlock + 1, "to/there"u8);
        image.Put(HfsBytes.DataBlock + 2, "to\0there!"u8);
        Volume volume = SourceTree.Open(image.Disc());

        Assert.Equal([("empty", true), ("link", false), ("torn", true)], volume.Walk().Select(entry => (entry.Name, entry.IsDescriptionLost)));
        VolumeEntry link = volume.Find("link")!; // it is listed above
        Assert.Equal((EntryType.Symlink, "to/there", 0L), (link.Type, link.Target, link.Size));
        Assert.Empty(link.Extents);
        Assert.Equal([HfsRules.LinkReadable], volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(true, 41, 0x20, 0x00DF)] // ownerFlags: UF_COMPRESSED
    [InlineData(false, 41, 0x20, 0x00DF)]
    public void A_file_is_compressed_where_its_flag_says_so(bool isPlus, int place, byte flag, byte others)
    {
        HfsBytes image = new(isPlus);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 2);
        image.File(HfsBytes.RootId, "a", 16, (1, [(HfsBytes.DataBlock, 1)]), record => record[place] = flag);
        image.File(HfsBytes.RootId, "b", 17, (1, [(HfsBytes.DataBlock, 1)]), record => record[place] = others);

        Assert.Equal([("a", isPlus), ("b", false)], SourceTree.Open(image.Disc()).Walk().Select(entry => (entry.Name, entry.IsSystemCompressed)));
    }

    [Theory]
    [InlineData(true, 48, 32)]
    [InlineData(false, 4, 16)]
    public void What_the_Finder_knows_is_kept(bool isPlus, int place, int length)
    {
        byte[] told = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];
        HfsBytes image = new(isPlus);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 1);
        image.File(HfsBytes.RootId, "a", 16, (1, [(HfsBytes.DataBlock, 1)]), record =>
        {
            told.AsSpan(0, length).CopyTo(record.AsSpan(place));
            told.AsSpan(length).CopyTo(record.AsSpan(56)); // filFndrInfo
            HfsBytes.Write(record, isPlus ? 8 : 20, 16);
        });

        Assert.Equal(told, Assert.Single(SourceTree.Open(image.Disc()).Walk()).FinderInfo.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_read_behind_the_last_entry_of_a_directory(bool isPlus)
    {
        // Leaves of one record: the names of the root, and behind them those of the two folders, of which the last can't be read.
        HfsBytes image = TwoFolders(isPlus);
        int node = isPlus ? PlusNode : 1;
        int lost = (isPlus ? 0 : 4) + CatalogueBlock + ((FirstLeaf + 5) * node);

        Volume volume = SourceTree.Open(image.Disc().Bad(lost, node));

        Assert.Equal(["a", "b"], volume.List(volume.Root).Select(entry => entry.Name));
        Assert.Equal(["one"], volume.List(volume.Find("a")!).Select(entry => entry.Name));
        Assert.Empty(volume.Findings.Items);
        Assert.Equal(["three"], volume.List(volume.Find("b")!).Select(entry => entry.Name)); // and not two
        Assert.Equal([HfsRules.NodeReadable, HfsRules.EntriesCounted], volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_directory_that_lacks_entries_is_told_of_and_one_that_has_more_is_not(bool isPlus)
    {
        foreach ((int valence, bool isShort) in ((int, bool)[])[(1, false), (2, false), (3, true)])
        {
            HfsBytes image = new(isPlus);
            image.Folder(1, "Hand", HfsBytes.RootId, valence);
            image.File(HfsBytes.RootId, "a", 16, (1, [(HfsBytes.DataBlock, 1)]));
            image.File(HfsBytes.RootId, "b", 17, (1, [(HfsBytes.DataBlock, 1)]));
            Volume volume = SourceTree.Open(image.Disc());

            Assert.Equal(2, volume.Walk().Count());
            Assert.Equal(isShort ? [HfsRules.EntriesCounted] : [], volume.Findings.Counts.Keys);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_row_of_leaves_is_followed_where_the_way_down_is_lost(bool isPlus)
    {
        HfsBytes image = TwoFolders(isPlus);
        int node = isPlus ? PlusNode : 1;
        SimulatedDisc disc = image.Disc().Bad((isPlus ? 0 : 4) + CatalogueBlock + node, node); // the root

        Volume volume = SourceTree.Open(disc);

        Assert.Equal(["/a", "/a/one", "/b", "/b/three", "/b/two"], volume.Walk().Select(entry => entry.Path).Order(StringComparer.Ordinal));
        Assert.Equal([HfsRules.NodeReadable], volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_row_of_leaves_that_leads_back_ends(bool isPlus)
    {
        byte[] bytes = Bytes(TwoFolders(isPlus));
        int size = (isPlus ? PlusNode : 1) * 512;
        int last = (((isPlus ? 0 : 4) + CatalogueBlock) * 512) + ((FirstLeaf + 5) * size);
        bytes[last + 3] = FirstLeaf + 4; // fLink, to the leaf before

        Volume volume = SourceTree.Open(new SimulatedDisc(bytes, 512));

        Assert.Contains("/b/two", volume.Walk().Select(entry => entry.Path).ToList());
        Assert.Contains(HfsRules.NodesEnd, volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(6, true)] // behind the two bytes of its own length, no room for a directory and the count of letters
    [InlineData(0, false)]
    public void A_record_with_a_key_that_is_too_short_is_told_of_and_passed_by(int keyLength, bool isShort)
    {
        byte[] bytes = Bytes(TwoFolders(isPlus: true));
        int record = (CatalogueBlock * 512) + ((FirstLeaf + 1) * PlusNode * 512) + 14; // "a" in the root
        if (isShort)
        {
            HfsBytes.Write16(bytes, record, keyLength - 2);
        }

        Volume volume = SourceTree.Open(new SimulatedDisc(bytes, 512));

        Assert.Equal(isShort ? ["b"] : ["a", "b"], volume.List(volume.Root).Select(entry => entry.Name));
        Assert.Equal(isShort, volume.Findings.Counts.ContainsKey(HfsRules.RecordWithinNode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_leaves_are_held_against_the_count_of_the_header(bool isPlus)
    {
        foreach (int more in (int[])[0, 1])
        {
            byte[] bytes = Bytes(TwoFolders(isPlus));
            bytes[(((isPlus ? 0 : 4) + CatalogueBlock) * 512) + 14 + 9] += (byte)more; // the low byte of leafRecords

            DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(bytes, 512));

            Assert.Equal(more != 0, analysis.Findings.Counts.ContainsKey(HfsRules.RecordsCounted));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_volume_without_a_root_directory_says_so(bool isPlus)
    {
        HfsBytes image = new(isPlus);
        image.File(HfsBytes.RootId, "a", 16, (1, [(HfsBytes.DataBlock, 1)]));

        Volume volume = SourceTree.Open(image.Disc());

        Assert.Equal(["a"], volume.Walk().Select(entry => entry.Name));
        Assert.Equal(HfsRules.NodeReadable, Assert.Single(volume.Findings.Items).Rule);
    }

    private static Volume Permitted((string Name, int Mode, uint Uid)[] files)
    {
        HfsBytes image = new(isPlus: true);
        image.Folder(1, "Hand", HfsBytes.RootId, files.Length);
        foreach ((string name, int mode, uint uid) in files)
        {
            image.File(HfsBytes.RootId, name, 16, (1, [(HfsBytes.DataBlock, 1)]), record =>
            {
                HfsBytes.Write(record, 32, uid); // TN1150, 'HFS Plus Permissions'
                HfsBytes.Write(record, 36, uid + 100);
                HfsBytes.Write16(record, 42, mode);
            });
        }

        return SourceTree.Open(image.Disc());
    }

    // In the order of the catalogue: the root, a, b, one, three, two.
    private static HfsBytes TwoFolders(bool isPlus)
    {
        HfsBytes image = new(isPlus);
        image.Folder(1, "Hand", HfsBytes.RootId, valence: 2);
        image.Folder(HfsBytes.RootId, "a", 16, valence: 1);
        image.Folder(HfsBytes.RootId, "b", 17, valence: 2);
        image.File(16, "one", 18, (1, [(HfsBytes.DataBlock, 1)]));
        image.File(17, "two", 19, (1, [(HfsBytes.DataBlock, 1)]));
        image.File(17, "three", 20, (1, [(HfsBytes.DataBlock, 1)]));
        return image;
    }

    private static byte[] Bytes(HfsBytes image)
    {
        SimulatedDisc disc = image.Disc();
        byte[] bytes = new byte[disc.Length];
        Assert.Equal(disc.SectorCount, disc.Read(new(0, disc.SectorCount), bytes).Count);
        return bytes;
    }
}
