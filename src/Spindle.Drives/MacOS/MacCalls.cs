// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Spindle.Drives.MacOS;

/// <summary>The calls into the C library of macOS.</summary>
[SupportedOSPlatform("macos")]
internal sealed unsafe partial class MacCalls : IMacCalls
{
    private const int OpenFlags = 0x1000000 | NonBlocking; // O_RDONLY | O_CLOEXEC (sys/fcntl.h)
    private const int NonBlocking = 0x4; // O_NONBLOCK: a pipe has perhaps no writer, ever
    private const int FromHere = 1; // SEEK_CUR
    private const int ErrorNoPlaces = 29; // ESPIPE

    public bool IsStream(string path)
    {
        int descriptor = Open(path);
        if (descriptor < 0)
        {
            return false;
        }

        bool isStream = Seek(descriptor, 0, FromHere) < 0 && Marshal.GetLastPInvokeError() == ErrorNoPlaces;
        Close(descriptor);
        return isStream;
    }

    public int Open(string node)
    {
        int descriptor;
        do
        {
            descriptor = OpenNode(node, OpenFlags);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == MacError.Interrupted);
        return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
    }

    public void Close(int descriptor) => _ = CloseNode(descriptor);

    public long Read(int descriptor, Span<byte> buffer, long position)
    {
        fixed (byte* start = buffer)
        {
            nint read;
            do
            {
                read = ReadAt(descriptor, start, buffer.Length, position);
            }
            while (read < 0 && Marshal.GetLastPInvokeError() == MacError.Interrupted);
            return read >= 0 ? read : -Marshal.GetLastPInvokeError();
        }
    }

    public int Control(int descriptor, uint code, Span<byte> parameters, Span<byte> buffer)
    {
        fixed (byte* structure = parameters, memory = buffer)
        {
            if (!buffer.IsEmpty)
            {
                BinaryPrimitives.WriteInt64LittleEndian(parameters[^sizeof(long)..], (nint)memory);
            }

            int result = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                ? ControlOnArm(descriptor, code, 0, 0, 0, 0, 0, 0, structure)
                : ControlOnIntel(descriptor, code, structure);
            return result >= 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    // open takes a third argument only where it makes a file: none that varies.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNode(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseNode(int descriptor);

    [LibraryImport("libc", EntryPoint = "lseek", SetLastError = true)]
    private static partial long Seek(int descriptor, long position, int whence);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static partial nint ReadAt(int descriptor, byte* buffer, nint length, long position);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlOnIntel(int descriptor, nuint code, byte* argument);

    // ioctl takes its third argument from the stack there, as all that may vary in number: behind eight that fill the registers.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int ControlOnArm(int descriptor, nuint code, nint third, nint fourth, nint fifth, nint sixth, nint seventh, nint eighth, byte* argument);
}
