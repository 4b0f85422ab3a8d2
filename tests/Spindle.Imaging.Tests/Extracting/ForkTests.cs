// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Images;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Extracting;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Extracting;

/// <summary>A Macintosh program has an empty data fork: what is in its resource fork must come out, too.</summary>
public sealed class ForkTests : IDisposable
{
    private static readonly byte[] Fork = SimulatedDisc.Pattern(710);

    private readonly TempDirectory _directory = new();

    public ForkTests()
    {
        string folder = Directory.CreateDirectory(_directory["tree/My Folder"]).FullName;
        File.WriteAllBytes(Path.Combine(folder, "Application"), []);
        File.WriteAllBytes(Path.Combine(folder, "%Application"), AppleDoubleOf("APPLdemo", Fork));
        File.WriteAllText(_directory["tree/readme.txt"], "plain");
    }

    [Theory]
    [InlineData(VolumeView.Hfs)]
    [InlineData(VolumeView.RockRidge)]
    [InlineData(VolumeView.Iso9660)]
    public async Task A_resource_fork_comes_out_beside_its_file(VolumeView view)
    {
        ExtractionResult result = await ExtractAsync(view);

        Assert.True(result.IsWhole, string.Join("; ", result.Skipped));
        string beside = Assert.Single(
            Directory.GetFiles(_directory["out"], "._*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }),
            path => view != VolumeView.Hfs || path.EndsWith("Application", StringComparison.Ordinal)); // the desktop files have Finder records
        byte[] written = await File.ReadAllBytesAsync(beside);
        byte[] finder = view == VolumeView.Hfs ? [.. "APPLdemo"u8] : new byte[8]; // ISO 9660 keeps none
        Assert.Equal(AppleDoubleOf("APPLdemo", Fork).AsSpan(0, 50), written.AsSpan(0, 50));
        Assert.Equal(finder, written.AsSpan(50, 8));
        Assert.Equal(Fork, written.AsSpan(82));
        Assert.Contains("AppleDouble", ForeignProgram.Run("file", beside), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VolumeView.RockRidge)]
    [InlineData(VolumeView.Iso9660)]
    public async Task Type_and_creator_come_from_the_extensions_of_Apple_to_ISO_9660(VolumeView view)
    {
        ExtractionResult result = await ExtractAsync(view, "-apple");

        Assert.True(result.IsWhole, string.Join("; ", result.Skipped));
        string beside = Directory.GetFiles(_directory["out"], "._*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Single(path => path.Contains("APPLICAT", StringComparison.OrdinalIgnoreCase));
        byte[] written = await File.ReadAllBytesAsync(beside);
        Assert.Equal("APPLdemo"u8, written.AsSpan(50, 8));
        Assert.Equal(Fork, written.AsSpan(82));
    }

    [Fact]
    public async Task Forks_that_are_not_wanted_are_counted()
    {
        ExtractionResult result = await ExtractAsync(VolumeView.Hfs, forks: false);

        Assert.Equal((0, 1), (result.Forks, result.ForksLeftOut));
        Assert.Empty(Directory.GetFiles(_directory["out"], "._*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
    }

    [Fact]
    public async Task The_tree_for_the_other_system_is_told_of()
    {
        ExtractionResult result = await ExtractAsync(VolumeView.RockRidge);

        Assert.Contains("hfs tree", Assert.Single(result.Warnings).What, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    // AppleSingle/AppleDouble Formats, version 2: laid out here by hand, and not by what is tested.
    private static byte[] AppleDoubleOf(string kind, byte[] fork)
    {
        byte[] file = new byte[82 + fork.Length];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00051607);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(4), 0x00020000);
        file[25] = 2;
        ReadOnlySpan<uint> entries = [9, 50, 32, 2, 82, (uint)fork.Length];
        for (int index = 0; index < entries.Length; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(26 + (4 * index)), entries[index]);
        }

        System.Text.Encoding.ASCII.GetBytes(kind, file.AsSpan(50));
        fork.CopyTo(file, 82);
        return file;
    }

    private async Task<ExtractionResult> ExtractAsync(VolumeView view, string kind = "-hfs", bool forks = true)
    {
        ForeignProgram.Run("genisoimage", ["-quiet", kind, "--double", .. kind == "-hfs" ? (string[])["-part", "-R"] : [view == VolumeView.RockRidge ? "-R" : "-xa"], "-J", "-V", "Mac Disc", "-o", _directory["mac.iso"], _directory["tree"]]);
        using ImageFile image = ImageFile.Open(_directory["mac.iso"]);
        Volume volume = Volume.Open(image, new() { View = view })!;
        return await Extractor.RunAsync(
            volume, new() { Target = _directory["out"], Forks = forks }, new Progress<WorkProgress>(), CancellationToken.None);
    }
}
