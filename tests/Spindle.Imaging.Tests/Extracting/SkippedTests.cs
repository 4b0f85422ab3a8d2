// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Extracting;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Extracting;

/// <summary>What can't be taken out, and what is told of it.</summary>
public sealed class SkippedTests : IDisposable
{
    private const uint Start = UdfImage.PartitionStart;

    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(6)] // block device, character device, pipe, socket (ECMA-167 4/14.6.6)
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task Devices_pipes_and_sockets_are_not_made_again(byte type)
    {
        UdfImage image = WithNames("plain", "special");
        image.File(Start + 3, 3, 5, 3, 2, "in"u8.ToArray());
        image.File(Start + 4, 4, type, 3, 0, []);

        ExtractionResult result = await ExtractAsync(image);

        Failure skipped = Assert.Single(result.Skipped);
        Assert.Equal("not-a-file", skipped.Code);
        Assert.Contains("/special", skipped.What, StringComparison.Ordinal);
        Assert.Equal([_directory["out/plain"]], Directory.GetFileSystemEntries(_directory["out"]));
        Assert.False(result.IsWhole);
    }

    [Fact]
    public async Task What_is_described_nowhere_is_left_out_and_told_of()
    {
        UdfImage image = WithNames("plain", "lost");
        image.File(Start + 3, 3, 5, 3, 2, "in"u8.ToArray());

        ExtractionResult result = await ExtractAsync(image);

        Assert.Equal(["description-lost", "names-missing"], result.Skipped.Select(skipped => skipped.Code));
        Assert.Equal([_directory["out/plain"]], Directory.GetFileSystemEntries(_directory["out"]));
    }

    [Fact]
    public void A_link_of_which_nobody_knows_where_it_leads_is_told_of_by_whoever_lists_it()
    {
        UdfImage image = WithNames("link");
        image.File(Start + 3, 3, 12, 3, 4, [0, 0, 0, 0]); // a component of a kind that is reserved

        Volume volume = Volume.Open(new SimulatedDisc(image.Bytes), new() { View = VolumeView.Udf })!;
        Assert.Single(volume.Walk());

        Assert.Equal("description-lost", Incompleteness.Of(volume)!.Code);
    }

    [Fact]
    public async Task A_file_that_macOS_has_compressed_is_not_taken_for_an_empty_one()
    {
        Directory.CreateDirectory(_directory["tree"]);
        await File.WriteAllTextAsync(_directory["tree/plain"], "plain");
        await File.WriteAllTextAsync(_directory["tree/pressed"], "pressed");
        byte[] image = await File.ReadAllBytesAsync(DiscImages.OfDirectory(_directory["tree"], "-hfsplus"));
        image[CatalogueRecordOf(image, "pressed") + 41] |= 0x20; // UF_COMPRESSED, of the owner's flags (TN1150, 'BSD info')
        Volume volume = Volume.Open(new SimulatedDisc(image), new() { View = VolumeView.HfsPlus })!;

        ExtractionResult result = await Extractor.RunAsync(volume, new() { Target = _directory["out"] }, new Progress<WorkProgress>(), CancellationToken.None);

        Failure skipped = Assert.Single(result.Skipped);
        Assert.Equal("system-compressed", skipped.Code);
        Assert.Contains("/pressed", skipped.What, StringComparison.Ordinal);
        Assert.Equal([_directory["out/plain"]], Directory.GetFileSystemEntries(_directory["out"]));
    }

    [Fact]
    public async Task Whoever_lists_a_disc_is_told_of_a_tree_of_the_Macintosh()
    {
        Directory.CreateDirectory(_directory["tree"]);
        await File.WriteAllTextAsync(_directory["tree/plain"], "plain");
        string image = DiscImages.OfDirectory(_directory["tree"], "-hfsplus");
        using Formats.Images.ImageFile disc = Formats.Images.ImageFile.Open(image);

        Failure told = Assert.Single(Incompleteness.OfOtherTrees(Volume.Open(disc)!));

        Assert.Equal(("other-tree-has-more", "--view hfsplus"), (told.Code, told.Hint));
        Assert.Empty(Incompleteness.OfOtherTrees(Volume.Open(disc, new() { View = VolumeView.HfsPlus })!));
    }

    public void Dispose() => _directory.Dispose();

    // File set in block 0 of the partition, root directory in block 1; the files are described in blocks 3, 4 and so on.
    private static UdfImage WithNames(params string[] names)
    {
        UdfImage image = new();
        byte[] all = [.. names.SelectMany((name, index) => UdfImage.Name(name, (uint)index + 3))];
        image.FileSet(Start, 1);
        image.File(Start + 1, 1, 4, 3, all.Length, all);
        return image;
    }

    // TN1150, 'Catalog File Data': behind the name comes the record, and that of a file begins with 2.
    private static int CatalogueRecordOf(byte[] image, string name)
    {
        byte[] sought = [0, (byte)name.Length, .. Encoding.BigEndianUnicode.GetBytes(name), 0, 2];
        int found = image.AsSpan().IndexOf(sought);
        Assert.True(found >= 0);
        return found + sought.Length - 2;
    }

    private Task<ExtractionResult> ExtractAsync(UdfImage image)
    {
        Volume volume = Volume.Open(new SimulatedDisc(image.Bytes), new() { View = VolumeView.Udf })!;
        return Extractor.RunAsync(volume, new() { Target = _directory["out"] }, new Progress<WorkProgress>(), CancellationToken.None);
    }
}
