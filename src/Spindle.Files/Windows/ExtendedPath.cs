// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Spindle.Files.Windows;

/// <summary>Paths that Windows takes as they are: of any length, with dots and blanks at the end of names, and never as a device.</summary>
/// <remarks>"Naming Files, Paths, and Namespaces", Win32 documentation: the prefix <c>\\?\</c> turns all changes of a path off.</remarks>
public static partial class ExtendedPath
{
    private const string Prefix = @"\\?\";
    private const string NetworkPrefix = @"\\?\UNC\";

    /// <summary>The path of a directory as the user named it; on other systems than Windows, its full path.</summary>
    public static string Of(string path) => OperatingSystem.IsWindows() ? OfFull(Path.GetFullPath(path)) : Path.GetFullPath(path);

    /// <summary>A full path that has names of an archive in it, which may have slashes between them and dots at their end: <see cref="Of"/> would cut those off.</summary>
    internal static string OfNames(string path) => OfFull(path.Replace('/', '\\'));

    /// <summary>A path as people read it.</summary>
    public static string Shown(string path) =>
        path.StartsWith(NetworkPrefix, StringComparison.Ordinal) ? @"\\" + path[NetworkPrefix.Length..]
        : path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..]
        : path;

    /// <summary>Puts names of an archive behind a directory.</summary>
    /// <param name="directory">As <see cref="Of"/> gives it.</param>
    /// <param name="names">With slashes between them; none may be one that leads elsewhere.</param>
    public static string Join(string directory, string names) =>
        names.Length == 0 ? directory
        : OperatingSystem.IsWindows() ? $@"{directory.TrimEnd('\\')}\{names.Replace('/', '\\')}"
        : Path.Combine(directory, names);

    /// <summary>Bytes that this user can still write to a directory of Windows; null where it does not say.</summary>
    [SupportedOSPlatform("windows")]
    internal static long? FreeSpace(string directory) => GetDiskFreeSpace(Of(directory).TrimEnd('\\') + '\\', out ulong free, 0, 0) ? (long)Math.Min(free, long.MaxValue) : null;

    /// <summary>Whether a path names an optical drive, which on Windows is a directory, too, and there may be a disc in it that Windows does not know.</summary>
    public static bool IsOpticalDrive(string path) => OperatingSystem.IsWindows() && (path.StartsWith(@"\\.\", StringComparison.Ordinal)
        || (path.Length is 2 or 3 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path.TrimEnd('\\', '/').Length == 2 && new DriveInfo(path).DriveType == DriveType.CDRom));

    internal static string OfFull(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal) ? path
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? NetworkPrefix + path[2..]
        : Prefix + path;

    [LibraryImport("kernel32", EntryPoint = "GetDiskFreeSpaceExW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    [SupportedOSPlatform("windows")]
    private static partial bool GetDiskFreeSpace(string directory, out ulong free, nint all, nint allFree);
}
