// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Udf;

public class UdfTreeTests
{
    private const uint Start = UdfImage.PartitionStart;

    [Fact]
    public void Says_where_the_structures_of_the_volume_lie()
    {
        Volume volume = Open(WithRoot());

        Assert.Equal(
            [("main volume descriptor sequence", new Extent(32 * 2048, 16 * 2048)), ("reserve volume descriptor sequence", new Extent(64 * 2048, 16 * 2048))],
            volume.Structures.Where(structure => structure.Name.EndsWith("sequence", StringComparison.Ordinal)).Select(structure => (structure.Name, structure.Extent)));
        Assert.Contains(new DiscStructure("file set descriptor", new(Start * 2048L, 2048)), volume.Structures);
        Assert.Equal([256 * 2048L, 499 * 2048], volume.Structures.Where(structure => structure.Name.StartsWith("anchor", StringComparison.Ordinal)).Select(structure => structure.Extent.Position));
    }

    [Fact]
    public void Computes_the_CRC_of_the_standard_s_example() =>
        Assert.Equal(0x3299, DescriptorTag.CrcOf([0x70, 0x6A, 0x77])); // ECMA-167 3/7.2.6

    [Fact]
    public void Reads_content_that_is_embedded_in_either_file_entry()
    {
        UdfImage image = WithRoot(UdfImage.Name("old", 3), UdfImage.Name("new", 4));
        image.File(Start + 3, 3, 5, 3, 5, "short"u8.ToArray());
        image.File(Start + 4, 4, 5, 3, 8, "extended"u8.ToArray(), extended: true);

        Volume volume = Open(image);

        Assert.Equal("short"u8, Content(volume, "old"));
        Assert.Equal("extended"u8, Content(volume, "new"));
        Assert.Equal((0x816D, 1000u, null), (volume.Find("new")!.Mode, volume.Find("new")!.Uid, volume.Find("new")!.Gid));
        Assert.Equal([UdfRules.IntegrityPresent], volume.Findings.Counts.Keys); // the image has none
    }

    [Fact]
    public void Takes_the_CRC_of_any_length_as_one_bit_after_the_other_gives_it()
    {
        byte[] bytes = new byte[100];
        new Random(1).NextBytes(bytes);
        for (int length = 0; length <= bytes.Length; length++)
        {
            int crc = 0;
            for (int bit = 0; bit < length * 8; bit++)
            {
                int next = ((crc >> 15) ^ (bytes[bit / 8] >> (7 - (bit % 8)))) & 1;
                crc = ((crc << 1) & 0xFFFF) ^ (next * 0x1021);
            }

            Assert.Equal(crc, DescriptorTag.CrcOf(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Survives_an_integrity_sequence_that_goes_on_behind_the_last_block_that_can_be_named()
    {
        UdfImage image = WithRoot(UdfImage.Name("file", 3));
        image.Descriptor(UdfImage.IntegrityBlock, 9, UdfImage.IntegrityBlock, 88, b =>
        {
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(28), 1);
            UdfImage.ShortAd(uint.MaxValue, uint.MaxValue).CopyTo(b, 32);
        });

        Assert.DoesNotContain(UdfRules.IntegrityPresent, Open(image).Findings.Counts.Keys); // the first one was read
    }

    [Fact]
    public void Reads_holes_as_zeros_and_merges_extents_that_touch()
    {
        UdfImage image = WithRoot(UdfImage.Name("file", 3));
        byte[] ads = [.. UdfImage.ShortAd(2048, 10), .. UdfImage.ShortAd(2048, 11), .. UdfImage.ShortAd(2048 | (2u << 30), 0), .. UdfImage.ShortAd(4, 20)];
        image.File(Start + 3, 3, 5, 0, (3 * 2048) + 4, ads);
        image.Put(Start + 20, "tail"u8);

        Volume volume = Open(image);
        VolumeEntry file = volume.Find("file")!;

        Assert.Equal([new((Start + 10) * 2048, 4096), new(0, 2048, ExtentKind.Hole), new Extent((Start + 20) * 2048, 4)], file.Extents);
        Assert.Equal("tail"u8, Content(volume, "file").AsSpan(3 * 2048));
    }

    [Fact]
    public void Finds_names_behind_holes_of_gigabytes_at_once()
    {
        const uint hole = 0x3FFF_F800;
        UdfImage image = WithRoot();
        byte[] names = UdfImage.Name("file", 3);
        byte[][] ads = [.. Enumerable.Repeat(UdfImage.ShortAd(hole | (2u << 30), 0), 20), UdfImage.ShortAd((uint)names.Length, 10)];
        image.File(Start + 1, 1, 4, 0, (20L * hole) + names.Length, [.. ads.SelectMany(ad => ad)]);
        image.Put(Start + 10, names);
        image.File(Start + 3, 3, 5, 3, 2, "in"u8.ToArray());
        Volume volume = Open(image);
        long started = Stopwatch.GetTimestamp();

        VolumeEntry file = Assert.Single(volume.List(volume.Root));

        Assert.Equal("file", file.Name);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5)); // byte by byte it is a minute
    }

    [Fact]
    public void Follows_allocation_descriptors_that_go_on_elsewhere()
    {
        UdfImage image = WithRoot(UdfImage.Name("file", 3));
        image.File(Start + 3, 3, 5, 1, 4096 + 3, [.. UdfImage.LongAd(2048, 10, 0), .. UdfImage.LongAd(2048 | (3u << 30), 12, 0)]);
        image.Continuation(12, [.. UdfImage.LongAd(2048, 15, 0), .. UdfImage.LongAd(3, 17, 0)]);

        VolumeEntry file = Open(image).Find("file")!;

        Assert.Equal([Start + 10L, Start + 15, Start + 17], file.Extents.Select(extent => extent.Lba));
    }

    [Fact]
    public void Ends_allocation_descriptors_that_lead_to_themselves()
    {
        UdfImage image = WithRoot(UdfImage.Name("file", 3));
        image.File(Start + 3, 3, 5, 1, 4096, UdfImage.LongAd(2048 | (3u << 30), 12, 0));
        image.Continuation(12, UdfImage.LongAd(2048 | (3u << 30), 12, 0));

        Volume volume = Open(image);

        Assert.Equal([new Extent(0, 4096, ExtentKind.Unknown)], volume.Find("file")!.Extents);
        Assert.Contains(UdfRules.AllocationEnds, volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Does_not_know_where_a_file_lies_whose_descriptors_go_on_in_a_lost_block(bool isZeros)
    {
        UdfImage image = WithRoot(UdfImage.Name("file", 3));
        image.File(Start + 3, 3, 5, 1, 4096 + 3, [.. UdfImage.LongAd(2048, 10, 0), .. UdfImage.LongAd(2048 | (3u << 30), 12, 0)]);
        image.Continuation(12, [.. UdfImage.LongAd(2048, 15, 0), .. UdfImage.LongAd(3, 17, 0)]);
        if (isZeros)
        {
            image.Put(Start + 12, new byte[2048]);
        }

        Volume volume = Volume.Open(isZeros ? new SimulatedDisc(image.Bytes) : new SimulatedDisc(image.Bytes).Bad(Start + 12))!;
        VolumeEntry file = volume.Find("file")!;
        using ContentStream content = volume.OpenContent(file);
        content.CopyTo(Stream.Null);

        Assert.Equal([new((Start + 10) * 2048, 2048), new Extent(0, 2051, ExtentKind.Unknown)], file.Extents);
        Assert.Equal([new Extent(2048, 2051)], content.Unreadable);
    }

    [Fact]
    public void Reads_what_is_said_not_to_be_recorded_as_zeros_and_what_lies_outside_the_partition_not_at_all()
    {
        UdfImage image = WithRoot(UdfImage.Name("file", 3));
        image.File(Start + 3, 3, 5, 0, 6144, [.. UdfImage.ShortAd(2048 | (1u << 30), 10), .. UdfImage.ShortAd(2048 | (2u << 30), 0), .. UdfImage.ShortAd(2048, UdfImage.PartitionBlocks)]);

        Assert.Equal([new(0, 4096, ExtentKind.Hole), new Extent(0, 2048, ExtentKind.Unknown)], Open(image).Find("file")!.Extents);
    }

    [Fact]
    public void Says_of_a_name_whose_file_entry_is_lost_that_nobody_knows_what_it_is()
    {
        Volume volume = Open(WithRoot(UdfImage.Name("file", 3)));

        VolumeEntry entry = Assert.Single(volume.Walk());

        Assert.Equal((EntryType.Unknown, true), (entry.Type, entry.IsDescriptionLost));
        Assert.Equal(UdfRules.FileEntryReadable, Assert.Single(volume.Missing).Rule);
    }

    [Fact]
    public void Misses_names_where_a_directory_has_zeros_between_them()
    {
        byte[] first = UdfImage.Name("first", 3);
        Volume volume = Open(WithRoot([.. first, .. new byte[first.Length], .. UdfImage.Name("third", 3)]));

        Assert.Equal(["first", "third"], volume.Walk().Select(entry => entry.Name));
        Assert.Contains(UdfRules.DirectoryReadable, volume.Missing.Select(finding => finding.Rule));
    }

    [Fact]
    public void Does_not_trust_a_name_that_is_not_what_was_recorded()
    {
        byte[] name = UdfImage.Name("a name of two sectors", 3);
        name.AsSpan(50).Clear();
        Volume volume = Open(WithRoot(name));

        Assert.True(Assert.Single(volume.Walk()).IsDescriptionLost);
        Assert.Contains(UdfRules.DirectoryReadable, volume.Missing.Select(finding => finding.Rule));
    }

    [Fact]
    public void Reads_a_symbolic_link_from_its_path_components()
    {
        UdfImage image = WithRoot(UdfImage.Name("link", 3));
        byte[] path = [2, 0, 0, 0, 5, 4, 0, 0, 8, .. "etc"u8, 3, 0, 0, 0, 4, 0, 0, 0, 5, 3, 0, 0, 16, 0, (byte)'x'];
        image.File(Start + 3, 3, 12, 3, path.Length, path);

        VolumeEntry link = Open(image).Find("link")!;

        Assert.Equal((EntryType.Symlink, "/etc/.././x"), (link.Type, link.Target));
    }

    [Fact]
    public void Shows_neither_deleted_names_nor_the_way_up()
    {
        UdfImage image = WithRoot(UdfImage.Name("", 2, characteristics: 0x0A), UdfImage.Name("gone", 3, characteristics: 4), UdfImage.Name("here", 3));
        image.File(Start + 3, 3, 5, 3, 0, []);

        Assert.Equal(["here"], Open(image).Walk().Select(entry => entry.Name));
    }

    [Fact]
    public void Finds_the_names_behind_one_that_is_damaged()
    {
        byte[] damaged = UdfImage.Name("damaged", 3);
        damaged[4] ^= 0xFF;
        UdfImage image = WithRoot(damaged, UdfImage.Name("whole", 3));
        image.File(Start + 3, 3, 5, 3, 0, []);

        Volume volume = Open(image);

        Assert.Equal(["whole"], volume.Walk().Select(entry => entry.Name));
        Assert.Contains(UdfRules.DirectoryReadable, volume.Findings.Counts.Keys);
    }

    [Fact]
    public void Takes_the_latest_version_of_an_entry_of_strategy_4096()
    {
        byte[] name = UdfImage.Name("file", 3);
        BinaryPrimitives.WriteUInt32LittleEndian(name.AsSpan(20), 2 * UdfImage.BlockSize);
        UdfImage image = WithRoot(name);
        image.File(Start + 3, 3, 5, 3, 3, "old"u8.ToArray(), strategy: 4096);
        image.Descriptor(Start + 4, TagId.IndirectEntry, 4, 52, b => UdfImage.LongAd(2048, 9, 0).CopyTo(b, 36));
        image.File(Start + 9, 9, 5, 3, 3, "new"u8.ToArray(), strategy: 4096);

        Assert.Equal("new"u8, Content(Open(image), "file"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData((2 * UdfImage.BlockSize) - 1)]
    public void Where_there_is_room_for_one_version_there_is_no_later_one(uint length)
    {
        byte[] name = UdfImage.Name("file", 3);
        BinaryPrimitives.WriteUInt32LittleEndian(name.AsSpan(20), length);
        UdfImage image = WithRoot(name);
        image.File(Start + 3, 3, 5, 3, 3, "old"u8.ToArray(), strategy: 4096);
        image.Descriptor(Start + 4, TagId.IndirectEntry, 4, 52, b => UdfImage.LongAd(2048, 9, 0).CopyTo(b, 36));
        image.File(Start + 9, 9, 5, 3, 3, "new"u8.ToArray(), strategy: 4096);

        Assert.Equal("old"u8, Content(Open(image), "file"));
    }

    [Fact]
    public void A_file_entry_lies_where_its_tag_says_unless_it_may_be_one_of_several_versions()
    {
        UdfImage image = WithRoot(UdfImage.Name("moved", 3), UdfImage.Name("version", 4));
        image.File(Start + 3, 99, 5, 3, 2, "in"u8.ToArray());
        image.File(Start + 4, 99, 5, 3, 2, "in"u8.ToArray(), strategy: 4096);

        Volume volume = Open(image);
        Assert.Equal(2, volume.Walk().Count());

        Finding wrong = Assert.Single(volume.Findings.Items, finding => finding.Rule == UdfRules.TagLocation);
        Assert.Equal((Start + 3) * 2048, wrong.Position);
    }

    [Fact]
    public void Lists_each_name_of_a_directory_of_thousands_once()
    {
        List<string> names = [.. Enumerable.Range(0, 3000).Select(number => $"{new string('n', number % 30)}{number:D4}")];
        byte[] all = [.. names.SelectMany(name => UdfImage.Name(name, 3))];
        UdfImage image = WithRoot();
        image.File(Start + 1, 1, 4, 0, all.Length, UdfImage.ShortAd((uint)all.Length, 10));
        image.Put(Start + 10, all);
        image.File(Start + 3, 3, 5, 3, 2, "in"u8.ToArray());

        Volume volume = Open(image);

        Assert.Equal(names, volume.Walk().Select(entry => entry.Name));
        Assert.Empty(volume.Missing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_the_metadata_partition_or_its_mirror(bool isMainLost)
    {
        byte[] metadata = new byte[64];
        (metadata[0], metadata[1]) = (2, 64);
        "*UDF Metadata Partition"u8.CopyTo(metadata.AsSpan(5));
        BinaryPrimitives.WriteUInt32LittleEndian(metadata.AsSpan(40), 0); // main file
        BinaryPrimitives.WriteUInt32LittleEndian(metadata.AsSpan(44), 50); // mirror file
        UdfImage image = new([1, 6, 1, 0, 0, 0, .. metadata], mapCount: 2, fileSetPartition: 1);
        image.File(Start, 0, 250, 0, 4 * 2048, UdfImage.ShortAd(4 * 2048, 10), extended: true);
        image.File(Start + 50, 50, 251, 0, 4 * 2048, UdfImage.ShortAd(4 * 2048, 60), extended: true);
        foreach (uint first in (uint[])[Start + 10, Start + 60])
        {
            byte[] names = UdfImage.Name("file", 2, partition: 1);
            image.FileSet(first, 1, partition: 1);
            image.File(first + 1, 1, 4, 3, names.Length, names);
            image.File(first + 2, 2, 5, 1, 4, UdfImage.LongAd(4, 100, 0));
        }

        image.Put(Start + 100, "data"u8);
        using SimulatedDisc disc = new(image.Bytes);
        disc.Bad(isMainLost ? Start + 10 : 2, isMainLost ? 4 : 1);

        Volume volume = Volume.Open(disc)!;

        Assert.Equal("data"u8, Content(volume, "file"));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Names_that_a_directory_in_the_metadata_partition_has_lost_are_read_from_the_mirror(uint lost)
    {
        // The directory has blocks 3 and 4 of the partition, which are blocks 13 and 14, and in the mirror 63 and 64.
        byte[] metadata = new byte[64];
        (metadata[0], metadata[1]) = (2, 64);
        "*UDF Metadata Partition"u8.CopyTo(metadata.AsSpan(5));
        BinaryPrimitives.WriteUInt32LittleEndian(metadata.AsSpan(44), 50);
        UdfImage image = new([1, 6, 1, 0, 0, 0, .. metadata], mapCount: 2, fileSetPartition: 1);
        image.File(Start, 0, 250, 0, 5 * 2048, UdfImage.ShortAd(5 * 2048, 10), extended: true);
        image.File(Start + 50, 50, 251, 0, 5 * 2048, UdfImage.ShortAd(5 * 2048, 60), extended: true);
        List<string> names = [.. Enumerable.Range(0, 60).Select(number => $"name{number:D2}")];
        byte[] all = [.. names.SelectMany(name => UdfImage.Name(name, 2, partition: 1))];
        Assert.InRange(all.Length, 2049, 2 * 2048);
        foreach (uint first in (uint[])[Start + 10, Start + 60])
        {
            image.FileSet(first, 1, partition: 1);
            image.File(first + 1, 1, 4, 0, all.Length, UdfImage.ShortAd((uint)all.Length, 3));
            image.File(first + 2, 2, 5, 3, 4, "data"u8.ToArray());
            image.Put(first + 3, all);
        }

        Volume volume = Volume.Open(new SimulatedDisc(image.Bytes).Bad(Start + 10 + lost))!; // it can be opened

        Assert.Equal(names, volume.Walk().Select(entry => entry.Name));
        Assert.Empty(volume.Missing);
        Assert.Contains(UdfRules.MirrorAgrees, volume.Findings.Counts.Keys);
    }

    [Fact]
    public void Places_blocks_of_a_sparable_partition_where_they_were_moved_to()
    {
        byte[] map = new byte[64];
        (map[0], map[1], map[40], map[42]) = (2, 64, 32, 1);
        "*UDF Sparable Partition"u8.CopyTo(map.AsSpan(5));
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(48), 480); // the table
        UdfImage image = new(map);
        image.Descriptor(480, TagId.SparingTable, 480, 64, b =>
        {
            "*UDF Sparing Table"u8.CopyTo(b.AsSpan(17));
            b[48] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(56), 32);
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(60), 460);
        });
        Root(image, UdfImage.Name("file", 3));
        image.File(Start + 3, 3, 5, 0, 2 * 2048, UdfImage.ShortAd(2 * 2048, 31));

        Assert.Equal([new Extent((Start + 31) * 2048, 2048), new Extent(460 * 2048, 2048)], Open(image).Find("file")!.Extents);
    }

    [Fact]
    public void Rejects_no_name_but_reports_one_with_an_unknown_compression()
    {
        byte[] name = UdfImage.Name("abc", 3);
        name[38] = 99;
        UdfImage image = WithRoot(name);
        image.File(Start + 3, 3, 5, 3, 0, []);

        Volume volume = Open(image);

        Assert.Single(volume.Walk());
        Assert.Contains(UdfRules.NameCompression, volume.Findings.Counts.Keys);
    }

    [Fact]
    public void Gives_up_where_every_file_is_described_by_what_goes_round_in_circles()
    {
        UdfImage image = WithRoot([.. Enumerable.Range(0, 40).Select(number => UdfImage.Name($"{number:00}", 3))]);
        image.File(Start + 3, 3, 5, 0, 2048, UdfImage.ShortAd(2048u | (3u << 30), 4));
        image.Continuation(4, UdfImage.ShortAd(2048u | (3u << 30), 4));

        Volume volume = Open(image);

        Assert.True(volume.Walk().Count() < 40);
        Assert.Contains(VolumeRules.ReadingBounded, volume.Findings.Counts.Keys);
        Assert.NotEmpty(volume.List(volume.Root)); // the next one who asks begins anew
    }

    private static UdfImage WithRoot(params byte[][] names)
    {
        UdfImage image = new();
        Root(image, names);
        return image;
    }

    // File set in block 0 of the partition, root directory in block 1 with its names inside.
    private static void Root(UdfImage image, params byte[][] names)
    {
        byte[] all = [.. names.SelectMany(name => name)];
        image.FileSet(Start, 1);
        image.File(Start + 1, 1, 4, 3, all.Length, all);
    }

    private static Volume Open(UdfImage image) => SourceTree.Open(new SimulatedDisc(image.Bytes), VolumeView.Udf);

    private static byte[] Content(Volume volume, string path) => SourceTree.ReadAll(volume.OpenContent(volume.Find(path)!));
}
