// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>Where the first layer of a DVD-R DL or DVD+R DL ends (MMC-6, READ DISC STRUCTURE, format 20h: layer boundary information).</summary>
/// <param name="Sectors">Sectors of the first layer.</param>
public readonly record struct LayerBoundary(long Sectors)
{
    /// <summary>The format code.</summary>
    public const byte Format = 0x20;

    /// <summary>Bytes of a reply.</summary>
    public const int Length = 12;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is too short to be one.</returns>
    public static LayerBoundary? Parse(ReadOnlySpan<byte> reply) =>
        reply.Length < Length ? null : new(BinaryPrimitives.ReadUInt32BigEndian(reply[8..]));
}
