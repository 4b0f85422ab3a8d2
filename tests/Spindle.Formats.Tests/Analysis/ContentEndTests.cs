// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Analysis;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Analysis;

/// <summary>Where the files end, whatever the descriptors say.</summary>
public sealed class ContentEndTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public void Says_that_an_image_ends_before_its_files_although_its_descriptor_says_that_it_is_whole()
    {
        byte[] image = Understated(4);
        byte[] cut = image[..^(4 * 2048)];

        DiscAnalysis whole = DiscAnalyzer.Analyze(new SimulatedDisc(image));
        DiscAnalysis analysis = DiscAnalyzer.Analyze(new SimulatedDisc(cut));

        Assert.Equal(0, whole.SizeDifference);
        Assert.Equal(-4 * 2048, analysis.SizeDifference);
        Assert.True(analysis.EndsBeforeFiles);
    }

    [Fact]
    public void Knows_of_files_in_the_last_sectors_that_no_descriptor_counts()
    {
        byte[] image = Understated(2);
        SectorMap map = new(image.Length / 2048, SectorState.Finished);
        map.Set(new((image.Length / 2048) - 2, 2), SectorState.Bad);

        Assert.Equal(image.Length, ContentEnd.Of(new SimulatedDisc(image), map));
    }

    [Fact]
    public void Knows_of_nothing_behind_the_last_file()
    {
        byte[] image = Understated(0);
        byte[] padded = [.. image, .. new byte[2 * 2048]];
        SectorMap map = new(padded.Length / 2048, SectorState.Finished);
        map.Set(new(image.Length / 2048, 2), SectorState.Bad);

        Assert.Equal(image.Length, ContentEnd.Of(new SimulatedDisc(padded), map));
    }

    public void Dispose() => _temp.Dispose();

    // The volume space size (ECMA-119 §8.4.8, BP 81) says fewer sectors than there are.
    private byte[] Understated(int sectors)
    {
        ForeignProgram.Run("genisoimage", "-quiet", "-no-pad", "-R", "-o", _temp["disc.iso"], SourceTree.Make(_temp));
        byte[] image = File.ReadAllBytes(_temp["disc.iso"]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan((16 * 2048) + 80)) - (uint)sectors;
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan((16 * 2048) + 80), size);
        BinaryPrimitives.WriteUInt32BigEndian(image.AsSpan((16 * 2048) + 84), size);
        return image;
    }
}
