// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>
/// Command descriptor blocks for optical drives (MMC-6; INQUIRY, TEST UNIT READY and the mode commands from SPC-4). Each method makes
/// the bytes of one command and sends nothing.
/// </summary>
/// <remarks>Allocation lengths are what the reply may take at most, in bytes; the buffer must be as long.</remarks>
public static class MmcCommand
{
    /// <summary>TEST UNIT READY: whether there is a disc that can be read; brings no data.</summary>
    public static byte[] TestUnitReady() => new byte[6];

    /// <summary>INQUIRY: vendor, model, firmware; the reply is an <see cref="InquiryData"/>.</summary>
    public static byte[] Inquiry(byte length)
    {
        byte[] command = new byte[6];
        command[0] = 0x12;
        command[4] = length;
        return command;
    }

    /// <summary>INQUIRY of the Unit Serial Number VPD page (SPC-4 §7.8.13).</summary>
    public static byte[] InquiryOfSerial(byte length)
    {
        byte[] command = Inquiry(length);
        (command[1], command[2]) = (0x01, 0x80); // EVPD, page code
        return command;
    }

    /// <summary>GET CONFIGURATION: all features from one on; the reply is a <see cref="DriveConfiguration"/>.</summary>
    public static byte[] GetConfiguration(ushort length, ushort firstFeature = 0)
    {
        byte[] command = Make10(0x46, length);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(2), firstFeature);
        return command;
    }

    /// <summary>GET EVENT STATUS NOTIFICATION, polled, class media: tray and disc without touching either; the reply is a <see cref="MediumEvent"/>.</summary>
    public static byte[] GetMediumEvent(ushort length)
    {
        byte[] command = Make10(0x4A, length);
        command[1] = 0x01;
        command[4] = 0x10;
        return command;
    }

    /// <summary>READ DISC INFORMATION; the reply is a <see cref="DiscInformation"/>.</summary>
    public static byte[] ReadDiscInformation(ushort length) => Make10(0x51, length);

    /// <summary>READ TRACK INFORMATION by the track's number, from 1; the reply is a <see cref="TrackInformation"/>.</summary>
    public static byte[] ReadTrackInformation(uint track, ushort length)
    {
        byte[] command = Make10(0x52, length);
        command[1] = 0x01;
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(2), track);
        return command;
    }

    /// <summary>READ TOC/PMA/ATIP; the reply's type depends on the format.</summary>
    /// <param name="format">What to read.</param>
    /// <param name="number">The track or session to start with; 0 for the first.</param>
    /// <param name="length">Bytes of the reply at most.</param>
    public static byte[] ReadToc(TocFormat format, byte number, ushort length)
    {
        byte[] command = Make10(0x43, length);

        // The raw formats hold their times as minutes, seconds and frames in any case; the drives want to be asked so.
        command[1] = format is TocFormat.Tracks or TocFormat.Sessions ? (byte)0x00 : (byte)0x02;
        command[2] = (byte)format;
        command[6] = number;
        return command;
    }

    /// <summary>READ CAPACITY (10); the reply is a <see cref="MediumCapacity"/> of 8 bytes.</summary>
    public static byte[] ReadCapacity()
    {
        byte[] command = new byte[10];
        command[0] = 0x25;
        return command;
    }

    /// <summary>READ FORMAT CAPACITIES; the reply is a <see cref="FormatCapacities"/>.</summary>
    public static byte[] ReadFormatCapacities(ushort length) => Make10(0x23, length);

    /// <summary>READ DISC STRUCTURE.</summary>
    /// <param name="media">Which family of discs the format code is of.</param>
    /// <param name="format">The format code.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="length">Bytes of the reply at most.</param>
    public static byte[] ReadDiscStructure(StructureMedia media, byte format, byte layer, ushort length)
    {
        byte[] command = new byte[12];
        command[0] = 0xAD;
        command[1] = (byte)media;
        command[6] = layer;
        command[7] = format;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(8), length);
        return command;
    }

    /// <summary>MODE SENSE (10) without block descriptors, of one page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="length">Bytes of the reply at most.</param>
    /// <param name="defaults">Whether what the drive was made with is asked for, and not what is set.</param>
    public static byte[] ModeSense(byte page, ushort length, bool defaults = false)
    {
        byte[] command = Make10(0x5A, length);
        command[1] = 0x08;
        command[2] = (byte)((page & 0x3F) | (defaults ? 0x80 : 0x00));
        return command;
    }

    /// <summary>MODE SELECT (10), in the page format, not saved.</summary>
    /// <param name="length">Bytes of the parameters that are sent with it.</param>
    public static byte[] ModeSelect(ushort length)
    {
        byte[] command = Make10(0x55, length);
        command[1] = 0x10;
        return command;
    }

    /// <summary>SET CD SPEED.</summary>
    /// <param name="kilobytesPerSecond">The speed for reading, in 1000 bytes a second; 0xFFFF for the fastest.</param>
    public static byte[] SetSpeed(ushort kilobytesPerSecond)
    {
        byte[] command = new byte[12];
        command[0] = 0xBB;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(2), kilobytesPerSecond);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(4), ushort.MaxValue);
        return command;
    }

    /// <summary>READ (10).</summary>
    public static byte[] Read10(uint firstSector, ushort sectorCount)
    {
        byte[] command = Make10(0x28, sectorCount);
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(2), firstSector);
        return command;
    }

    /// <summary>READ (12).</summary>
    /// <param name="firstSector">The first sector.</param>
    /// <param name="sectorCount">How many.</param>
    /// <param name="fromMedium">Whether the drive must read them from the disc (FUA), and not from what it remembers.</param>
    public static byte[] Read12(uint firstSector, uint sectorCount, bool fromMedium)
    {
        byte[] command = new byte[12];
        command[0] = 0xA8;
        command[1] = fromMedium ? (byte)0x08 : (byte)0x00;
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(2), firstSector);
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(6), sectorCount);
        return command;
    }

    /// <summary>READ CD: sectors of a CD with as much of what is around the data as is asked for.</summary>
    /// <param name="firstSector">The first sector.</param>
    /// <param name="sectorCount">How many, below 2^24.</param>
    /// <param name="parts">What of each sector; <see cref="CdSectorParts.Length"/> tells how long that is.</param>
    public static byte[] ReadCd(uint firstSector, uint sectorCount, CdSectorParts parts)
    {
        byte[] command = new byte[12];
        command[0] = 0xBE;

        // The count has 24 bits; the sector's number goes over the byte in front of them.
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(5), sectorCount & 0xFF_FFFF);
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(2), firstSector);
        command[9] = parts.SelectionByte;
        command[10] = (byte)parts.SubChannel;
        return command;
    }

    /// <summary>START STOP UNIT, waited for.</summary>
    public static byte[] StartStop(TrayMotion motion)
    {
        byte[] command = new byte[6];
        command[0] = 0x1B;
        command[4] = (byte)motion;
        return command;
    }

    /// <summary>PREVENT ALLOW MEDIUM REMOVAL.</summary>
    /// <param name="prevent">Whether the door is locked.</param>
    public static byte[] PreventRemoval(bool prevent)
    {
        byte[] command = new byte[6];
        command[0] = 0x1E;
        command[4] = prevent ? (byte)1 : (byte)0;
        return command;
    }

    private static byte[] Make10(byte operation, ushort length)
    {
        byte[] command = new byte[10];
        command[0] = operation;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(7), length);
        return command;
    }
}
