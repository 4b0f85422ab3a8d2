// SPDX-License-Identifier: MIT
namespace Spindle.Formats;

/// <summary>
/// The bytes of a structure by the numbers that its makers print: offsets, where the first byte is 0. Inside Macintosh prints them; the fields of
/// Technical Note TN1150 lie one behind the other without gaps.
/// </summary>
public static class Offsets
{
    /// <inheritdoc cref="BytePositions.At(ReadOnlySpan{byte}, int)"/>
    public static ReadOnlySpan<byte> At(this ReadOnlySpan<byte> structure, int offset) => structure[offset..];

    /// <inheritdoc cref="BytePositions.At(ReadOnlySpan{byte}, int, int)"/>
    public static ReadOnlySpan<byte> At(this ReadOnlySpan<byte> structure, int offset, int length) => structure.Slice(offset, length);
}
