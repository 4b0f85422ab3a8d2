// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Drives.Mmc;

/// <summary>How full a drive's buffer is (MMC-6, READ BUFFER CAPACITY).</summary>
/// <param name="Bytes">Bytes that it holds in all.</param>
/// <param name="Free">Bytes that are free.</param>
public readonly record struct BufferCapacity(long Bytes, long Free)
{
    /// <summary>Bytes of a reply.</summary>
    public const int Length = 12;

    /// <summary>How full it is, in percent; null where the numbers make no sense.</summary>
    public int? Percent => Bytes > 0 && Free >= 0 && Free <= Bytes ? (int)((Bytes - Free) * 100 / Bytes) : null;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static BufferCapacity? Parse(ReadOnlySpan<byte> reply) => reply.Length < Length
        ? null
        : new(BinaryPrimitives.ReadUInt32BigEndian(reply[4..]), BinaryPrimitives.ReadUInt32BigEndian(reply[8..]));
}

/// <summary>The speeds at which a drive can write the disc in it (MMC-6, GET PERFORMANCE, type 3: write speed descriptors).</summary>
public static class WritingSpeeds
{
    /// <summary>How many are asked for.</summary>
    public const int Most = 32;

    /// <summary>Bytes that a reply may take.</summary>
    public const int Length = HeaderLength + Most * EntryLength;

    private const int HeaderLength = 8;
    private const int EntryLength = 16;

    /// <summary>Reads a reply, as far as it goes.</summary>
    /// <returns>In 1000 bytes a second, the fastest first, each once; empty where there are none.</returns>
    public static IReadOnlyList<int> Parse(ReadOnlySpan<byte> reply)
    {
        SortedSet<int> speeds = [];
        for (int at = HeaderLength; at + EntryLength <= reply.Length; at += EntryLength)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(reply[(at + 12)..]) is > 0 and < int.MaxValue and var speed)
            {
                speeds.Add((int)speed);
            }
        }

        return [.. speeds.Reverse()];
    }
}

/// <summary>The spare area of a disc with defect management (MMC-6, READ DISC STRUCTURE, media type 1, format 0Ah).</summary>
/// <param name="Free">Sectors that still stand in for bad ones.</param>
/// <param name="Allocated">Sectors that were set aside.</param>
public readonly record struct SpareArea(long Free, long Allocated)
{
    /// <summary>The format code.</summary>
    public const byte Format = 0x0A;

    /// <summary>Bytes of a reply.</summary>
    public const int Length = 16;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static SpareArea? Parse(ReadOnlySpan<byte> reply) => reply.Length < Length
        ? null
        : new(BinaryPrimitives.ReadUInt32BigEndian(reply[8..]), BinaryPrimitives.ReadUInt32BigEndian(reply[12..]));
}

/// <summary>Who made a recordable DVD, and which it is: what is moulded into it (MMC-6, READ DISC STRUCTURE, formats 0Eh and 11h).</summary>
public static class DvdMediumCode
{
    /// <summary>The format code of DVD-R and DVD-RW: pre-recorded information in the lead-in.</summary>
    public const byte PreRecorded = 0x0E;

    /// <summary>The format code of DVD+R and DVD+RW: address in pregroove.</summary>
    public const byte Adip = 0x11;

    /// <summary>Bytes that hold all that is read here.</summary>
    public const int Length = 4 + 32;

    /// <summary>Reads a reply.</summary>
    /// <param name="reply">What the drive returned.</param>
    /// <param name="format">The format that was asked for.</param>
    /// <returns>Null where it is too short to be one, or holds no text.</returns>
    public static string? Parse(ReadOnlySpan<byte> reply, byte format)
    {
        if (reply.Length < Length)
        {
            return null;
        }

        ReadOnlySpan<byte> body = reply[4..];
        return format == PreRecorded
            ? MediumText.Of(body[17..23]) + MediumText.Of(body[25..31]) is { Length: > 0 } code ? code : null // first and second half of the maker's text
            : MediumText.Joined(MediumText.Of(body[19..27]), MediumText.Of(body[27..30])); // maker, type
    }
}

/// <summary>Texts as they are moulded into discs.</summary>
internal static class MediumText
{
    /// <summary>What can be printed of it, without blanks and zeros around.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.Latin1.GetString(bytes).Where(character => character is >= ' ' and <= '~')).Trim();

    /// <summary>A maker and a type; null where there is no maker.</summary>
    public static string? Joined(string maker, string type) => maker.Length == 0 ? null : type.Length == 0 ? maker : $"{maker}/{type}";
}
