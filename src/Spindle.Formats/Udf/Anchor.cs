// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Udf;

/// <summary>An anchor volume descriptor pointer: where the volume descriptor sequences are (ECMA-167, 3rd edition, 3/10.2).</summary>
/// <param name="Block">Block that it lies in, and says that it lies in.</param>
/// <param name="MainLength">Bytes of the main sequence.</param>
/// <param name="MainBlock">First block of the main sequence.</param>
/// <param name="ReserveLength">Bytes of the reserve sequence.</param>
/// <param name="ReserveBlock">First block of the reserve sequence.</param>
public sealed record Anchor(long Block, uint MainLength, uint MainBlock, uint ReserveLength, uint ReserveBlock)
{
    /// <summary>Reads the anchor in a block: null unless it is one, is intact, and lies where it says.</summary>
    internal static Anchor? Read(Medium medium, long block, int blockSize)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (block < 0 || block > uint.MaxValue || !medium.TryRead(block * blockSize, bytes) || !DescriptorTag.Is(bytes, TagId.Anchor)
            || !DescriptorTag.TryRead(bytes, 0, new(), out DescriptorTag tag) || tag.Location != block || !tag.IsIntact(bytes))
        {
            return null;
        }

        return new(
            block,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 16)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 20)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 24)),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.At(rbp: 28)));
    }
}
