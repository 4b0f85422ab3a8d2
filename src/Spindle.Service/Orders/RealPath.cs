// SPDX-License-Identifier: MIT
namespace Spindle.Service.Orders;

/// <summary>The one name of a file or folder that has several: what two jobs must not write at a time is known by it.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as the kernel of Linux

    /// <summary>Follows all links on the way; what is not there yet, or may not be looked at, is kept as it is written.</summary>
    /// <param name="path">An absolute path.</param>
    /// <returns>An absolute path. In lower case where systems take both cases for one: two files that differ in nothing else wait for each other without need.</returns>
    public static string Of(string path)
    {
        string real = Follow(Path.GetFullPath(path), MostLinks);
        return OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? real.ToLowerInvariant() : real;
    }

    private static string Follow(string path, int links)
    {
        string root = Path.GetPathRoot(path)!;
        string real = root;
        string[] parts = path[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string next = Path.Combine(real, parts[i]);
            if (links > 0 && Target(next) is { } target)
            {
                string rest = Path.Combine([Path.GetFullPath(target, real), .. parts[(i + 1)..]]);
                return Follow(rest, links - 1);
            }

            real = next;
        }

        return real;
    }

    private static string? Target(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
