// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Changers.Smc;

/// <summary>Element types (SMC-3, READ ELEMENT STATUS).</summary>
internal enum ElementType
{
    All = 0,
    Transport = 1,
    Storage = 2,
    ImportExport = 3,
    DataTransfer = 4,
}

/// <summary>Command descriptor blocks for medium changers (SMC-3). Each method makes the bytes of one command and sends nothing.</summary>
internal static class SmcCommand
{
    /// <summary>INITIALIZE ELEMENT STATUS: look at each element, which may take minutes.</summary>
    public static byte[] InitializeElementStatus() => [0x07, 0, 0, 0, 0, 0];

    /// <summary>MODE SENSE (6) of the element address assignment page, without block descriptors.</summary>
    public static byte[] ModeSense6(byte length) => [0x1A, 0x08, ElementAssignment.Page, 0, length, 0];

    /// <summary>MODE SENSE (10) of the same.</summary>
    public static byte[] ModeSense10(ushort length)
    {
        byte[] command = [0x5A, 0x08, ElementAssignment.Page, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(7), length);
        return command;
    }

    /// <summary>READ ELEMENT STATUS.</summary>
    /// <param name="type">Which elements.</param>
    /// <param name="first">The lowest address that is told.</param>
    /// <param name="count">So many at most.</param>
    /// <param name="ask">What else is to be told, and how many bytes may come.</param>
    public static byte[] ReadElementStatus(ElementType type, int first, int count, (bool Tags, bool Names, int Length) ask)
    {
        byte[] command = new byte[12];
        command[0] = 0xB8;
        command[1] = (byte)((ask.Tags ? 0x10 : 0x00) | (int)type);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(2), (ushort)first);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(4), (ushort)count);
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(6), (uint)ask.Length); // 24 bits; the byte in front of them is the next one's
        command[6] = ask.Names ? (byte)0x01 : (byte)0x00; // DVCID
        return command;
    }

    /// <summary>MOVE MEDIUM.</summary>
    /// <param name="arm">Which arm carries it.</param>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it goes.</param>
    public static byte[] MoveMedium(int arm, int from, int to)
    {
        byte[] command = new byte[12];
        command[0] = 0xA5;
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(2), (ushort)arm);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(4), (ushort)from);
        BinaryPrimitives.WriteUInt16BigEndian(command.AsSpan(6), (ushort)to);
        return command;
    }
}
