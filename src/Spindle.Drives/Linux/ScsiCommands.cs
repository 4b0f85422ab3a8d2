// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Media;

namespace Spindle.Drives.Linux;

/// <summary>Asks a drive itself, past the kernel's idea of how long its disc is (SG_IO, scsi/sg.h).</summary>
/// <remarks>
/// After an error in the last 75 sectors the kernel's sr driver takes the place of the error for the end of the disc, until the
/// disc is changed: reads behind it end early without an error, and the device has become smaller for every program.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static unsafe class ScsiCommands
{
    private const byte Read10 = 0x28; // READ (10)
    private const byte ReadCapacity10 = 0x25; // READ CAPACITY (10)
    private const int CommandLength = 10;
    private const int SenseLength = 32;
    private const int CapacityLength = 8;
    private const int SectorsPerRead = 32; // 64 KiB: what every host adapter takes at once
    private const int FromDevice = -3; // SG_DXFER_FROM_DEV
    private const uint TimeoutMilliseconds = 60_000;

    /// <summary>The bytes of the disc, as the drive says.</summary>
    /// <returns>Null where the device takes no such commands, or has sectors of another size.</returns>
    public static long? TryReadCapacity(SafeFileHandle file, int sectorSize)
    {
        Span<byte> command = stackalloc byte[CommandLength];
        command.Clear();
        command[0] = ReadCapacity10;
        Span<byte> answer = stackalloc byte[CapacityLength];
        answer.Clear();
        bool isAnswered = Execute(file, command, answer) == true && BinaryPrimitives.ReadUInt32BigEndian(answer[4..]) == sectorSize;
        return isAnswered ? (BinaryPrimitives.ReadUInt32BigEndian(answer) + 1L) * sectorSize : null;
    }

    /// <summary>Reads sectors.</summary>
    /// <param name="file">The drive.</param>
    /// <param name="start">The first sector.</param>
    /// <param name="sectorSize">Bytes of a sector.</param>
    /// <param name="buffer">Whole sectors.</param>
    /// <returns>Null where the device takes no such commands.</returns>
    public static SectorRead? TryRead(SafeFileHandle file, long start, int sectorSize, Span<byte> buffer)
    {
        Span<byte> command = stackalloc byte[CommandLength];
        command.Clear();
        command[0] = Read10;
        int count = buffer.Length / sectorSize;
        int done = 0;
        while (done < count)
        {
            int some = Math.Min(SectorsPerRead, count - done);
            BinaryPrimitives.WriteUInt32BigEndian(command[2..], checked((uint)(start + done)));
            BinaryPrimitives.WriteUInt16BigEndian(command[7..], (ushort)some);
            switch (Execute(file, command, buffer.Slice(done * sectorSize, some * sectorSize)))
            {
                case null:
                    return null;
                case false:
                    return new(done, SectorFault.Unreadable);
                default:
                    done += some;
                    break;
            }
        }

        return new(done, SectorFault.None);
    }

    /// <returns>Whether the drive filled the buffer; null where the device takes no such commands.</returns>
    private static bool? Execute(SafeFileHandle file, Span<byte> command, Span<byte> data)
    {
        byte* sense = stackalloc byte[SenseLength];
        fixed (byte* commandBytes = command, dataBytes = data)
        {
            Request request = new()
            {
                Interface = 'S',
                Direction = FromDevice,
                CommandLength = (byte)command.Length,
                SenseLength = SenseLength,
                DataLength = (uint)data.Length,
                Data = dataBytes,
                Command = commandBytes,
                Sense = sense,
                Timeout = TimeoutMilliseconds,
            };
            return LibC.Control(file, LibC.ScsiIo, (nint)(&request)) == 0
                ? request is { Status: 0, HostStatus: 0, DriverStatus: 0, Residual: 0 }
                : null;
        }
    }

    /// <summary>sg_io_hdr of scsi/sg.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        public int Interface;
        public int Direction;
        public byte CommandLength;
        public byte SenseLength;
        public ushort ScatterCount;
        public uint DataLength;
        public byte* Data;
        public byte* Command;
        public byte* Sense;
        public uint Timeout;
        public uint Flags;
        public int PackIdentifier;
        public nint UserPointer;
        public byte Status;
        public byte MaskedStatus;
        public byte MessageStatus;
        public byte SenseWritten;
        public ushort HostStatus;
        public ushort DriverStatus;
        public int Residual;
        public uint Duration;
        public uint Information;
    }
}
