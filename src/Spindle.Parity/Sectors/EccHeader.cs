// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Parity.Checksums;

namespace Spindle.Parity.Sectors;

/// <summary>The 4096 bytes that describe the parity of an image or of an error correction file (codecs manual, "EccHeader").</summary>
internal sealed record EccHeader
{
    /// <summary>Bytes of the header: two sectors.</summary>
    public const int Length = 2 * Sector.Size;

    /// <summary>The version of the format's first program whose bytes are written here, as a*10000 + b*100 + c.</summary>
    public const int WrittenVersion = 7905;

    /// <summary>What the field of a checksum holds while that checksum is computed.</summary>
    public const uint ChecksumSeed = 0x004C_5047;

    private const int ChecksumPosition = 96;

    /// <summary>Which codec: <c>RS01</c>, <c>RS02</c> or <c>RS03</c>, as four ASCII bytes read big-endian.</summary>
    public required uint Method { get; init; }

    /// <summary>Bit 0: <see cref="PayloadDigest"/> is set. Bit 1: this is a file of its own, not within an image.</summary>
    public byte Flags { get; init; }

    /// <summary>MD5 of payload sector 16.</summary>
    public UInt128 Fingerprint { get; init; }

    /// <summary>MD5 of the payload, where <see cref="Flags"/> says so.</summary>
    public UInt128 PayloadDigest { get; init; }

    /// <summary>MD5 of the parity (RS01, RS02); 0 in RS03.</summary>
    public UInt128 ParityDigest { get; init; }

    /// <summary>Sectors of the payload; a last one that is cut short counts.</summary>
    public required long PayloadSectors { get; init; }

    /// <summary>Data symbols of a codeword.</summary>
    public required int DataSymbols { get; init; }

    /// <summary>Parity symbols of a codeword.</summary>
    public required int Roots { get; init; }

    /// <summary>The program that wrote it, as a*10000 + b*100 + c.</summary>
    public int CreatorVersion { get; init; } = WrittenVersion;

    /// <summary>The oldest program that can use it.</summary>
    public required int NeededVersion { get; init; }

    /// <summary>MD5 of the checksums (RS02); 0 in RS03.</summary>
    public UInt128 ChecksumDigest { get; init; }

    /// <summary>Bytes used in the last sector of the payload, 1 to 2048.</summary>
    public int LastSectorBytes { get; init; } = Sector.Size;

    /// <summary>Sectors of each layer (RS03).</summary>
    public long SectorsPerLayer { get; init; }

    /// <summary>Sectors behind the payload (RS02).</summary>
    public long SectorsAdded { get; init; }

    private static ReadOnlySpan<byte> Cookie => "*dvdisaster*"u8;

    /// <summary>Writes the header with its checksum.</summary>
    /// <param name="target">4096 bytes.</param>
    public void Write(Span<byte> target)
    {
        target[..Length].Clear();
        Cookie.CopyTo(target);
        BinaryPrimitives.WriteUInt32BigEndian(target[12..], Method);
        target[16] = Flags;
        BinaryPrimitives.WriteUInt128BigEndian(target[20..], Fingerprint);
        BinaryPrimitives.WriteUInt128BigEndian(target[36..], PayloadDigest);
        BinaryPrimitives.WriteUInt128BigEndian(target[52..], ParityDigest);
        BinaryPrimitives.WriteInt64LittleEndian(target[68..], PayloadSectors);
        BinaryPrimitives.WriteInt32LittleEndian(target[76..], DataSymbols);
        BinaryPrimitives.WriteInt32LittleEndian(target[80..], Roots);
        BinaryPrimitives.WriteInt32LittleEndian(target[84..], CreatorVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[88..], NeededVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[92..], Sectors.Fingerprint.SectorNumber);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumPosition..], ChecksumSeed);
        BinaryPrimitives.WriteUInt128BigEndian(target[100..], ChecksumDigest);
        BinaryPrimitives.WriteInt32LittleEndian(target[116..], LastSectorBytes);
        BinaryPrimitives.WriteInt64LittleEndian(target[120..], SectorsPerLayer);
        BinaryPrimitives.WriteInt64LittleEndian(target[128..], SectorsAdded);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumPosition..], Crc32.Of(target[..Length]));
    }

    /// <summary>Reads a header.</summary>
    /// <param name="bytes">At least 4096.</param>
    /// <returns>Null where there is none, or where its checksum does not fit. RS01 has no such checksum.</returns>
    public static EccHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Cookie) || bytes.Length < Length)
        {
            return null;
        }

        uint method = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]);
        if (method != Codec.Rs01 && !ChecksumFits(bytes[..Length], ChecksumPosition))
        {
            return null;
        }

        return new()
        {
            Method = method,
            Flags = bytes[16],
            Fingerprint = BinaryPrimitives.ReadUInt128BigEndian(bytes[20..]),
            PayloadDigest = BinaryPrimitives.ReadUInt128BigEndian(bytes[36..]),
            ParityDigest = BinaryPrimitives.ReadUInt128BigEndian(bytes[52..]),
            PayloadSectors = BinaryPrimitives.ReadInt64LittleEndian(bytes[68..]),
            DataSymbols = BinaryPrimitives.ReadInt32LittleEndian(bytes[76..]),
            Roots = BinaryPrimitives.ReadInt32LittleEndian(bytes[80..]),
            CreatorVersion = BinaryPrimitives.ReadInt32LittleEndian(bytes[84..]),
            NeededVersion = BinaryPrimitives.ReadInt32LittleEndian(bytes[88..]),
            ChecksumDigest = BinaryPrimitives.ReadUInt128BigEndian(bytes[100..]),
            LastSectorBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes[116..]),
            SectorsPerLayer = BinaryPrimitives.ReadInt64LittleEndian(bytes[120..]),
            SectorsAdded = BinaryPrimitives.ReadInt64LittleEndian(bytes[128..]),
        };
    }

    /// <summary>Whether bytes have the CRC-32 that they hold at one position.</summary>
    internal static bool ChecksumFits(ReadOnlySpan<byte> bytes, int position)
    {
        Span<byte> seed = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(seed, ChecksumSeed);
        uint crc = Crc32.Of(bytes[..position]);
        crc = Crc32.Continue(crc, seed);
        return Crc32.Continue(crc, bytes[(position + sizeof(uint))..]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[position..]);
    }
}
