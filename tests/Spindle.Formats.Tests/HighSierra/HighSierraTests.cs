// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Analysis;
using Spindle.Formats.Tests.Analysis;
using Spindle.Formats.Tests.Iso9660;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.HighSierra;

public class HighSierraTests
{
    [Fact]
    public void Reads_a_disc_of_the_draft()
    {
        byte[] disc = Disc();

        Volume volume = SourceTree.Open(new SimulatedDisc(disc));
        VolumeEntry file = Assert.Single(volume.Walk());

        Assert.Equal((VolumeView.HighSierra, "BOOKSHELF"), (volume.View, volume.VolumeIdentifier));
        Assert.Equal(("/READ.ME", 11L), (file.Path, file.Size));
        Assert.Equal(new DateTimeOffset(1987, 6, 5, 4, 3, 2, TimeSpan.Zero), file.Modified);
        Assert.Equal("high sierra"u8, SourceTree.ReadAll(volume.OpenContent(file)));
        Assert.Empty(volume.Findings.Items);
    }

    [Fact]
    public void Judges_its_size()
    {
        byte[] disc = Disc();

        Assert.True(DiscAnalyzer.Analyze(new SimulatedDisc(disc)).SizeAsExpected);
        Assert.True(DiscAnalyzer.Analyze(new SimulatedDisc(disc[..^2048])).SmallerThanExpected);
    }

    [Fact]
    public void Is_reported_in_isolyzer_s_words()
    {
        using StringWriter text = new();

        IsolyzerXml.Write(text, "spindle", "1", [CorpusTests.Report("x", Disc())]);

        Assert.Contains("<fileSystem TYPE=\"High Sierra\">", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("<volumeStructureStandardIdentifier>CDROM</volumeStructureStandardIdentifier>", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("<volumeSpaceSize>21</volumeSpaceSize>", text.ToString(), StringComparison.Ordinal);
    }

    // Sector 16 the descriptor, 17 the terminator, 19 the root directory, 20 the file.
    private static byte[] Disc()
    {
        byte[] disc = new byte[21 * 2048];
        Span<byte> descriptor = disc.AsSpan(16 * 2048);
        Both32(descriptor, 16);
        descriptor[8] = 1;
        "CDROM\u0001"u8.CopyTo(descriptor[9..]);
        descriptor[48..80].Fill((byte)' ');
        "BOOKSHELF"u8.CopyTo(descriptor[48..]);
        Both32(descriptor[88..], 21);
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor[136..], 2048);
        BinaryPrimitives.WriteUInt16BigEndian(descriptor[138..], 2048);
        Record("\0", 19, 2048, flags: 2).CopyTo(descriptor[180..]);

        disc[(17 * 2048) + 8] = 255;
        "CDROM\u0001"u8.CopyTo(disc.AsSpan((17 * 2048) + 9));

        int at = 19 * 2048;
        foreach (byte[] record in (byte[][])[Record("\0", 19, 2048, 2), Record("\x01", 19, 2048, 2), Record("READ.ME;1", 20, 11, 0)])
        {
            record.CopyTo(disc, at);
            at += record.Length;
        }

        "high sierra"u8.CopyTo(disc.AsSpan(20 * 2048));
        return disc;
    }

    // As in ISO 9660, but the date has six bytes, and the flags follow at once.
    private static byte[] Record(string identifier, uint block, uint length, byte flags)
    {
        byte[] record = DirectoryRecordTests.Record(identifier, block, length);
        byte[] date = [87, 6, 5, 4, 3, 2, flags, 0];
        date.CopyTo(record, 18);
        return record;
    }

    private static void Both32(Span<byte> field, uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        BinaryPrimitives.WriteUInt32BigEndian(field[4..], value);
    }
}
