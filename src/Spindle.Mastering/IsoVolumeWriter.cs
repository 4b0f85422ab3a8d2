// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Iso9660.Fields;
using Spindle.Formats.Trees;

namespace Spindle.Mastering;

/// <summary>Writes the volume descriptors of ISO 9660 and Joliet (ECMA-119, 4th edition, §8). Positions are the standard's "BP".</summary>
internal sealed class IsoVolumeWriter(LayoutOptions options, VolumeRegions regions)
{
    private const int RootRecordLength = 34;

    // §7.4.2, appendix A: what may be in the names of people and programs.
    private const string OtherAllowed = " !\"%&'()*+,-./:;<=>?_";

    /// <summary>Writes the primary volume descriptor (§8.4).</summary>
    /// <param name="sector">One sector, all zero.</param>
    /// <param name="root">Root directory: first sector, bytes.</param>
    /// <param name="modifiedNanoseconds">When the root was last changed.</param>
    public void WritePrimary(Span<byte> sector, (long Sector, long Length) root, long modifiedNanoseconds)
    {
        Write(sector, VolumeDescriptor.PrimaryType, root, modifiedNanoseconds);
        Both(sector, regions.IsoPathTableBytes, VolumeRegions.IsoPathTableL, regions.IsoPathTableM);
        Fill(sector, bp: 9, length: 32, "");
        Fill(sector, bp: 41, length: 32, Letters(options.VolumeIdentifier, ""));
        Fill(sector, bp: 191, length: 128, Letters(options.VolumeSetIdentifier, ""));
        Fill(sector, bp: 319, length: 128, Letters(options.PublisherIdentifier, OtherAllowed));
        Fill(sector, bp: 447, length: 128, "");
        Fill(sector, bp: 575, length: 128, Letters(options.ApplicationIdentifier, OtherAllowed));
        Fill(sector, bp: 703, length: 37 * 3, "");
    }

    /// <summary>Writes the supplementary volume descriptor of Joliet (§8.5; Joliet, "SVD identification").</summary>
    public void WriteJoliet(Span<byte> sector, (long Sector, long Length) root, long modifiedNanoseconds)
    {
        Write(sector, VolumeDescriptor.SupplementaryType, root, modifiedNanoseconds);
        Both(sector, regions.JolietPathTableBytes, regions.JolietPathTableL, regions.JolietPathTableM);
        "%/E"u8.CopyTo(sector.At(bp: 89)); // UCS-2, level 3
        FillWide(sector, bp: 9, length: 32, "");
        FillWide(sector, bp: 41, length: 32, options.VolumeIdentifier);
        FillWide(sector, bp: 191, length: 128, options.VolumeSetIdentifier);
        FillWide(sector, bp: 319, length: 128, options.PublisherIdentifier);
        FillWide(sector, bp: 447, length: 128, "");
        FillWide(sector, bp: 575, length: 128, options.ApplicationIdentifier);
        FillWide(sector, bp: 703, length: 37, "");
        FillWide(sector, bp: 740, length: 37, "");
        FillWide(sector, bp: 777, length: 37, "");
    }

    /// <summary>Writes the terminator of the descriptor set (§8.3).</summary>
    public static void WriteTerminator(Span<byte> sector) => WriteHeader(sector, VolumeDescriptor.TerminatorType);

    private static void WriteHeader(Span<byte> sector, byte type)
    {
        sector.At(bp: 1)[0] = type;
        "CD001"u8.CopyTo(sector.At(bp: 2));
        sector.At(bp: 7)[0] = 1;
    }

    private void Write(Span<byte> sector, byte type, (long Sector, long Length) root, long modifiedNanoseconds)
    {
        WriteHeader(sector, type);
        BothOrders.Write32(sector.At(bp: 81), regions.End);
        BothOrders.Write16(sector.At(bp: 121), options.VolumeSetSize);
        BothOrders.Write16(sector.At(bp: 125), options.VolumeSequenceNumber);
        BothOrders.Write16(sector.At(bp: 129), RecordPacker.SectorLength);
        IsoFields.WriteRecord(
            sector.At(bp: 157, length: RootRecordLength), root, FileFlags.Directory, [0], modifiedNanoseconds, options.VolumeSequenceNumber);
        IsoDate.WriteDigits(sector.At(bp: 814), options.Recorded);
        IsoDate.WriteDigits(sector.At(bp: 831), options.Recorded);
        IsoDate.WriteNone(sector.At(bp: 848));
        IsoDate.WriteNone(sector.At(bp: 865));
        sector.At(bp: 882)[0] = 1; // version of the file structure
    }

    private static void Both(Span<byte> sector, long bytes, long tableL, long tableM)
    {
        BothOrders.Write32(sector.At(bp: 133), bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(sector.At(bp: 141), (uint)tableL);
        BinaryPrimitives.WriteUInt32BigEndian(sector.At(bp: 149), (uint)tableM);
    }

    private static void Fill(Span<byte> sector, int bp, int length, string text)
    {
        Span<byte> field = sector.At(bp: bp, length: length);
        field.Fill((byte)' ');
        Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, length)), field);
    }

    private static void FillWide(Span<byte> sector, int bp, int length, string text)
    {
        Span<byte> field = sector.At(bp: bp, length: length);
        for (int at = 0; at + 2 <= length; at += 2)
        {
            char character = at / 2 < text.Length ? text[at / 2] : ' ';
            BinaryPrimitives.WriteUInt16BigEndian(field[at..], char.IsSurrogate(character) ? '_' : character);
        }
    }

    private static string Letters(string text, string others)
    {
        StringBuilder letters = new(text.Length);
        foreach (char character in text.ToUpperInvariant())
        {
            letters.Append(char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || others.Contains(character, StringComparison.Ordinal) ? character : '_');
        }

        return letters.ToString();
    }
}
