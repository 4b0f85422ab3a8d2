// SPDX-License-Identifier: MIT
namespace Spindle.Files.Windows;

/// <summary>Paths that Windows takes as they are: of any length, with dots and blanks at the end of names, and never as a device.</summary>
/// <remarks>"Naming Files, Paths, and Namespaces", Win32 documentation: the prefix <c>\\?\</c> turns all changes of a path off.</remarks>
public static class ExtendedPath
{
    private const string Prefix = @"\\?\";
    private const string NetworkPrefix = @"\\?\UNC\";

    /// <summary>The path of a directory as the user named it; on other systems than Windows, its full path.</summary>
    public static string Of(string path) => OperatingSystem.IsWindows() ? OfFull(Path.GetFullPath(path)) : Path.GetFullPath(path);

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

    internal static string OfFull(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal) ? path
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? NetworkPrefix + path[2..]
        : Prefix + path;
}
