// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.MacOS;

/// <summary>
/// What the drivers of discs are asked (sys/disk.h; IOCDMediaBSDClient.h, IODVDMediaBSDClient.h, IOBDMediaBSDClient.h), for 64-bit
/// processes. Each method makes the bytes of one structure; what is reserved in it is zero, as the drivers demand.
/// </summary>
/// <remarks>All Macs of these times are little-endian.</remarks>
internal static class MacRequest
{
    public const uint GetBlockSize = 0x40046418; // DKIOCGETBLOCKSIZE: uint32_t
    public const uint GetBlockCount = 0x40086419; // DKIOCGETBLOCKCOUNT: uint64_t
    public const uint IsFormatted = 0x40046417; // DKIOCISFORMATTED: uint32_t

    public const uint CdRead = 0xC0206460; // DKIOCCDREAD
    public const uint CdReadToc = 0xC0186464; // DKIOCCDREADTOC
    public const uint CdReadDiscInfo = 0xC0186465; // DKIOCCDREADDISCINFO
    public const uint CdReadTrackInfo = 0xC0186466; // DKIOCCDREADTRACKINFO
    public const uint CdGetSpeed = 0x40026463; // DKIOCCDGETSPEED: uint16_t, in 1000 bytes a second
    public const uint CdSetSpeed = 0x80026463; // DKIOCCDSETSPEED

    public const uint DvdReadStructure = 0x80186480; // DKIOCDVDREADSTRUCTURE
    public const uint DvdGetSpeed = 0x40026483; // DKIOCDVDGETSPEED
    public const uint DvdSetSpeed = 0x80026483; // DKIOCDVDSETSPEED
    public const uint DvdReadDiscInfo = 0xC0186484; // DKIOCDVDREADDISCINFO
    public const uint DvdReadTrackInfo = 0xC0186485; // DKIOCDVDREADRZONEINFO

    public const uint BdReadStructure = 0x801864A0; // DKIOCBDREADSTRUCTURE
    public const uint BdGetSpeed = 0x400264A3; // DKIOCBDGETSPEED
    public const uint BdSetSpeed = 0x800264A3; // DKIOCBDSETSPEED
    public const uint BdReadDiscInfo = 0xC01864A4; // DKIOCBDREADDISCINFO
    public const uint BdReadTrackInfo = 0xC01864A5; // DKIOCBDREADTRACKINFO

    /// <summary>kCDSectorAreaUser: the data of a sector, and nothing around it.</summary>
    public const byte UserArea = 0x10;

    /// <summary>kCDSectorTypeMode1. With the data alone, it goes to the drive as an ordinary READ (10), whatever mode the sector has.</summary>
    public const byte Mode1 = 2;

    private const int ReadLength = 32;
    private const int AskLength = 24;
    private const int BufferLengthAt = 14; // in all structures of 24 bytes

    /// <summary>dk_cd_read_t.</summary>
    /// <param name="offset">Where it begins: sectors before it times the bytes of one as it is asked for.</param>
    /// <param name="area">What of each sector: bits of READ CD's bytes 9 and 10.</param>
    /// <param name="type">Which kind the sectors must be of; 0 for any.</param>
    /// <param name="length">Bytes.</param>
    public static byte[] ReadCd(long offset, byte area, byte type, int length)
    {
        byte[] request = new byte[ReadLength];
        BinaryPrimitives.WriteInt64LittleEndian(request, offset);
        request[8] = area;
        request[9] = type;
        BinaryPrimitives.WriteInt32LittleEndian(request.AsSpan(20), length);
        return request;
    }

    /// <summary>dk_cd_read_toc_t; minutes, seconds and frames, in which the raw formats are in any case.</summary>
    /// <param name="format">2 lead-ins, 3 program memory area, 4 ATIP, 5 CD-Text: no others are known.</param>
    /// <param name="number">The session to start with.</param>
    /// <param name="length">Bytes of the answer at most.</param>
    public static byte[] ReadToc(byte format, byte number, ushort length)
    {
        byte[] request = Ask(length);
        request[0] = format;
        request[1] = 1; // formatAsTime
        request[7] = number;
        return request;
    }

    /// <summary>dk_cd_read_disc_info_t, dk_dvd_read_disc_info_t, dk_bd_read_disc_info_t.</summary>
    public static byte[] ReadDiscInfo(ushort length) => Ask(length);

    /// <summary>dk_cd_read_track_info_t, dk_dvd_read_rzone_info_t, dk_bd_read_track_info_t.</summary>
    /// <param name="address">A sector, track or session.</param>
    /// <param name="addressType">Which of these: 0, 1, 2, as the command has it.</param>
    /// <param name="length">Bytes of the answer at most.</param>
    public static byte[] ReadTrackInfo(uint address, byte addressType, ushort length)
    {
        byte[] request = Ask(length);
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(4), address);
        request[8] = addressType;
        return request;
    }

    /// <summary>dk_dvd_read_structure_t, dk_bd_read_structure_t.</summary>
    public static byte[] ReadStructure(byte format, uint address, byte layer, ushort length)
    {
        byte[] request = Ask(length);
        request[0] = format;
        BinaryPrimitives.WriteUInt32LittleEndian(request.AsSpan(4), address);
        request[9] = layer;
        return request;
    }

    /// <summary>How many bytes of the answer there are, where the driver tells so in the structure.</summary>
    public static int LengthOf(ReadOnlySpan<byte> answered) => answered.Length == ReadLength
        ? BinaryPrimitives.ReadInt32LittleEndian(answered[20..])
        : BinaryPrimitives.ReadUInt16LittleEndian(answered[BufferLengthAt..]);

    private static byte[] Ask(ushort length)
    {
        byte[] request = new byte[AskLength];
        BinaryPrimitives.WriteUInt16LittleEndian(request.AsSpan(BufferLengthAt), length);
        return request;
    }
}
