// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Drives.Windows;

/// <summary>Sends commands by SCSI pass-through (ntddscsi.h), which needs the drive opened for reading and writing, whatever the command does.</summary>
/// <param name="file">The drive; closed with this.</param>
[SupportedOSPlatform("windows")]
internal sealed unsafe class SptTransport(SafeFileHandle file) : IScsiTransport
{
    private const byte ToDevice = 0; // SCSI_IOCTL_DATA_OUT
    private const byte FromDevice = 1; // SCSI_IOCTL_DATA_IN
    private const byte NoData = 2; // SCSI_IOCTL_DATA_UNSPECIFIED
    private const byte CheckCondition = 0x02;

    // Host adapters want their own alignment, and refuse the call with "the parameter is incorrect" else: a page suffices for all.
    private readonly AlignedBuffer _aligned = new(64 << 10);

    /// <summary>Opens a drive.</summary>
    /// <param name="node">The drive.</param>
    /// <param name="error">What Windows says where it can't be opened.</param>
    /// <returns>Null where it can't be opened.</returns>
    public static SptTransport? TryOpen(string node, out int error)
    {
        SafeFileHandle file = Kernel32.CreateFile(node, Kernel32.GenericRead | Kernel32.GenericWrite, Kernel32.ShareAll, 0, Kernel32.OpenExisting, 0, 0);
        error = file.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        if (!file.IsInvalid)
        {
            return new(file);
        }

        file.Dispose();
        return null;
    }

    public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
    {
        Span<byte> aligned = _aligned.Span[..data.Length];
        ScsiReply reply = Pass(command, data.IsEmpty ? NoData : FromDevice, aligned, timeout);
        aligned[..reply.Length].CopyTo(data);
        return reply;
    }

    public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout)
    {
        Span<byte> aligned = _aligned.Span[..data.Length];
        data.CopyTo(aligned);
        return Pass(command, ToDevice, aligned, timeout);
    }

    public void Dispose() => file.Dispose();

    private ScsiReply Pass(ReadOnlySpan<byte> command, byte direction, Span<byte> data, TimeSpan timeout)
    {
        fixed (byte* memory = data)
        {
            PassThroughRequest request = new()
            {
                Length = PassThroughRequest.StructureLength,
                CommandLength = (byte)command.Length,
                SenseLength = PassThroughRequest.SenseSpace,
                Direction = direction,
                DataLength = (uint)data.Length,
                Timeout = (uint)Math.Ceiling(timeout.TotalSeconds),
                Data = memory,
                SenseOffset = PassThroughRequest.StructureLength,
            };
            command.CopyTo(new Span<byte>(request.Command, 16));
            if (!Kernel32.Control(file, Kernel32.PassThroughDirect, &request, (uint)sizeof(PassThroughRequest), &request, (uint)sizeof(PassThroughRequest), out _, 0))
            {
                int error = Marshal.GetLastPInvokeError();
                throw new IOException($"the system passed no command on to the drive: {Marshal.GetPInvokeErrorMessage(error)}", error);
            }

            // The call succeeds where the drive refuses: only its status tells.
            int done = (int)Math.Min(request.DataLength, (uint)data.Length);
            Span<byte> sense = new((byte*)&request + PassThroughRequest.StructureLength, Math.Min((int)request.SenseLength, PassThroughRequest.SenseSpace));
            return request.ScsiStatus switch
            {
                0 => ScsiReply.Good(done),
                CheckCondition => new(false, done, Sense.Parse(sense)),
                _ => new(false, done, Sense.None),
            };
        }
    }
}
