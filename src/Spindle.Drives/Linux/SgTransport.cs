// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Drives.Mmc;

namespace Spindle.Drives.Linux;

/// <summary>
/// Sends commands by the kernel's SG_IO (scsi/sg.h). It lets whoever opened the device for reading send those that only read, and needs
/// it opened for writing for those that change how a drive works.
/// </summary>
/// <param name="file">The device.</param>
/// <param name="ownsFile">Whether it is closed with this.</param>
[SupportedOSPlatform("linux")]
internal sealed unsafe class SgTransport(SafeFileHandle file, bool ownsFile) : IScsiTransport
{
    private const int NoData = -1; // SG_DXFER_NONE
    private const int ToDevice = -2; // SG_DXFER_TO_DEV
    private const int FromDevice = -3; // SG_DXFER_FROM_DEV
    private const int SenseLength = 32;
    private const byte CheckCondition = 0x02;
    private const ushort DriverHasSense = 0x08; // DRIVER_SENSE: no failure of the driver's

    /// <summary>Opens a drive without touching its tray.</summary>
    /// <param name="node">The device.</param>
    /// <param name="forSettings">Whether commands are to be sent that change how it works.</param>
    /// <returns>Null where it can't be opened.</returns>
    public static SgTransport? TryOpen(string node, bool forSettings = false)
    {
        SafeFileHandle file = LibC.Open(node, (forSettings ? LibC.ReadWrite : LibC.ReadOnly) | LibC.NonBlocking);
        if (!file.IsInvalid)
        {
            return new(file, ownsFile: true);
        }

        file.Dispose();
        return null;
    }

    public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
    {
        fixed (byte* memory = data)
        {
            return Execute(command, data.IsEmpty ? NoData : FromDevice, memory, data.Length, timeout);
        }
    }

    public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        fixed (byte* memory = data)
        {
            return Execute(command, ToDevice, memory, data.Length, timeout);
        }
    }

    public void Dispose()
    {
        if (ownsFile)
        {
            file.Dispose();
        }
    }

    private ScsiReply Execute(ReadOnlySpan<byte> command, int direction, byte* data, int length, TimeSpan timeout)
    {
        byte* sense = stackalloc byte[SenseLength];
        new Span<byte>(sense, SenseLength).Clear();
        fixed (byte* commandBytes = command)
        {
            Request request = new()
            {
                Interface = 'S',
                Direction = direction,
                CommandLength = (byte)command.Length,
                SenseLength = SenseLength,
                DataLength = (uint)length,
                Data = data,
                Command = commandBytes,
                Sense = sense,
                Timeout = (uint)timeout.TotalMilliseconds,
            };
            if (LibC.Control(file, LibC.ScsiIo, (nint)(&request)) != 0)
            {
                int error = Marshal.GetLastPInvokeError();
                throw new IOException($"the system passed no command on to the drive: {LibC.Describe(error)}", error);
            }

            int done = Math.Clamp(length - request.Residual, 0, length);
            bool isTransported = request.HostStatus == 0 && (request.DriverStatus & ~DriverHasSense) == 0;
            return (request.Status, isTransported) switch
            {
                (0, true) => ScsiReply.Good(done),
                (CheckCondition, _) => new(false, done, Sense.Parse(new ReadOnlySpan<byte>(sense, Math.Min(request.SenseWritten, (byte)SenseLength)))),
                _ => new(false, done, Sense.None),
            };
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
