// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Linux;

namespace Spindle.Files.Mounting.Linux;

/// <summary>An open <c>/dev/fuse</c> that a drive hangs on.</summary>
internal sealed unsafe class FuseDevice(SafeFileHandle device) : IFuseChannel, IDisposable
{
    public int Receive(Span<byte> buffer)
    {
        while (true)
        {
            nint length;
            fixed (byte* start = buffer)
            {
                length = LibC.Read(device, start, buffer.Length);
            }

            if (length >= 0)
            {
                return (int)length;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case LibC.ErrorInterrupted or LibC.ErrorWouldBlock or LibC.ErrorNoEntry: // the last: who asked went away before it was read
                    continue;
                case LibC.ErrorNoSuchDevice or LibC.ErrorAborted: // taken down, or ended through /sys/fs/fuse/connections
                    return 0;
                case var error:
                    throw new IOException($"/dev/fuse: {LibC.Describe(error)}");
            }
        }
    }

    public void Send(ReadOnlySpan<byte> reply)
    {
        nint length;
        fixed (byte* start = reply)
        {
            length = LibC.Write(device, start, reply.Length);
        }

        if (length < 0 && Marshal.GetLastPInvokeError() == LibC.ErrorInvalid)
        {
            throw new InvalidOperationException($"the kernel does not understand an answer of {reply.Length} bytes");
        }
    }

    public void Dispose() => device.Dispose();
}
