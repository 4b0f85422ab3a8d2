// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Spindle.Parity.Sectors;

/// <summary>What tells one payload from another: the MD5 of its sector 16, where most discs name their volume.</summary>
internal static class Fingerprint
{
    /// <summary>The sector that is digested.</summary>
    public const int SectorNumber = 16;

    /// <summary>The fingerprint of a payload, as a big-endian number; 0 where it is shorter than 17 whole sectors.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "The format says MD5; nothing relies on its strength.")]
    public static UInt128 Of(IImageStorage payload, long payloadBytes)
    {
        byte[] sector = new byte[Sector.Size];
        if (payloadBytes < (SectorNumber + 1) * Sector.Size || !payload.TryReadSector(SectorNumber, sector))
        {
            return 0;
        }

        return BinaryPrimitives.ReadUInt128BigEndian(MD5.HashData(sector));
    }
}
