// SPDX-License-Identifier: MIT
using Spindle.Formats.Iso9660;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Iso9660;

public class IsoTreeTests
{
    private const byte More = (byte)FileFlags.MultiExtent;
    private readonly Findings _findings = new();

    [Fact]
    public void Joins_the_sections_of_a_file_and_merges_those_that_touch()
    {
        VolumeEntry file = Assert.Single(List(
            DirectoryRecordTests.Record("BIG", 100, 0xFFFF_F800, More),
            DirectoryRecordTests.Record("BIG", 100 + 0x1F_FFFF, 2048, More),
            DirectoryRecordTests.Record("BIG", 9, 5)));

        Assert.Equal(0xFFFF_F800L + 2048 + 5, file.Size);
        Assert.Equal([new Extent(204_800, 0x1_0000_0000), new Extent(9 * 2048, 5)], file.Extents);
        Assert.Empty(_findings.Items);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void So_many_sections_are_gathered_of_one_file(int sections, bool isWhole)
    {
        byte[] disc = new byte[64 * 2048];
        DirectoryRecordTests.Record("\0", 1, 2048, 2).CopyTo(disc, 2048);
        const int perSector = 50;
        for (int section = 0; section < sections; section++)
        {
            byte[] record = DirectoryRecordTests.Record("BIG", (uint)(section * 2), 2048, section < sections - 1 ? More : (byte)0);
            record.CopyTo(disc, ((2 + (section / perSector)) * 2048) + (section % perSector * record.Length));
        }

        int sectors = 1 + ((sections + perSector - 1) / perSector);
        List<VolumeEntry> files = [.. Open(disc).List(Root with { Size = sectors * 2048, Extents = [new(2048, sectors * 2048)] })];

        Assert.Equal(isWhole ? [(1024 * 2048L, false)] : [(1024 * 2048L, true), (2048, false)], files.Select(file => (file.Size, file.IsDescriptionLost)));
        Assert.Equal(isWhole ? [] : [Iso9660Rules.SectionsEnd], _findings.Items.Select(finding => finding.Rule));
    }

    [Fact]
    public void High_Sierra_has_the_flags_a_byte_earlier()
    {
        byte[] record = DirectoryRecordTests.Record("A", 9, 5);
        record[24] = (byte)FileFlags.Directory; // ISO 9660: the zone of the time

        Assert.Equal(EntryType.Directory, Assert.Single(Open(Disc(record), view: VolumeView.HighSierra).List(Root)).Type);
        Assert.Equal(EntryType.File, Assert.Single(List(record)).Type);
    }

    [Fact]
    public void Reports_a_file_whose_last_section_never_comes()
    {
        List<VolumeEntry> entries = List(
            DirectoryRecordTests.Record("A", 100, 2048, More),
            DirectoryRecordTests.Record("B", 200, 5),
            DirectoryRecordTests.Record("C", 300, 2048, More));

        Assert.Equal([("A", true), ("B", false), ("C", true)], entries.Select(entry => (entry.Name, entry.IsDescriptionLost)));
        Assert.Equal([Iso9660Rules.SectionsEnd, Iso9660Rules.SectionsEnd], _findings.Items.Select(finding => finding.Rule));
    }

    [Fact]
    public void A_file_whose_sections_lie_on_both_sides_of_a_lost_sector_may_have_more_of_them()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("BIG", 100, 0xFFFF_F800, More));
        DirectoryRecordTests.Record("BIG", 9, 5).CopyTo(disc, 3 * 2048);
        IsoTree tree = Open(disc, simulated => simulated.Bad(2));

        VolumeEntry file = Assert.Single(tree.List(Root with { Size = 3 * 2048, Extents = [new(2048, 3 * 2048)] }));

        Assert.True(file.IsDescriptionLost);
        Assert.Equal(Iso9660Rules.DirectoryReadable, Assert.Single(_findings.Items).Rule);
    }

    [Theory]
    [InlineData(0x1F_FFFFu, 0, true)] // only behind a first section, which is that long, may another one lie
    [InlineData(0x1F_FFFEu, 0, false)]
    [InlineData(0x1F_FFFFu, (byte)FileFlags.Directory, false)]
    public void The_first_file_behind_a_lost_sector_may_be_the_end_of_another(uint block, byte flags, bool isLost)
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("A", 100, 5));
        byte[] first = DirectoryRecordTests.Record("B", block, 5, flags);
        first.CopyTo(disc, 3 * 2048);
        DirectoryRecordTests.Record("C", block, 5).CopyTo(disc, (3 * 2048) + first.Length);
        IsoTree tree = Open(disc, simulated => simulated.Bad(2));

        List<VolumeEntry> files = [.. tree.List(Root with { Size = 3 * 2048, Extents = [new(2048, 3 * 2048)] })];

        Assert.Equal([("A", false), ("B", isLost), ("C", false)], files.Select(file => (file.Name, file.IsDescriptionLost)));
    }

    [Fact]
    public void What_is_associated_with_a_file_that_is_lost_belongs_to_no_other()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("A", 9, 77, (byte)FileFlags.Associated));
        DirectoryRecordTests.Record("A", 10, 5).CopyTo(disc, 3 * 2048);
        IsoTree tree = Open(disc, simulated => simulated.Bad(2));

        VolumeEntry file = Assert.Single(tree.List(Root with { Size = 3 * 2048, Extents = [new(2048, 3 * 2048)] }));

        Assert.Empty(file.ResourceFork);
    }

    [Fact]
    public void What_is_associated_with_one_file_belongs_to_no_other()
    {
        List<VolumeEntry> files = List(
            DirectoryRecordTests.Record("A", 9, 77, (byte)FileFlags.Associated),
            DirectoryRecordTests.Record("B", 10, 5),
            DirectoryRecordTests.Record("A", 11, 5));

        Assert.All(files, file => Assert.Empty(file.ResourceFork));
    }

    [Fact]
    public void A_record_that_is_broken_ends_the_files_that_may_have_gone_on_there()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("BIG", 100, 0xFFFF_F800, More), [33]); // too short for a record
        DirectoryRecordTests.Record("BIG", 9, 5).CopyTo(disc, 2 * 2048);

        VolumeEntry file = Assert.Single(Open(disc).List(Root with { Size = 2 * 2048, Extents = [new(2048, 2 * 2048)] }));

        Assert.True(file.IsDescriptionLost);
    }

    [Fact]
    public void Takes_an_associated_file_for_the_resource_fork_of_the_file_behind_it()
    {
        VolumeEntry file = Assert.Single(List(
            DirectoryRecordTests.Record("A", 9, 77, (byte)FileFlags.Associated),
            DirectoryRecordTests.Record("A", 10, 5)));

        Assert.Equal([new Extent(9 * 2048, 77)], file.ResourceFork);
        Assert.Equal([new Extent(10 * 2048, 5)], file.Extents);
    }

    [Fact]
    public void Finds_the_units_of_an_interleaved_file()
    {
        byte[] record = DirectoryRecordTests.Record("A", 2, 5000);
        record[26] = 1; // BP 27, file unit size
        record[27] = 2; // BP 28, gap

        Assert.Equal(
            [new Extent(2 * 2048, 2048), new Extent(5 * 2048, 2048), new Extent(8 * 2048, 904)],
            Assert.Single(List(record)).Extents);
    }

    [Theory]
    [InlineData(5, 2048 + 1, true)]
    [InlineData(14, 2048 + 1, true)] // a unit and a gap end with the disc of 16 sectors
    [InlineData(15, 2048 + 1, false)]
    public void An_interleaved_file_lies_on_the_disc(uint block, uint length, bool isInside)
    {
        byte[] record = DirectoryRecordTests.Record("A", block, length);
        (record[26], record[27]) = (1, 1);

        VolumeEntry file = Assert.Single(List(record));

        Assert.Equal(isInside ? 2 : 1, file.Extents.Count);
        Assert.Equal(isInside ? [] : [(Iso9660Rules.InterleaveBounded, 2048 + 34 + 34 + 26L)], _findings.Items.Select(finding => (finding.Rule, finding.Position)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(3, 1)] // one unit is the whole file
    public void A_file_without_units_or_gaps_is_in_one_piece(byte unit, byte gap)
    {
        byte[] record = DirectoryRecordTests.Record("A", 2, 5000);
        (record[26], record[27]) = (unit, gap);

        Assert.Equal([new Extent(2 * 2048, 5000)], Assert.Single(List(record)).Extents);
    }

    [Fact]
    public void Walks_a_directory_that_holds_itself_only_once()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("LOOP", 1, 2048, (byte)FileFlags.Directory));
        IsoTree tree = Open(disc);

        Assert.Single(new TreeWalk(new(new SimulatedDisc(disc)), tree, _findings).From(tree.Root));
        Assert.Equal(VolumeRules.DirectoryOnce, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Reports_a_directory_whose_sector_is_unreadable()
    {
        Assert.Empty(Open(Disc(DirectoryRecordTests.Record("A")), disc => disc.Bad(1)).List(Root));
        Assert.Equal(Iso9660Rules.DirectoryReadable, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Reports_a_directory_with_a_sector_of_zeros()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("A"));
        Assert.Equal(["A"], Open(disc).List(Root with { Size = 4096, Extents = [new(2048, 4096)] }).Select(entry => entry.Name));
        Assert.Equal(Iso9660Rules.DirectoryReadable, Assert.Single(_findings.Items).Rule);
    }

    [Fact]
    public void Reports_a_directory_whose_first_record_names_another_place()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("A"));
        DirectoryRecordTests.Record("\0", 9, 2048, (byte)FileFlags.Directory).CopyTo(disc, 2048);

        Assert.Equal(["A"], Open(disc).List(Root).Select(entry => entry.Name));

        Assert.Equal((Iso9660Rules.DirectoryNamesItself, 2048L), (Assert.Single(_findings.Items).Rule, _findings.Items[0].Position));
    }

    [Fact]
    public void Takes_a_root_record_of_68_bytes_for_what_it_is()
    {
        byte[] disc = Disc(DirectoryRecordTests.Record("A"));
        byte[] root = DirectoryRecordTests.Record("\0", 1, 2048, 2);
        root[0] = 68;

        Assert.Equal(["A"], Open(disc, root: root).List(Root).Select(entry => entry.Name));
        Assert.Equal(Iso9660Rules.RootRecordLength, Assert.Single(_findings.Items).Rule);
    }

    private static VolumeEntry Root => new() { Name = "", Type = EntryType.Directory, Extents = [new(2048, 2048)], Handle = 2048 };

    // Sector 1 is the root directory.
    private static byte[] Disc(params byte[][] records)
    {
        byte[] disc = new byte[16 * 2048];
        int at = 2048;
        foreach (byte[] record in records.Prepend(DirectoryRecordTests.Record("\x01", 1, 2048, 2)).Prepend(DirectoryRecordTests.Record("\0", 1, 2048, 2)))
        {
            record.CopyTo(disc, at);
            at += record.Length;
        }

        return disc;
    }

    private List<VolumeEntry> List(params byte[][] records) => [.. Open(Disc(records)).List(Root)];

    private IsoTree Open(byte[] disc, Action<SimulatedDisc>? damage = null, byte[]? root = null, VolumeView view = VolumeView.Iso9660)
    {
        SimulatedDisc simulated = new(disc);
        damage?.Invoke(simulated);
        return IsoTree.Open(new(simulated), new()
        {
            View = view,
            VolumeIdentifier = "",
            RootRecord = root ?? DirectoryRecordTests.Record("\0", 1, 2048, 2),
            RootRecordPosition = 0,
            BlockSize = 2048,
            Structures = [],
        }, _findings)!; // the root record above is well formed
    }
}
