// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Mastering;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Mastering;

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
    public void Tells_what_moved_directories_are_called()
    {
        MasteredDisc disc = SampleTrees.Deep(levels: 9);

        string[] names = [.. disc.Layout().Names().Select(name => name.IsoPath)];

        Assert.Contains("/LEVEL_1/LEVEL_2/LEVEL_3/LEVEL_4/LEVEL_5/LEVEL_6/LEVEL_7/FILE.TXT;1", names);
        Assert.Contains("/RR_MOVED/D0000001/LEVEL_9/FILE.TXT;1", names);
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
