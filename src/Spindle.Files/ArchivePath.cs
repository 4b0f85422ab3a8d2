// SPDX-License-Identifier: MIT
namespace Spindle.Files;

/// <summary>Paths of the archive: bytes, from its root, with slashes between names and none at either end.</summary>
public static class ArchivePath
{
    /// <summary>The root's row in the catalogue.</summary>
    public const long RootId = 1;

    /// <summary>Reads where in an archive a tree is to stand, as people name it.</summary>
    /// <param name="text">Such as <c>photos/2024</c>; slashes at its ends are of no matter.</param>
    /// <returns>Without these slashes, and empty for the root; null where it names no place.</returns>
    public static string? PlaceOf(string text)
    {
        string place = text.Trim('/');
        return place.Length == 0 || place.Split('/').All(part => part is not ("" or "." or "..")) ? place : null;
    }

    /// <summary>Puts a name into a directory.</summary>
    /// <param name="directory">Empty for the root.</param>
    /// <param name="name">The name.</param>
    public static byte[] Join(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name) =>
        directory.IsEmpty ? name.ToArray() : [.. directory, (byte)'/', .. name];

    /// <summary>What is before the last slash; empty for the root.</summary>
    public static ReadOnlySpan<byte> DirectoryOf(ReadOnlySpan<byte> path) => path[..Math.Max(0, path.LastIndexOf((byte)'/'))];

    /// <summary>What is after the last slash.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    /// <summary>How many directories are above: 0 for the root itself.</summary>
    public static int DepthOf(ReadOnlySpan<byte> path) => path.IsEmpty ? 0 : path.Count((byte)'/') + 1;

    /// <summary>Orders paths as a walk of the tree meets them: what is in a directory before the directory's neighbours.</summary>
    public static int CompareInTreeOrder(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int same = a.CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length.CompareTo(b.Length) : Rank(a[same]).CompareTo(Rank(b[same]));

        static int Rank(byte value) => value == '/' ? -1 : value;
    }
}
