// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>Where a track lies, and how it is written (MMC-6, READ TRACK INFORMATION).</summary>
public sealed record TrackInformation
{
    /// <summary>Bytes that hold all that is read here.</summary>
    public const int Length = 36;

    private const int ShortestLength = 28;

    /// <summary>Number of the track, from 1 (bytes 2 and 32).</summary>
    public required int Number { get; init; }

    /// <summary>Number of its session, from 1 (bytes 3 and 33).</summary>
    public required int Session { get; init; }

    /// <summary>Control bits as in sub-channel Q (byte 5, bits 0 to 3): bit 2 tells data from sound.</summary>
    public required int Control { get; init; }

    /// <summary>1 for mode 1 (and every DVD), 2 for mode 2, Fh where it is not known (byte 6, bits 0 to 3).</summary>
    public required int DataMode { get; init; }

    /// <summary>Whether writing it was interrupted (byte 5, bit 5).</summary>
    public required bool IsDamaged { get; init; }

    /// <summary>Whether nothing is written in it (byte 6, bit 6).</summary>
    public required bool IsBlank { get; init; }

    /// <summary>Whether it is written in packets, or bit by bit (byte 6, bit 5).</summary>
    public required bool IsPacket { get; init; }

    /// <summary>Its first sector (bytes 8 to 11).</summary>
    public required long Start { get; init; }

    /// <summary>Where writing goes on (bytes 12 to 15); null where the drive does not say.</summary>
    public required long? NextWritable { get; init; }

    /// <summary>Sectors that can still be written to it (bytes 16 to 19).</summary>
    public long Free { get; init; }

    /// <summary>Its sectors, those of an unfinished one that are still free included (bytes 24 to 27).</summary>
    public required long Sectors { get; init; }

    /// <summary>The last sector that was written (bytes 28 to 31); null where the drive does not say.</summary>
    public required long? LastRecorded { get; init; }

    /// <summary>Whether it holds data, and no sound.</summary>
    public bool IsData => (Control & 0x04) != 0;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static TrackInformation? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < ShortestLength)
        {
            return null;
        }

        bool hasHighBytes = reply.Length >= 34;
        return new()
        {
            Number = (hasHighBytes ? reply[32] << 8 : 0) | reply[2],
            Session = (hasHighBytes ? reply[33] << 8 : 0) | reply[3],
            Control = reply[5] & 0x0F,
            IsDamaged = (reply[5] & 0x20) != 0,
            DataMode = reply[6] & 0x0F,
            IsPacket = (reply[6] & 0x20) != 0,
            IsBlank = (reply[6] & 0x40) != 0,
            Start = BinaryPrimitives.ReadInt32BigEndian(reply[8..]),
            NextWritable = (reply[7] & 0x01) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(reply[12..]) : null,
            Free = BinaryPrimitives.ReadUInt32BigEndian(reply[16..]),
            Sectors = BinaryPrimitives.ReadUInt32BigEndian(reply[24..]),
            LastRecorded = (reply[7] & 0x02) != 0 && reply.Length >= 32 ? BinaryPrimitives.ReadUInt32BigEndian(reply[28..]) : null,
        };
    }
}
