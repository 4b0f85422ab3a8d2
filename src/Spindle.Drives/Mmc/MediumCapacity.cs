// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>How long a drive says that a disc is (MMC-6, READ CAPACITY).</summary>
/// <param name="Sectors">Sectors, the last one included; behind a CD's last session run-out may be counted.</param>
/// <param name="SectorSize">Bytes of a sector.</param>
public readonly record struct MediumCapacity(long Sectors, int SectorSize)
{
    /// <summary>Bytes of a reply.</summary>
    public const int Length = 8;

    private const uint LargestSector = 1 << 16;

    /// <summary>Reads a reply.</summary>
    /// <returns>Null where it is none, or states a sector size that no disc has.</returns>
    public static MediumCapacity? Parse(ReadOnlySpan<byte> reply)
    {
        uint size = reply.Length < Length ? 0 : BinaryPrimitives.ReadUInt32BigEndian(reply[4..]);
        return size is 0 or > LargestSector ? null : new(BinaryPrimitives.ReadUInt32BigEndian(reply) + 1L, (int)size);
    }
}
