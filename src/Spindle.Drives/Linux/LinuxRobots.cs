// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Spindle.Drives.Linux;

/// <summary>Medium changers, as the kernel's sg driver shows them.</summary>
[SupportedOSPlatform("linux")]
internal static class LinuxRobots
{
    private const string ClassFolder = "/sys/class/scsi_generic";

    /// <summary>Opens one. Moves are commands that only who may write can send.</summary>
    public static SgTransport Open(string path)
    {
        SafeFileHandle file = LibC.Open(path, LibC.ReadWrite | LibC.NonBlocking);
        int error = Marshal.GetLastPInvokeError();
        if (!file.IsInvalid)
        {
            return new(file, ownsFile: true);
        }

        file.Dispose();
        throw error is LibC.ErrorPermission or LibC.ErrorAccess ? Failures.DeniedToWrite(path) : Failures.NoRobot(path, LibC.Describe(error));
    }

    /// <summary>Those of type 8 (SPC-4 §6.4.2), as the kernel counts them.</summary>
    public static IReadOnlyList<string> All() => !Directory.Exists(ClassFolder) ? [] :
    [
        .. Directory.EnumerateFileSystemEntries(ClassFolder).Select(path => Path.GetFileName(path)).Where(IsChanger)
            .OrderBy(name => int.TryParse(name.AsSpan(2), CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue).Select(name => $"/dev/{name}"),
    ];

    private static bool IsChanger(string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(ClassFolder, name, "device", "type")).Trim() == "8";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone while it was looked at
        }
    }
}
