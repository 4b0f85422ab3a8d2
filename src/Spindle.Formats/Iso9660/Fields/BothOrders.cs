// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Iso9660.Fields;

/// <summary>Numbers that are recorded twice, little-endian first (ECMA-119 §7.2.3, §7.3.3).</summary>
/// <remarks>The little-endian half wins: some writers get the other one wrong. A disagreement is told, never hidden.</remarks>
internal static class BothOrders
{
    public static void Check16(ReadOnlySpan<byte> field, long position, Findings findings)
    {
        ushort little = BinaryPrimitives.ReadUInt16LittleEndian(field);
        ushort big = BinaryPrimitives.ReadUInt16BigEndian(field[2..]);
        if (little != big)
        {
            Tell(little, big, position, findings);
        }
    }

    public static void Check32(ReadOnlySpan<byte> field, long position, Findings findings)
    {
        uint little = BinaryPrimitives.ReadUInt32LittleEndian(field);
        uint big = BinaryPrimitives.ReadUInt32BigEndian(field[4..]);
        if (little != big)
        {
            Tell(little, big, position, findings);
        }
    }

    // Apart, so that what is asked of every record stays small.
    private static void Tell(uint little, uint big, long position, Findings findings) =>
        findings.Add(Iso9660Rules.ByteOrdersAgree, position, $"{little} little-endian, {big} big-endian");
}
