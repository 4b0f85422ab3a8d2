// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>What a disc is formatted to, and what it can be (MMC-6, READ FORMAT CAPACITIES).</summary>
/// <param name="Current">What it is now, or the most that fits where it is not formatted.</param>
/// <param name="Formattable">What it can be formatted to; at most 32.</param>
public sealed record FormatCapacities(FormatCapacity Current, IReadOnlyList<FormatCapacity> Formattable)
{
    /// <summary>Bytes that hold the longest reply.</summary>
    public const int Length = HeaderLength + byte.MaxValue;

    private const int HeaderLength = 4;
    private const int EntryLength = 8;

    /// <summary>Whether the disc was never formatted, and holds nothing.</summary>
    public bool IsUnformatted => Current.Type == 1;

    /// <summary>Reads a reply, as far as it goes.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static FormatCapacities? Parse(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < HeaderLength + EntryLength)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = reply[HeaderLength..Math.Clamp(HeaderLength + reply[3], HeaderLength + EntryLength, reply.Length)];
        FormatCapacity current = new(BinaryPrimitives.ReadUInt32BigEndian(rest), rest[4] & 0x03, ParameterOf(rest));
        List<FormatCapacity> formattable = [];
        for (rest = rest[EntryLength..]; rest.Length >= EntryLength; rest = rest[EntryLength..])
        {
            formattable.Add(new(BinaryPrimitives.ReadUInt32BigEndian(rest), rest[4] >> 2, ParameterOf(rest)));
        }

        return new(current, formattable);
    }

    private static int ParameterOf(ReadOnlySpan<byte> entry) => (int)(BinaryPrimitives.ReadUInt32BigEndian(entry[4..]) & 0xFF_FFFF);
}
