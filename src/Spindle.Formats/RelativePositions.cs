// SPDX-License-Identifier: MIT
namespace Spindle.Formats;

/// <summary>The bytes of a structure by the numbers that its standard prints: "RBP" of ECMA-167, and UDF's after it, where the first byte is 0.</summary>
public static class RelativePositions
{
    /// <inheritdoc cref="BytePositions.At(ReadOnlySpan{byte}, int)"/>
    public static ReadOnlySpan<byte> At(this ReadOnlySpan<byte> structure, int rbp) => structure[rbp..];

    /// <inheritdoc cref="BytePositions.At(ReadOnlySpan{byte}, int, int)"/>
    public static ReadOnlySpan<byte> At(this ReadOnlySpan<byte> structure, int rbp, int length) => structure.Slice(rbp, length);

    /// <inheritdoc cref="BytePositions.At(Span{byte}, int)"/>
    public static Span<byte> At(this Span<byte> structure, int rbp) => structure[rbp..];

    /// <inheritdoc cref="BytePositions.At(Span{byte}, int, int)"/>
    public static Span<byte> At(this Span<byte> structure, int rbp, int length) => structure.Slice(rbp, length);
}
