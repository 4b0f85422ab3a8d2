// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Mastering.Tests;

/// <summary>What other programs were asked about (JudgeTests) stays what they were asked about: a disc can be made again, by a later version, too.</summary>
public sealed class MasteredBytesTests
{
    private const int Sector = 2048;

    [Fact]
    public void Images_are_made_as_they_were_byte_for_byte()
    {
        StringBuilder lines = new();
        foreach ((string name, Func<LayoutOptions, MasteredDisc> make) in ((string, Func<LayoutOptions, MasteredDisc>)[])
        [
            ("plain", options => SampleTrees.Plain(options)), ("links", options => SampleTrees.Links(options)),
            ("hostile", options => SampleTrees.Hostile(options)), ("deep", options => SampleTrees.Deep(options)),
        ])
        {
            foreach (UdfRevision revision in Enum.GetValues<UdfRevision>())
            {
                MasteredDisc disc = make(new() { Revision = revision, UdfSymlinks = name == "links" });
                byte[] image = disc.Write(disc.Layout());
                lines.Append($"{name} {revision} {image.Length / Sector} sectors {Convert.ToHexStringLower(SHA256.HashData(image))}\n");
            }
        }

        Approved.Is(lines.ToString(), "tests/Spindle.Mastering.Tests/MasteredBytes.txt");
    }

    [Theory]
    [InlineData(UdfRevision.Udf102, "BEA01 NSR02 TEA01", "+NSR02", 2)]
    [InlineData(UdfRevision.Udf201, "BEA01 NSR03 TEA01", "+NSR03", 3)]
    [InlineData(UdfRevision.Udf250, "BEA01 NSR03 TEA01", "+NSR03", 3)]
    public void A_disc_says_which_edition_of_the_standard_it_keeps_to(UdfRevision revision, string recognition, string contents, int version)
    {
        MasteredDisc disc = SampleTrees.Plain(new() { Revision = revision });
        byte[] image = disc.Write(disc.Layout());

        // ECMA-167 2/9.1: type 0, five letters, version 1; behind the descriptors of ISO 9660, which ends with its terminator.
        int first = Enumerable.Range(16, 16).First(sector => image.AsSpan((sector * Sector) + 1, 5).SequenceEqual("BEA01"u8));
        Assert.Equal(recognition, string.Join(' ', Enumerable.Range(first, 3).Select(sector => Encoding.ASCII.GetString(image, (sector * Sector) + 1, 5))));
        Assert.All(Enumerable.Range(first, 3), sector => Assert.Equal((0, 1), (image[sector * Sector], image[(sector * Sector) + 6])));

        // 3/10.5.5: what the contents of the partition keep to; 3/7.2.2: the version of every tag.
        Assert.Equal(contents, Encoding.ASCII.GetString(image, (Sequence(image, TagId.Partition) * Sector) + 25, contents.Length));
        Assert.Equal(version, image[(256 * Sector) + 2]);
        Assert.Equal((ushort)revision, BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan((Sequence(image, TagId.LogicalVolume) * Sector) + 240)));
    }

    [Theory]
    [InlineData(UdfRevision.Udf102)]
    [InlineData(UdfRevision.Udf250)]
    public void The_integrity_descriptor_counts_what_is_there(UdfRevision revision)
    {
        MasteredDisc disc = SampleTrees.Links(new() { Revision = revision, UdfSymlinks = true });
        byte[] image = disc.Write(disc.Layout());
        Volume volume = SourceTree.Open(new SimulatedDisc(image), VolumeView.Udf);
        List<VolumeEntry> entries = [.. volume.Walk()];
        const int integrity = 64 * Sector;
        int partitions = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(integrity + 72));

        // ECMA-167 3/10.10; UDF 2.60 §2.2.6.4, §3.2.1.1.
        Assert.Equal(TagId.LogicalVolumeIntegrity, BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(integrity)));
        Assert.Equal(1, image[integrity + 28]); // closed
        Assert.Equal(revision == UdfRevision.Udf250 ? 2 : 1, partitions);
        long next = BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(integrity + 40));
        Assert.Equal(entries.Max(entry => UniqueIdAt(image, entry.Handle)) + 1, next);
        ReadOnlySpan<byte> use = image.AsSpan(integrity + 80 + (8 * partitions));
        Assert.Equal("*Spindle"u8, use.Slice(1, 8));
        Assert.Equal(entries.Count(entry => entry.Type != EntryType.Directory), BinaryPrimitives.ReadInt32LittleEndian(use[32..]));
        Assert.Equal(1 + entries.Count(entry => entry.Type == EntryType.Directory), BinaryPrimitives.ReadInt32LittleEndian(use[36..]));
        Assert.All((int[])[40, 42, 44], at => Assert.Equal((int)revision, image[integrity + 80 + (8 * partitions) + at] | (image[integrity + 81 + (8 * partitions) + at] << 8)));
    }

    // 4/14.9.21.
    private static long UniqueIdAt(byte[] image, long position) => BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan((int)position + 160));

    // The sector of a descriptor of the main sequence, which the anchor in sector 256 leads to.
    private static int Sequence(byte[] image, int tag)
    {
        int first = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan((256 * Sector) + 20));
        return Enumerable.Range(first, 16).First(sector => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(sector * Sector)) == tag);
    }
}
