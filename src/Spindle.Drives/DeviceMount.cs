// SPDX-License-Identifier: MIT
namespace Spindle.Drives;

/// <summary>A place where a file system of a disc is mounted.</summary>
/// <param name="Point">The directory.</param>
/// <param name="FileSystem">The system's name for the file system, such as <c>iso9660</c> or <c>udf</c>.</param>
/// <param name="IsWritable">Whether programs may write to it.</param>
public sealed record DeviceMount(string Point, string FileSystem, bool IsWritable)
{
    /// <summary>The options that it is mounted with, of the place and of the file system, as <c>mount -o</c> takes them.</summary>
    public string Options { get; init; } = "";

    /// <summary>The directory of the file system that is seen there; <c>/</c> for all of it.</summary>
    public string Root { get; init; } = "/";

    /// <summary>The command of a shell that mounts a device like this.</summary>
    /// <param name="node">The device's node.</param>
    public string CommandFor(string node) => Root == "/"
        ? $"mount -t {FileSystem} -o {Quote(Options)} {Quote(node)} {Quote(Point)}"
        : $"mount --bind DIR{Quote(Root)} {Quote(Point)}, where DIR is where the whole disc is mounted";

    private static string Quote(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || "/._-,=+:@".Contains(c)) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
