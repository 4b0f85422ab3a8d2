// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Checksums;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>A sector of the layer of checksums: those of one ecc block, and the layout once more (codecs manual, "CrcBlock").</summary>
/// <remarks>Sector s describes block s+1, the last one block 0: mending a block yields the checksums of the next one.</remarks>
internal static class Rs03CrcSector
{
    /// <summary>The flag of a file of its own, here and in the header.</summary>
    public const byte FileFlag = 2;

    /// <summary>The oldest program that can use RS03.</summary>
    public const int NeededVersion = 7900;

    private const int ChecksumPosition = 1120;

    private static ReadOnlySpan<byte> Cookie => "*dvdisaster*"u8;

    /// <summary>The checksum of a sector of the described block.</summary>
    public static uint ChecksumOf(ReadOnlySpan<byte> sector, int layer) => BinaryPrimitives.ReadUInt32LittleEndian(sector[(sizeof(uint) * layer)..]);

    /// <summary>Notes the checksum of a sector of the described block; <see cref="Complete"/> comes after the last one.</summary>
    public static void SetChecksum(Span<byte> sector, int layer, uint crc) => BinaryPrimitives.WriteUInt32LittleEndian(sector[(sizeof(uint) * layer)..], crc);

    /// <summary>Adds to the checksums all the rest of the sector.</summary>
    public static void Complete(Span<byte> sector, Rs03Layout layout)
    {
        sector[(sizeof(uint) * layout.PayloadLayers)..].Clear();
        Cookie.CopyTo(sector[1024..]);
        BinaryPrimitives.WriteUInt32BigEndian(sector[1036..], Codec.Rs03);
        sector[1040] = layout.IsImage ? (byte)0 : FileFlag;
        BinaryPrimitives.WriteInt32LittleEndian(sector[1044..], EccHeader.WrittenVersion);
        BinaryPrimitives.WriteInt32LittleEndian(sector[1048..], NeededVersion);
        BinaryPrimitives.WriteInt32LittleEndian(sector[1052..], Fingerprint.SectorNumber);
        BinaryPrimitives.WriteUInt128BigEndian(sector[1056..], layout.Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(sector[1088..], layout.PayloadSectors);
        BinaryPrimitives.WriteInt32LittleEndian(sector[1096..], layout.LastSectorBytes);
        BinaryPrimitives.WriteInt32LittleEndian(sector[1100..], ReedSolomonCode.Length - layout.Roots);
        BinaryPrimitives.WriteInt32LittleEndian(sector[1104..], layout.Roots);
        BinaryPrimitives.WriteInt64LittleEndian(sector[1112..], layout.SectorsPerLayer);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[ChecksumPosition..], EccHeader.ChecksumSeed);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[ChecksumPosition..], Crc32.Of(sector[..Sector.Size]));
    }

    /// <summary>The layout that such a sector describes; null where the sector is none, or does not have its checksum.</summary>
    public static Rs03Layout? TryReadLayout(ReadOnlySpan<byte> sector)
    {
        if (!sector[1024..].StartsWith(Cookie)
            || BinaryPrimitives.ReadUInt32BigEndian(sector[1036..]) != Codec.Rs03
            || !EccHeader.ChecksumFits(sector[..Sector.Size], ChecksumPosition))
        {
            return null;
        }

        Rs03Layout layout = new()
        {
            IsImage = (sector[1040] & FileFlag) == 0,
            PayloadSectors = BinaryPrimitives.ReadInt64LittleEndian(sector[1088..]),
            LastSectorBytes = BinaryPrimitives.ReadInt32LittleEndian(sector[1096..]),
            SectorsPerLayer = BinaryPrimitives.ReadInt64LittleEndian(sector[1112..]),
            Roots = BinaryPrimitives.ReadInt32LittleEndian(sector[1104..]),
            Fingerprint = BinaryPrimitives.ReadUInt128BigEndian(sector[1056..]),
        };
        return BinaryPrimitives.ReadInt32LittleEndian(sector[1100..]) == ReedSolomonCode.Length - layout.Roots && layout.IsConsistent ? layout : null;
    }

    /// <summary>Whether a sector is one of this layout, and has its own checksum.</summary>
    public static bool Belongs(ReadOnlySpan<byte> sector, Rs03Layout layout) => TryReadLayout(sector) == layout;
}
