// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Mastering.Tests;

public sealed class DiscLayoutTests
{
    public static TheoryData<string, UdfRevision, bool> Samples
    {
        get
        {
            TheoryData<string, UdfRevision, bool> samples = [];
            foreach (string name in (string[])["plain", "links", "hostile", "deep"])
            {
                foreach (UdfRevision revision in Enum.GetValues<UdfRevision>())
                {
                    samples.Add(name, revision, false);
                    samples.Add(name, revision, true);
                }
            }

            return samples;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Makes_a_disc_in_which_every_tree_shows_the_same(string name, UdfRevision revision, bool udfSymlinks)
    {
        LayoutOptions options = new() { Revision = revision, UdfSymlinks = udfSymlinks };
        AssertTrue(name switch
        {
            "plain" => SampleTrees.Plain(options),
            "links" => SampleTrees.Links(options),
            "hostile" => SampleTrees.Hostile(options),
            _ => SampleTrees.Deep(options),
        });
    }

    [Fact]
    [Slow("five hundred random trees, each laid out whole")]
    public void Makes_discs_of_whatever_tree_as_large_as_was_measured()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            try
            {
                AssertTrue(SampleTrees.Random(seed));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"tree of seed {seed}", exception);
            }
        }
    }

    [Fact]
    public void Makes_a_disc_of_nothing() => AssertTrue(new MasteredDisc());

    [Fact]
    public void Makes_the_same_bytes_in_whatever_order_entries_were_added()
    {
        MasteredDisc first = new();
        int directory = first.Directory(0, "d");
        first.File(directory, "b", [1]);
        first.File(directory, "a", [2]);
        first.File(0, "c", [3]);
        MasteredDisc second = new();
        second.File(0, "c", [3]);
        directory = second.Directory(0, "d");
        second.File(directory, "a", [2]);
        second.File(directory, "b", [1]);

        DiscLayout one = first.Layout();
        DiscLayout other = second.Layout();

        Assert.Equal(one.Sectors, other.Sectors);
        Assert.Equal(one.SectorOfContent(0), other.SectorOfContent(2));
    }

    [Fact]
    public void Moves_nothing_when_the_tail_gets_its_sizes()
    {
        MasteredDisc disc = SampleTrees.Plain();
        DiscLayout before = DiscLayout.Create(disc.Tree, disc.Options);

        DiscLayout after = before.WithTailSizes([3L << 30, VolumeGeometry.MaximumTailContent, 0]);

        Assert.All(disc.Tree.TailContents, content => Assert.Equal(-1, before.SectorOfContent(content)));
        Assert.All(before.Contents.Except(disc.Tree.TailContents), content => Assert.Equal(before.SectorOfContent(content), after.SectorOfContent(content)));
        Assert.Equal(before.Metadata, after.Metadata);
        Assert.Equal(after.SectorOfContent(disc.Tree.TailContents[0]) + ((3L << 30) / 2048), after.SectorOfContent(disc.Tree.TailContents[1]));
        Assert.Equal(disc.Tree.TailContents, before.Contents.TakeLast(3));
    }

    [Fact]
    public void Refuses_a_name_that_is_there_twice()
    {
        MasteredDisc disc = new();
        disc.File(0, "a", [1]);
        disc.File(0, "a", [2]);

        Assert.Throws<ArgumentException>(() => disc.Layout());
    }

    [Fact]
    public void Two_entries_of_one_name_in_one_directory_are_refused()
    {
        DiscTree tree = new(new(0x1ED, 0, 0, 0));
        tree.AddDirectory(DiscTree.Root, "a"u8, new(0x1ED, 0, 0, 0));
        tree.AddDirectory(DiscTree.Root, "b"u8, new(0x1ED, 0, 0, 0));
        Assert.NotNull(DiscLayout.Create(tree, new()));
        tree.AddDirectory(DiscTree.Root, "a"u8, new(0x1ED, 0, 0, 0));

        Assert.Throws<ArgumentException>(() => DiscLayout.Create(tree, new()));
    }

    [Fact]
    [Slow("it takes half a million names to reach the limit")]
    public void Refuses_more_names_than_the_metadata_file_has_room_for()
    {
        // A file entry takes a sector, and an extent has a gigabyte.
        DiscTree tree = new(MasteredDisc.PlainDirectory);
        int content = tree.AddContent(0);
        for (int directory = 0; directory < 530; directory++)
        {
            int node = tree.AddDirectory(DiscTree.Root, Encoding.ASCII.GetBytes($"{directory}"), MasteredDisc.PlainDirectory);
            for (int file = 0; file < 1000; file++)
            {
                tree.AddFile(node, Encoding.ASCII.GetBytes($"{file}"), MasteredDisc.Plain, content);
            }
        }

        OperationFailedException refused = Assert.Throws<OperationFailedException>(() => DiscLayout.Create(tree, new() { Revision = UdfRevision.Udf250 }));

        Assert.Equal("metadata-too-large", refused.Failure.Code);
    }

    [Fact]
    public void Tells_what_moved_directories_are_called()
    {
        MasteredDisc disc = SampleTrees.Deep(levels: 9);

        string[] names = [.. disc.Layout().Names().Select(name => name.IsoPath)];

        Assert.Contains("/LEVEL_1/LEVEL_2/LEVEL_3/LEVEL_4/LEVEL_5/LEVEL_6/LEVEL_7/FILE.TXT;1", names);
        Assert.Contains("/RR_MOVED/D0000001/LEVEL_9/FILE.TXT;1", names);
    }

    [Fact]
    public void Tells_names_that_only_one_of_the_trees_shows_otherwise()
    {
        MasteredDisc disc = new();
        disc.File(0, "SAME.TXT", [1]);
        disc.File(0, "iso.txt", [2]); // ISO 9660 has no small letters
        string tooLong = new('U', 255); // each tree has a limit of its own
        disc.File(0, tooLong, [3]);
        disc.Symlink(0, "LINK", "SAME.TXT"); // not in UDF at all

        Assert.Equal(["iso.txt", tooLong], disc.Layout().Names().Select(name => Encoding.UTF8.GetString(name.TruePath.Span)).OrderDescending(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(UdfRevision.Udf102)]
    [InlineData(UdfRevision.Udf201)]
    [InlineData(UdfRevision.Udf250)]
    public void Gives_every_entry_of_udf_a_number_of_its_own(UdfRevision revision)
    {
        MasteredDisc disc = SampleTrees.Links(new() { Revision = revision });
        byte[] image = disc.Write(disc.Layout());
        Volume volume = SourceTree.Open(new SimulatedDisc(image), VolumeView.Udf);

        // ECMA-167 4/14.9.21, 4/14.17.22; UDF 2.60 §3.2.1.1: 0 is the root, and 1 to 15 are nobody's.
        Assert.Equal(0, UniqueIdAt(image, volume.Root.Handle));
        List<long> places = [.. volume.Walk().Select(entry => entry.Handle).Distinct()];
        List<long> numbers = [.. places.Select(place => UniqueIdAt(image, place))];
        Assert.Equal(places.Count, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, 16, uint.MaxValue));
        Assert.True(volume.Walk().Count() > places.Count, "there are files of several names");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)] // deep directories are moved into one of the root
    public void Counts_the_names_of_directories_as_systems_do(int levels)
    {
        MasteredDisc disc = SampleTrees.Deep(levels: levels);
        byte[] image = disc.Write(disc.Layout());
        Volume volume = SourceTree.Open(new SimulatedDisc(image), VolumeView.RockRidge);
        bool hasMoved = levels > 8;

        Assert.Equal(2u + 2 + (hasMoved ? 1u : 0), volume.Root.Links);
        foreach (VolumeEntry directory in volume.Walk().Where(entry => entry.Type == EntryType.Directory))
        {
            uint directories = (uint)volume.List(directory).Count(entry => entry.Type == EntryType.Directory);
            Assert.Equal((directory.Path, 2 + directories), (directory.Path, directory.Links!.Value));
            Assert.Equal((directory.Path, 2 + directories), (directory.Path, LinksOfSelf(image, directory)));
        }
    }

    // RRIP 4.1.1: PX has the mode, then the links, both in either order. It comes first behind the name of one byte, 0.
    private static uint LinksOfSelf(byte[] image, VolumeEntry directory)
    {
        Span<byte> use = image.AsSpan((int)directory.Handle + 34);
        Assert.Equal("PX"u8, use[..2]);
        return BinaryPrimitives.ReadUInt32LittleEndian(use[12..]);
    }

    private static long UniqueIdAt(byte[] image, long entry)
    {
        const int extended = 266;
        bool isExtended = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan((int)entry)) == extended;
        return BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan((int)entry + (isExtended ? 200 : 160)));
    }

    private static void AssertTrue(MasteredDisc disc)
    {
        DiscLayout layout = disc.Layout();
        Assert.Equal(disc.Measure(), layout.Metadata);
        Assert.Equal(disc.MeasuredSectors(), layout.Sectors);
        byte[] image = disc.Write(layout);
        Assert.Equal(layout.Sectors * 2048, image.Length);

        using SimulatedDisc medium = new(image);
        foreach (VolumeView view in (VolumeView[])[VolumeView.Udf, VolumeView.RockRidge])
        {
            Volume volume = SourceTree.Open(medium, view);
            Assert.Equal(disc.Expected(layout, view), MasteredDisc.Found(volume));
            Assert.Empty(volume.Findings.Items);
        }

        DiscAnalysis analysis = DiscAnalyzer.Analyze(medium);
        Assert.Empty(analysis.Findings.Items);
        Assert.Equal(image.Length, analysis.SizeExpected);
        Assert.Equal([VolumeView.Udf, VolumeView.RockRidge, VolumeView.Joliet, VolumeView.Iso9660], analysis.Views);
        int names = Enumerable.Range(1, disc.Tree.Count - 1).Count(entry => disc.Tree.KindOf(entry) != NodeKind.Symlink);
        Assert.Equal(names, SourceTree.Open(medium, VolumeView.Joliet).Walk().Count());
        Assert.All(SourceTree.Open(medium, VolumeView.Joliet).Walk(), entry => Assert.True(entry.Name.Length <= 64));
    }
}
