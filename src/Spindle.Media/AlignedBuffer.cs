// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Spindle.Media;

/// <summary>Memory at a fixed address, aligned as unbuffered reads of any device need it.</summary>
/// <remarks>Freed by the garbage collector like any array; meant to be kept and used again.</remarks>
public sealed class AlignedBuffer
{
    /// <summary>Every address is a multiple of this many bytes: a memory page, and a multiple of every logical block size.</summary>
    public const int Alignment = 4096;

    private readonly int _offset;
    private readonly byte[] _array;

    /// <summary>Reserves memory; its contents are undefined.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        _array = GC.AllocateUninitializedArray<byte>(length + Alignment, pinned: true);
        long misaligned = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0) % Alignment;
        _offset = misaligned == 0 ? 0 : Alignment - (int)misaligned;
        Length = length;
    }

    /// <summary>Bytes of the buffer.</summary>
    public int Length { get; }

    /// <summary>The whole buffer.</summary>
    public Span<byte> Span => _array.AsSpan(_offset, Length);

    /// <summary>The whole buffer, for those who keep it over an await.</summary>
    public Memory<byte> Memory => _array.AsMemory(_offset, Length);
}
