// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Analysis;
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Volumes;

/// <summary>What a disc holds twice is asked the second time where the first copy is lost, and that is told.</summary>
public sealed class SecondCopyTests : IDisposable
{
    private const uint Start = UdfImage.PartitionStart;

    private readonly TempDirectory _temp = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Shows_the_Joliet_tree_where_the_primary_descriptor_is_lost_and_says_that_another_may_have_had_more(bool isZeros)
    {
        Volume volume = SourceTree.Open(Lose(Iso("-R", "-J", "-joliet-long"), 16, isZeros));

        Assert.Equal(VolumeView.Joliet, volume.View);
        Assert.NotNull(volume.Find("dir/inner/deep.bin"));
        Assert.Equal([Iso9660Rules.DescriptorReadable, Iso9660Rules.PrimaryPresent], volume.Missing.Select(finding => finding.Rule).OrderByDescending(rule => rule.Id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Finds_directories_by_the_path_table_where_the_root_directory_is_lost(bool isZeros)
    {
        byte[] image = Iso("-R");
        VolumeEntry root = SourceTree.Open(new SimulatedDisc(image)).Root;
        Volume volume = SourceTree.Open(Lose(image, root.Extents[0].Lba, isZeros));

        Assert.Equal(VolumeView.RockRidge, volume.View);
        Assert.Contains("/DIR/inner/deep.bin", volume.Walk().Select(entry => entry.Path)); // DIR: its other name is lost with the root
        Assert.Contains(Iso9660Rules.DirectoryReadable, volume.Missing.Select(finding => finding.Rule));
        Assert.Contains(Iso9660Rules.DirectoryFromTable, volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(32)] // primary
    [InlineData(33)] // partition
    [InlineData(34)] // logical volume
    public void Takes_one_descriptor_from_the_reserve_sequence(int block)
    {
        UdfImage image = new();
        image.FileSet(Start, 1);
        image.File(Start + 1, 1, 4, 3, UdfImage.Name("file", 3).Length, UdfImage.Name("file", 3));
        image.File(Start + 3, 3, 5, 3, 2, "in"u8.ToArray());
        image.Put(block, new byte[2048]);

        Volume volume = SourceTree.Open(new SimulatedDisc(image.Bytes), VolumeView.Udf);

        Assert.Equal("Hand", volume.VolumeIdentifier);
        Assert.Equal("file", Assert.Single(volume.Walk()).Name);
        Assert.Empty(volume.Missing);
        Assert.Contains(UdfRules.SequenceComplete, volume.Findings.Counts.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reads_directories_from_the_mirror_of_the_metadata(bool isZeros)
    {
        MasteredDisc disc = SampleTrees.Plain(new() { VolumeIdentifier = "Mirror", Revision = UdfRevision.Udf250 });
        byte[] image = disc.Write(disc.Layout());
        Volume whole = SourceTree.Open(new SimulatedDisc(image), VolumeView.Udf);
        List<string> lines = SourceTree.Lines(whole);
        Extent many = whole.Find("DATA/many")!.Extents[0];
        Assert.True(many.Length > 3 * 2048, "the directory has several sectors");

        for (long sector = many.Lba; sector <= (many.End - 1) / 2048; sector++)
        {
            Volume volume = SourceTree.Open(Lose(image, sector, isZeros), VolumeView.Udf);

            Assert.Equal(lines, SourceTree.Lines(volume));
            Assert.Empty(volume.Missing);
            Assert.Contains(UdfRules.MirrorAgrees, volume.Findings.Counts.Keys);
        }
    }

    [Fact]
    public void Reads_the_copy_of_the_header_of_an_HFS_volume_and_counts_the_entries_of_its_directories()
    {
        ForeignProgram.PathOf("hformat");
        ForeignProgram.RunIn(_temp.Path, "bash", "-c", "export HOME=$PWD; truncate -s 1M v; hformat -l V v; for n in 1 2 3; do echo $n > f$n; hcopy -r f$n :; done; humount");
        byte[] image = File.ReadAllBytes(_temp["v"]);
        byte[] headless = [.. image];
        headless.AsSpan(1024, 512).Clear();

        Volume volume = SourceTree.Open(new SimulatedDisc(headless, 512));
        Assert.Equal(["f1", "f2", "f3"], volume.Walk().Select(entry => entry.Name));
        Assert.Empty(volume.Missing);
        Assert.Contains(HfsRules.HeaderReadable, volume.Findings.Counts.Keys);

        Assert.DoesNotContain(HfsRules.RecordsCounted, DiscAnalyzer.Analyze(new SimulatedDisc(image, 512)).Findings.Counts.Keys);

        // The header of the catalogue, behind the first 14 bytes of its node, counts the records of all leaves (6).
        byte[] more = [.. image];
        ReadOnlySpan<byte> block = more.AsSpan(1024); // master directory block: block size 20, first block 28, catalogue 150
        int node = (BinaryPrimitives.ReadUInt16BigEndian(block[28..]) * 512)
            + (BinaryPrimitives.ReadUInt16BigEndian(block[150..]) * (int)BinaryPrimitives.ReadUInt32BigEndian(block[20..]));
        more[node + 14 + 9]++;
        Assert.Contains(HfsRules.RecordsCounted, DiscAnalyzer.Analyze(new SimulatedDisc(more, 512)).Findings.Counts.Keys);

        // Its record in the leaf says that the root has one entry more than there are.
        int leaf = image.AsSpan().IndexOf("\x01\0\0\0\0\x03"u8); // a directory: type 1, flags, valence 3
        image[leaf + 5] = 4;
        Volume counted = SourceTree.Open(new SimulatedDisc(image, 512));
        Assert.Equal(3, counted.Walk().Count());
        Assert.Equal(HfsRules.EntriesCounted, Assert.Single(counted.Missing).Rule);
    }

    public void Dispose() => _temp.Dispose();

    private static SimulatedDisc Lose(byte[] image, long sector, bool isZeros)
    {
        byte[] bytes = [.. image];
        if (!isZeros)
        {
            return new SimulatedDisc(bytes).Bad(sector);
        }

        bytes.AsSpan((int)sector * 2048, 2048).Clear();
        return new(bytes);
    }

    private byte[] Iso(params string[] options)
    {
        ForeignProgram.Run("genisoimage", ["-quiet", .. options, "-o", _temp["disc.iso"], SourceTree.Make(_temp)]);
        return File.ReadAllBytes(_temp["disc.iso"]);
    }
}
