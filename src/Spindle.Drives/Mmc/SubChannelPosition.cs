// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>What a sector of a CD says of where it is: mode 1 of its Q sub-channel (ECMA-130, clause 22).</summary>
/// <param name="Track">The track that it is of; 0 in the lead-in, <see cref="LeadOut"/> in the lead-out.</param>
/// <param name="Index">Its index within that; 0 in the pause in front of it.</param>
/// <param name="IsData">Whether it holds data, and no sound.</param>
/// <param name="Sector">Its number, from the disc's start; below 0 in front of that.</param>
/// <param name="SectorInTrack">How far it is from index 1 of its track; in a pause, how many sectors are left of that.</param>
public readonly record struct SubChannelPosition(int Track, int Index, bool IsData, long Sector, long SectorInTrack)
{
    /// <summary>Stands for the track's number in the lead-out.</summary>
    public const int LeadOut = 0xAA;

    /// <summary>Bytes of one sector's eight sub-channels as they come, a bit of each in every byte.</summary>
    public const int RawLength = 96;

    private const int QLength = 12;
    private const byte PositionMode = 1;

    /// <summary>Reads all eight sub-channels of a sector as READ CD returns them (<see cref="SubChannelSelection.Raw"/>).</summary>
    /// <returns>Null where its checksum is wrong, or it says something else there: a catalogue number, say.</returns>
    public static SubChannelPosition? ParseRaw(ReadOnlySpan<byte> raw)
    {
        if (raw.Length < RawLength)
        {
            return null;
        }

        // P is bit 7 of every byte, Q bit 6; the first byte has the first bit.
        Span<byte> q = stackalloc byte[QLength];
        q.Clear();
        for (int i = 0; i < RawLength; i++)
        {
            q[i / 8] |= (byte)((raw[i] >> 6 & 1) << (7 - (i % 8)));
        }

        return Parse(q);
    }

    /// <summary>Reads the Q sub-channel of a sector.</summary>
    /// <param name="q">Its 12 bytes; what READ CD pads them with (<see cref="SubChannelSelection.Q"/>) may follow.</param>
    /// <returns>Null where its checksum is wrong, or it says something else there: a catalogue number, say.</returns>
    public static SubChannelPosition? Parse(ReadOnlySpan<byte> q)
    {
        if (q.Length < QLength || (q[0] & 0x0F) != PositionMode || BinaryPrimitives.ReadUInt16BigEndian(q[10..]) != Crc16.Of(q[..10]))
        {
            return null;
        }

        bool isLeadOut = q[1] == LeadOut;
        return (isLeadOut || FromBcd(q[1]) is not null)
            && FromBcd(q[2]) is { } index
            && TimeOf(q[3..]) is { } inTrack
            && TimeOf(q[7..]) is { } onDisc
                ? new(isLeadOut ? LeadOut : FromBcd(q[1])!.Value, index, (q[0] & 0x40) != 0, DiscTime.ToSector(onDisc.Minute, onDisc.Second, onDisc.Frame), inTrack.Frames)
                : null;
    }

    private static (byte Minute, byte Second, byte Frame, long Frames)? TimeOf(ReadOnlySpan<byte> time) =>
        FromBcd(time[0]) is { } minute && FromBcd(time[1]) is { } second and < 60 && FromBcd(time[2]) is { } frame and < 75
            ? (minute, second, frame, (((minute * 60L) + second) * 75) + frame)
            : null;

    private static byte? FromBcd(byte value) => value >> 4 <= 9 && (value & 0x0F) <= 9 ? (byte)((value >> 4) * 10 + (value & 0x0F)) : null;
}
