// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>How a DVD is built (MMC-6, READ DISC STRUCTURE, format 00h: physical format information).</summary>
public sealed record DvdPhysicalFormat
{
    /// <summary>The format code.</summary>
    public const byte Format = 0x00;

    /// <summary>Bytes that hold all that is read here.</summary>
    public const int Length = 4 + 17;

    private const int SectorNumberMask = 0xFF_FFFF;

    /// <summary>Book type: 0 DVD-ROM, 1 DVD-RAM, 2 DVD-R, 3 DVD-RW, 9 DVD+RW, Ah DVD+R, Eh DVD+R DL (byte 0, bits 4 to 7).</summary>
    public required int BookType { get; init; }

    /// <summary>Layers of this side, 1 or 2 (byte 2, bits 5 and 6).</summary>
    public required int Layers { get; init; }

    /// <summary>Whether the second layer is read from the outside in (byte 2, bit 4).</summary>
    public required bool IsOppositeTrackPath { get; init; }

    /// <summary>Number of the data area's first sector on the disc (bytes 5 to 7); 30000h, 31000h on DVD-RAM.</summary>
    public required long FirstPhysicalSector { get; init; }

    /// <summary>Number of its last sector on the disc (bytes 9 to 11).</summary>
    public required long LastPhysicalSector { get; init; }

    /// <summary>Number of the last sector of the first layer; 0 where there is one layer, or two that both begin inside (bytes 13 to 15).</summary>
    public required long LastPhysicalSectorOfLayer0 { get; init; }

    /// <summary>Where the second layer begins, as a sector of the data; null where there is none, or it is not known.</summary>
    public long? LayerBreak => Layers == 2 && IsOppositeTrackPath && LastPhysicalSectorOfLayer0 >= FirstPhysicalSector
        ? LastPhysicalSectorOfLayer0 - FirstPhysicalSector + 1
        : null;

    /// <summary>Sectors of the data area; null where the numbers make no sense.</summary>
    public long? Sectors
    {
        get
        {
            // On the second layer of an opposite track path numbers are the complements of those on the first, going outside in.
            long last = LayerBreak is { } layerBreak
                ? layerBreak + LastPhysicalSector - (~LastPhysicalSectorOfLayer0 & SectorNumberMask)
                : LastPhysicalSector - FirstPhysicalSector;
            return last >= 0 ? last + 1 : null;
        }
    }

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static DvdPhysicalFormat? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < Length)
        {
            return null;
        }

        ReadOnlySpan<byte> body = reply[4..];
        return new()
        {
            BookType = body[0] >> 4,
            Layers = ((body[2] >> 5) & 0x03) + 1,
            IsOppositeTrackPath = (body[2] & 0x10) != 0,
            FirstPhysicalSector = BinaryPrimitives.ReadUInt32BigEndian(body[4..]) & SectorNumberMask,
            LastPhysicalSector = BinaryPrimitives.ReadUInt32BigEndian(body[8..]) & SectorNumberMask,
            LastPhysicalSectorOfLayer0 = BinaryPrimitives.ReadUInt32BigEndian(body[12..]) & SectorNumberMask,
        };
    }
}
