// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>
/// Command descriptor blocks for writing discs (MMC-6; MODE SELECT is in <see cref="MmcCommand"/>). Each method makes the bytes of one command
/// and sends nothing.
/// </summary>
/// <remarks>What takes minutes is sent with the Immed bit: the drive answers at once, and TEST UNIT READY tells when it is done.</remarks>
public static class WritingCommand
{
    /// <summary>WRITE (10).</summary>
    /// <param name="firstSector">The first sector; below 0 in the pause in front of a CD's first track.</param>
    /// <param name="sectorCount">How many; the data that is sent holds them.</param>
    public static byte[] Write10(int firstSector, ushort sectorCount)
    {
        byte[] command = Make(0x2A, sectorCount);
        BinaryPrimitives.WriteInt32BigEndian(command.AsSpan(2), firstSector);
        return command;
    }

    /// <summary>SYNCHRONIZE CACHE (10), of all that the drive holds back.</summary>
    /// <param name="immediate">Whether the drive answers before it is done.</param>
    public static byte[] SynchronizeCache(bool immediate)
    {
        byte[] command = Make(0x35, 0);
        command[1] = immediate ? (byte)0x02 : (byte)0x00;
        return command;
    }

    /// <summary>CLOSE TRACK SESSION, answered at once.</summary>
    /// <param name="function">What is closed: the function field, 0 to 6, whose meaning is another one for each kind of disc.</param>
    /// <param name="track">The track, where it is one that is closed.</param>
    public static byte[] CloseTrackSession(byte function, ushort track)
    {
        byte[] command = Make(0x5B, 0);
        command[1] = 0x01; // Immed
        command[2] = function;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(4), track);
        return command;
    }

    /// <summary>RESERVE TRACK.</summary>
    /// <param name="sectors">Sectors that it is to have.</param>
    public static byte[] ReserveTrack(uint sectors)
    {
        byte[] command = Make(0x53, 0);
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(5), sectors);
        return command;
    }

    /// <summary>SEND OPC INFORMATION: the drive measures how strong its laser must be on this disc.</summary>
    public static byte[] Calibrate()
    {
        byte[] command = Make(0x54, 0);
        command[1] = 0x01; // DoOpc
        return command;
    }

    /// <summary>SEND CUE SHEET: what a CD that is written at once will hold.</summary>
    /// <param name="length">Bytes that are sent with it, a multiple of 8.</param>
    public static byte[] SendCueSheet(ushort length) => Make(0x5D, length);

    /// <summary>FORMAT UNIT, with a list of parameters; see <see cref="FormatOrder"/>.</summary>
    public static byte[] FormatUnit() => [0x04, 0x11, 0, 0, 0, 0]; // FmtData, format code 1

    /// <summary>BLANK, answered at once: of a whole disc, but no more of it than makes it blank.</summary>
    public static byte[] BlankQuickly()
    {
        byte[] command = new byte[12];
        (command[0], command[1]) = (0xA1, 0x11); // Immed, minimal
        return command;
    }

    /// <summary>SET STREAMING; see <see cref="StreamingOrder"/>.</summary>
    /// <param name="length">Bytes that are sent with it.</param>
    public static byte[] SetStreaming(ushort length)
    {
        byte[] command = new byte[12];
        command[0] = 0xB6;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(9), length);
        return command;
    }

    /// <summary>SET CD SPEED, for writing; reading stays as fast as it can.</summary>
    /// <param name="kilobytesPerSecond">In 1000 bytes a second.</param>
    public static byte[] SetCdSpeed(ushort kilobytesPerSecond)
    {
        byte[] command = MmcCommand.SetSpeed(ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(4), kilobytesPerSecond);
        return command;
    }

    /// <summary>READ BUFFER CAPACITY; the reply is a <see cref="BufferCapacity"/>.</summary>
    public static byte[] ReadBufferCapacity() => Make(0x5C, BufferCapacity.Length);

    /// <summary>GET PERFORMANCE, type 3: the speeds at which the disc can be written; the reply is <see cref="WritingSpeeds"/>.</summary>
    /// <param name="most">How many the reply may hold.</param>
    public static byte[] GetWritingSpeeds(ushort most)
    {
        byte[] command = new byte[12];
        (command[0], command[10]) = (0xAC, 0x03);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(8), most);
        return command;
    }

    private static byte[] Make(byte operation, ushort length)
    {
        byte[] command = new byte[10];
        command[0] = operation;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(7), length);
        return command;
    }
}
