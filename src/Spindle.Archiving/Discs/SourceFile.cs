// SPDX-License-Identifier: MIT
using System.Text;
using Microsoft.Win32.SafeHandles;
using Spindle.Archiving.Scanning.Linux;

namespace Spindle.Archiving.Discs;

/// <summary>Opens files by their names as bytes: not every name is text.</summary>
internal static class SourceFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be opened.</exception>
    public static unsafe SafeFileHandle Open(ReadOnlySpan<byte> path)
    {
        if (!OperatingSystem.IsLinux() || System.Text.Unicode.Utf8.IsValid(path))
        {
            return File.OpenHandle(Encoding.UTF8.GetString(path), options: FileOptions.SequentialScan);
        }

        byte[] terminated = [.. path, 0];
        fixed (byte* name = terminated)
        {
            int descriptor = LibC.OpenAt(LibC.CurrentDirectory, name, LibC.ReadOnly | LibC.CloseOnExec);
            return descriptor >= 0
                ? new(descriptor, ownsHandle: true)
                : throw new IOException($"{Encoding.UTF8.GetString(path)}: {System.Runtime.InteropServices.Marshal.GetLastPInvokeErrorMessage()}");
        }
    }
}
