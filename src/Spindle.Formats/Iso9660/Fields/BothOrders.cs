// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Iso9660.Fields;

/// <summary>Numbers that are recorded twice, little-endian first (ECMA-119 §7.2.3, §7.3.3).</summary>
/// <remarks>The little-endian half wins: some writers get the other one wrong. A disagreement is told, never hidden.</remarks>
public static class BothOrders
{
    /// <summary>Compares the two halves of a 16-bit number (§7.2.3).</summary>
    internal static void Check16(ReadOnlySpan<byte> field, long position, Findings findings)
    {
        ushort little = BinaryPrimitives.ReadUInt16LittleEndian(field.At(bp: 1));
        ushort big = BinaryPrimitives.ReadUInt16BigEndian(field.At(bp: 3));
        if (little != big)
        {
            Tell(little, big, position, findings);
        }
    }

    /// <summary>Compares the two halves of a 32-bit number (§7.3.3).</summary>
    internal static void Check32(ReadOnlySpan<byte> field, long position, Findings findings)
    {
        uint little = BinaryPrimitives.ReadUInt32LittleEndian(field.At(bp: 1));
        uint big = BinaryPrimitives.ReadUInt32BigEndian(field.At(bp: 5));
        if (little != big)
        {
            Tell(little, big, position, findings);
        }
    }

    /// <summary>Writes a 16-bit number (§7.2.3).</summary>
    public static void Write16(Span<byte> field, int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(field.At(bp: 1), (ushort)value);
        BinaryPrimitives.WriteUInt16BigEndian(field.At(bp: 3), (ushort)value);
    }

    /// <summary>Writes a 32-bit number (§7.3.3).</summary>
    public static void Write32(Span<byte> field, long value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(field.At(bp: 1), (uint)value);
        BinaryPrimitives.WriteUInt32BigEndian(field.At(bp: 5), (uint)value);
    }

    // Apart, so that what is asked of every record stays small.
    private static void Tell(uint little, uint big, long position, Findings findings) =>
        findings.Add(Iso9660Rules.ByteOrdersAgree, position, $"{little} little-endian, {big} big-endian");
}
