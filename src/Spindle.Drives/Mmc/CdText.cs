// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Drives.Mmc;

/// <summary>Titles and names in the lead-in of a CD (MMC-6, READ TOC/PMA/ATIP, format 5, and its annex on CD-TEXT), first language.</summary>
/// <param name="Titles">Titles by track; 0 is the disc's.</param>
/// <param name="Performers">Performers by track; 0 is the disc's.</param>
public sealed record CdText(IReadOnlyDictionary<int, string> Titles, IReadOnlyDictionary<int, string> Performers)
{
    /// <summary>Bytes that hold all packs of a language.</summary>
    public const int Length = 4 + (PackLength * 256);

    private const int HeaderLength = 4;
    private const int PackLength = 18;
    private const int TextStart = 4;
    private const int TextLength = 12;
    private const byte TitlePack = 0x80;
    private const byte PerformerPack = 0x81;

    /// <summary>Reads a reply. Packs whose checksum is wrong are left out, and with them what follows in their text.</summary>
    /// <returns>Null where it is too short to be one, or holds no text.</returns>
    public static CdText? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderLength)
        {
            return null;
        }

        Dictionary<int, string> titles = TextsOf(TableOfContents.Body(reply), TitlePack);
        Dictionary<int, string> performers = TextsOf(TableOfContents.Body(reply), PerformerPack);
        return titles.Count + performers.Count > 0 ? new(titles, performers) : null;
    }

    /// <summary>The checksum of a pack: of its first 16 bytes.</summary>
    internal static ushort ChecksumOf(ReadOnlySpan<byte> pack) => Crc16.Of(pack[..(PackLength - 2)]);

    private static Dictionary<int, string> TextsOf(ReadOnlySpan<byte> packs, byte type)
    {
        Dictionary<int, string> texts = [];
        List<byte> text = [];
        int track = -1;
        bool isBehindLost = false;
        bool isCut = false;
        for (; packs.Length >= PackLength; packs = packs[PackLength..])
        {
            ReadOnlySpan<byte> pack = packs[..PackLength];
            if (((pack[16] << 8) | pack[17]) != ChecksumOf(pack))
            {
                isBehindLost = true;
                continue;
            }

            // Blocks behind the first are other languages; double-byte texts are in character sets of their own.
            if (pack[0] != type || (pack[3] & 0xF0) != 0)
            {
                continue;
            }

            if (isBehindLost)
            {
                // Neither what came before it goes on here, nor is what goes on here a whole text.
                text.Clear();
                isCut = pack[3] != 0; // characters of its first text that came before
            }

            if (track < 0 || isBehindLost || (text.Count == 0 && track != (pack[1] & 0x7F)))
            {
                track = pack[1] & 0x7F;
            }

            isBehindLost = false;
            foreach (byte value in pack.Slice(TextStart, TextLength))
            {
                if (value != 0)
                {
                    text.Add(value);
                    continue;
                }

                if (isCut)
                {
                    text.Clear();
                    isCut = false;
                }

                if (text.Count > 0)
                {
                    texts.TryAdd(track, Encoding.Latin1.GetString([.. text]));
                }

                text.Clear();
                track++;
            }
        }

        return texts;
    }
}
