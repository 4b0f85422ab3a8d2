// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Iso9660;

namespace Spindle.Formats.Analysis;

/// <summary>Holds the path tables of an ISO 9660 tree against each other and against its directories (ECMA-119, 4th edition, §6.9).</summary>
internal static class PathTableVerifier
{
    private const int MaximumTable = 16 * 1024 * 1024;
    private const int FixedLength = 8;

    public static void Verify(Medium medium, VolumeDescriptor descriptor, IReadOnlySet<long> directories, Findings findings)
    {
        long blockSize = descriptor.LogicalBlockSize;
        long positionL = descriptor.PathTableL * blockSize;
        if (Read(medium, positionL, descriptor.PathTableSize) is not { } tableL)
        {
            findings.Add(Iso9660Rules.PathTableReadable, positionL, $"the L table, {descriptor.PathTableSize} bytes, can't be read");
            return;
        }

        VerifyDirectories(tableL, positionL, blockSize, directories, findings);
        long positionM = descriptor.PathTableM * blockSize;
        if (Read(medium, positionM, descriptor.PathTableSize) is not { } tableM)
        {
            findings.Add(Iso9660Rules.PathTableReadable, positionM, $"the M table, {descriptor.PathTableSize} bytes, can't be read");
            return;
        }

        VerifyBoth(tableL, tableM, positionL, findings);
    }

    private static byte[]? Read(Medium medium, long position, uint length)
    {
        if (position <= 0 || length > MaximumTable || !medium.Holds(position, length))
        {
            return null;
        }

        byte[] table = new byte[length];
        return medium.TryRead(position, table) ? table : null;
    }

    // §9.4: length of the name, of the attribute record, block at 2, parent at 6, name at 8, filled up to an even length.
    private static void VerifyDirectories(byte[] table, long position, long blockSize, IReadOnlySet<long> directories, Findings findings)
    {
        HashSet<long> listed = [];
        int count = 0;
        for (int at = 0; at + FixedLength <= table.Length;)
        {
            int nameLength = table[at];
            int length = FixedLength + nameLength + (nameLength % 2);
            if (nameLength == 0 || at + length > table.Length + 1)
            {
                findings.Add(Iso9660Rules.PathTableReadable, position + at, $"a name of {nameLength} bytes");
                return;
            }

            count++;
            long block = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at + 2)) + (long)table[at + 1];
            int parent = BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(at + 6));
            listed.Add(block * blockSize);
            if (!directories.Contains(block * blockSize))
            {
                findings.Add(Iso9660Rules.PathTableAgrees, position + at, $"entry {count} is in block {block}, where no directory is");
            }

            if (parent == 0 || (parent > count && count <= ushort.MaxValue))
            {
                findings.Add(Iso9660Rules.PathTableAgrees, position + at, $"entry {count} has entry {parent} for its parent");
            }

            at += length;
        }

        foreach (long directory in directories)
        {
            if (!listed.Contains(directory))
            {
                findings.Add(Iso9660Rules.PathTableAgrees, directory, $"the directory in block {directory / blockSize} is not in the path table");
            }
        }
    }

    private static void VerifyBoth(byte[] tableL, byte[] tableM, long position, Findings findings)
    {
        for (int at = 0; at + FixedLength <= tableL.Length && tableL[at] != 0; at += FixedLength + tableL[at] + (tableL[at] % 2))
        {
            int nameEnd = Math.Min(at + FixedLength + tableL[at], tableL.Length);
            bool agree = tableL.AsSpan(at, 2).SequenceEqual(tableM.AsSpan(at, 2))
                && BinaryPrimitives.ReadUInt32LittleEndian(tableL.AsSpan(at + 2)) == BinaryPrimitives.ReadUInt32BigEndian(tableM.AsSpan(at + 2))
                && BinaryPrimitives.ReadUInt16LittleEndian(tableL.AsSpan(at + 6)) == BinaryPrimitives.ReadUInt16BigEndian(tableM.AsSpan(at + 6))
                && tableL.AsSpan(at + FixedLength, nameEnd - at - FixedLength).SequenceEqual(tableM.AsSpan(at + FixedLength, nameEnd - at - FixedLength));
            if (!agree)
            {
                findings.Add(Iso9660Rules.PathTablesAgree, position + at, $"the entries at byte {at} differ");
                return;
            }
        }
    }
}
