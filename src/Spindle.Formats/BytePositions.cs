// SPDX-License-Identifier: MIT
namespace Spindle.Formats;

/// <summary>
/// The bytes of a structure by the numbers that its standard prints: "BP" of ECMA-119 and of what was made on top of it (SUSP, RRIP, Joliet),
/// where the first byte is 1.
/// </summary>
/// <remarks>With <see cref="RelativePositions"/> and <see cref="Offsets"/> beside it, a number without its kind does not compile.</remarks>
public static class BytePositions
{
    /// <summary>The bytes from a position on.</summary>
    public static ReadOnlySpan<byte> At(this ReadOnlySpan<byte> structure, int bp) => structure[(bp - 1)..];

    /// <summary>So many bytes at a position.</summary>
    public static ReadOnlySpan<byte> At(this ReadOnlySpan<byte> structure, int bp, int length) => structure.Slice(bp - 1, length);

    /// <summary>The bytes from a position on, to be written.</summary>
    public static Span<byte> At(this Span<byte> structure, int bp) => structure[(bp - 1)..];

    /// <summary>So many bytes at a position, to be written.</summary>
    public static Span<byte> At(this Span<byte> structure, int bp, int length) => structure.Slice(bp - 1, length);
}
