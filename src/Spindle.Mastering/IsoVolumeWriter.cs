// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
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
        Fill(sector, 9, 32, "");
        Fill(sector, 41, 32, Letters(options.VolumeIdentifier, ""));
        Fill(sector, 191, 128, Letters(options.VolumeSetIdentifier, ""));
        Fill(sector, 319, 128, Letters(options.PublisherIdentifier, OtherAllowed));
        Fill(sector, 447, 128, "");
        Fill(sector, 575, 128, Letters(options.ApplicationIdentifier, OtherAllowed));
        Fill(sector, 703, 37 * 3, "");
    }

    /// <summary>Writes the supplementary volume descriptor of Joliet (§8.5; Joliet, "SVD identification").</summary>
    public void WriteJoliet(Span<byte> sector, (long Sector, long Length) root, long modifiedNanoseconds)
    {
        Write(sector, VolumeDescriptor.SupplementaryType, root, modifiedNanoseconds);
        Both(sector, regions.JolietPathTableBytes, regions.JolietPathTableL, regions.JolietPathTableM);
        "%/E"u8.CopyTo(sector[88..]); // UCS-2, level 3
        FillWide(sector, 9, 32, "");
        FillWide(sector, 41, 32, options.VolumeIdentifier);
        FillWide(sector, 191, 128, options.VolumeSetIdentifier);
        FillWide(sector, 319, 128, options.PublisherIdentifier);
        FillWide(sector, 447, 128, "");
        FillWide(sector, 575, 128, options.ApplicationIdentifier);
        FillWide(sector, 703, 37, "");
        FillWide(sector, 740, 37, "");
        FillWide(sector, 777, 37, "");
    }

    /// <summary>Writes the terminator of the descriptor set (§8.3).</summary>
    public static void WriteTerminator(Span<byte> sector) => WriteHeader(sector, VolumeDescriptor.TerminatorType);

    private static void WriteHeader(Span<byte> sector, byte type)
    {
        sector[0] = type;
        "CD001"u8.CopyTo(sector[1..]);
        sector[6] = 1;
    }

    private void Write(Span<byte> sector, byte type, (long Sector, long Length) root, long modifiedNanoseconds)
    {
        WriteHeader(sector, type);
        IsoFields.Both32(sector, 81, regions.End);
        IsoFields.Both16(sector, 121, options.VolumeSetSize);
        IsoFields.Both16(sector, 125, options.VolumeSequenceNumber);
        IsoFields.Both16(sector, 129, RecordPacker.SectorLength);
        IsoFields.WriteRecord(
            sector.Slice(156, RootRecordLength), root, FileFlags.Directory, [0], modifiedNanoseconds, options.VolumeSequenceNumber);
        IsoDate.WriteDigits(sector[813..], options.Recorded);
        IsoDate.WriteDigits(sector[830..], options.Recorded);
        IsoDate.WriteNone(sector[847..]);
        IsoDate.WriteNone(sector[864..]);
        sector[881] = 1; // version of the file structure
    }

    private static void Both(Span<byte> sector, long bytes, long tableL, long tableM)
    {
        IsoFields.Both32(sector, 133, bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[140..], (uint)tableL);
        BinaryPrimitives.WriteUInt32BigEndian(sector[148..], (uint)tableM);
    }

    private static void Fill(Span<byte> sector, int bp, int length, string text)
    {
        Span<byte> field = sector.Slice(bp - 1, length);
        field.Fill((byte)' ');
        Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, length)), field);
    }

    private static void FillWide(Span<byte> sector, int bp, int length, string text)
    {
        Span<byte> field = sector.Slice(bp - 1, length);
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
