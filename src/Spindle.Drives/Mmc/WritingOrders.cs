// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Drives.Mmc;

/// <summary>How a CD, DVD-R or DVD-RW is written: all of it in one go, announced before (MMC-6, write parameters mode page, 05h).</summary>
/// <param name="IsOfDvd">Whether the disc is a DVD: tracks of mode 5.</param>
/// <param name="IsTest">Whether the laser stays dark (test write).</param>
public readonly record struct WriteParameters(bool IsOfDvd, bool IsTest)
{
    private const int PageLength = 0x34; // two bytes in front of 32h
    private const byte Page = 0x05;

    /// <summary>The parameters of a MODE SELECT (10) that sets it: with the buffer's underrun protection, and no further session.</summary>
    public byte[] ToParameters()
    {
        byte[] parameters = new byte[ModePage.HeaderLength + PageLength];
        Span<byte> page = parameters.AsSpan(ModePage.HeaderLength);
        (page[0], page[1]) = (Page, PageLength - 2);
        page[2] = (byte)(0x40 | (IsTest ? 0x10 : 0x00) | 0x02); // BUFE, Test Write, write type 2: session at once, disc at once
        (page[3], page[4]) = IsOfDvd ? ((byte)0x05, (byte)0x08) : ((byte)0x00, (byte)0x00); // track mode, blocks of 2048 bytes; those of a CD are in its cue sheet
        page[15] = 150; // audio pause, in sectors: drives refuse another one
        return parameters;
    }
}

/// <summary>The cue sheet of a CD with one data track of mode 1 (MMC-6, SEND CUE SHEET).</summary>
public static class CueSheet
{
    /// <summary>Sectors in front of the track that are written as its pause.</summary>
    public const int Pause = 150;

    private const byte DataTrack = 0x41; // control 4, address 1
    private const byte Mode1 = 0x10, Silence = 0x14; // data forms: 2048 bytes that are sent; zeros that the drive makes

    /// <summary>Lays it out: lead-in, pause, track, lead-out.</summary>
    /// <param name="sectors">Sectors of the track, below 450,000.</param>
    public static byte[] Of(long sectors)
    {
        long end = sectors + Pause;
        return
        [
            DataTrack, 0x00, 0x00, Silence, 0, 0, 0, 0,
            DataTrack, 0x01, 0x00, Mode1, 0, 0, 0, 0,
            DataTrack, 0x01, 0x01, Mode1, 0, 0, 2, 0,
            DataTrack, 0xAA, 0x01, Silence, 0, checked((byte)(end / 4500)), (byte)(end / 75 % 60), (byte)(end % 75),
        ];
    }
}

/// <summary>What FORMAT UNIT is to do (MMC-6, format descriptor), answered at once.</summary>
/// <param name="Format">The capacity, type and parameter as READ FORMAT CAPACITIES offers it.</param>
public readonly record struct FormatOrder(FormatCapacity Format)
{
    /// <summary>The type of a DVD+RW's only format.</summary>
    public const int DvdPlusRw = 0x26;

    /// <summary>The type of a format with the usual spare area.</summary>
    public const int Usual = 0x00;

    /// <summary>The type of a BD-RE's format without spare areas.</summary>
    public const int BdReWithoutSpare = 0x31;

    /// <summary>BD-R: written from front to back, and without pseudo-overwrite, which is what 0 stands for.</summary>
    public const int BdRWithoutPseudoOverwrite = 1;

    private const long AllThereIs = uint.MaxValue;

    /// <summary>What is further said of the type, 0 to 3.</summary>
    public int SubType { get; init; }

    /// <summary>DVD+RW: formatting begins, and goes on while it is written.</summary>
    /// <param name="isRestart">Whether it was begun before, and stopped.</param>
    public static FormatOrder InTheBackground(bool isRestart) => new(new(AllThereIs, DvdPlusRw, isRestart ? 1 : 0));

    /// <summary>The list of parameters.</summary>
    public byte[] ToParameters()
    {
        byte[] list = new byte[12];
        list[1] = Format.Type == DvdPlusRw ? (byte)0x02 : (byte)0x82; // FOV, Immed
        list[3] = 8;
        BinaryPrimitives.WriteUInt32BigEndian(list.AsSpan(8), (uint)(Format.Parameter & 0xFF_FFFF));
        BinaryPrimitives.WriteUInt32BigEndian(list.AsSpan(4), (uint)Format.Sectors);
        list[8] = (byte)((Format.Type << 2) | SubType);
        return list;
    }
}

/// <summary>How fast a DVD or Blu-ray disc is written (MMC-6, SET STREAMING, performance descriptor).</summary>
/// <param name="LastSector">The last sector for which that holds.</param>
/// <param name="KilobytesPerSecond">In 1000 bytes a second.</param>
public readonly record struct StreamingOrder(long LastSector, int KilobytesPerSecond)
{
    /// <summary>Bytes of the descriptor.</summary>
    public const int Length = 28;

    /// <summary>The descriptor.</summary>
    public byte[] ToParameters()
    {
        byte[] descriptor = new byte[Length];
        BinaryPrimitives.WriteUInt32BigEndian(descriptor.AsSpan(8), (uint)LastSector);
        foreach (int place in (int[])[12, 20]) // reading, writing
        {
            BinaryPrimitives.WriteInt32BigEndian(descriptor.AsSpan(place), KilobytesPerSecond);
            BinaryPrimitives.WriteInt32BigEndian(descriptor.AsSpan(place + 4), 1000); // milliseconds
        }

        return descriptor;
    }
}
