// SPDX-License-Identifier: MIT
namespace Spindle.Parity.DiscSet;

/// <summary>A file in the list of a PAR 1.0 volume: of a set of discs, the image of one.</summary>
/// <param name="Name">Its name, without a folder.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Md5">MD5 of all of it, 16 bytes.</param>
/// <param name="Md5OfStart">MD5 of its first 16384 bytes, or of all of it where it is shorter.</param>
public sealed record ParFile(string Name, long Length, byte[] Md5, byte[] Md5OfStart)
{
    /// <summary>Bytes that <see cref="Md5OfStart"/> is of.</summary>
    public const int StartLength = 16384;
}
