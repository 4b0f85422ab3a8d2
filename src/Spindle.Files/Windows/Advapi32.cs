// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Files.Windows;

/// <summary>Calls of Windows for who may do what. The numbers are those of winnt.h.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe partial class Advapi32
{
    public const uint AccessList = 4; // DACL_SECURITY_INFORMATION

    [LibraryImport("advapi32", EntryPoint = "GetKernelObjectSecurity", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Ask(SafeFileHandle file, uint kinds, byte* answer, uint length, out uint needed);
}
