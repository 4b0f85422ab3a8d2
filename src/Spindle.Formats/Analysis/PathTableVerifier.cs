// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections;
using Spindle.Formats.Iso9660;
using Spindle.Formats.Iso9660.Fields;

namespace Spindle.Formats.Analysis;

/// <summary>Holds the path tables of an ISO 9660 tree against each other and against its directories (ECMA-119, 4th edition, §6.9).</summary>
/// <remarks>Record by record: a table may say of itself that it has four gigabytes.</remarks>
internal static class PathTableVerifier
{
    private const int MaximumTable = 16 * 1024 * 1024;
    private const int FixedLength = 8;
    private const int LongestRecord = FixedLength + byte.MaxValue + 1;

    public static void Verify(Medium medium, VolumeDescriptor descriptor, AddressSet directories, Findings findings)
    {
        long blockSize = descriptor.LogicalBlockSize;
        Table tableL = new(medium, descriptor.PathTableL * blockSize, descriptor.PathTableSize);
        if (!tableL.IsThere)
        {
            findings.Add(Iso9660Rules.PathTableReadable, tableL.Position, $"the L table, {descriptor.PathTableSize} bytes, can't be read");
            return;
        }

        VerifyDirectories(tableL, blockSize, directories, findings);
        Table tableM = new(medium, descriptor.PathTableM * blockSize, descriptor.PathTableSize);
        if (!tableM.IsThere)
        {
            findings.Add(Iso9660Rules.PathTableReadable, tableM.Position, $"the M table, {descriptor.PathTableSize} bytes, can't be read");
            return;
        }

        VerifyBoth(tableL, tableM, findings);
    }

    // §9.4: length of the name, of the attribute record, block at 2, parent at 6, name at 8, filled up to an even length.
    private static void VerifyDirectories(Table table, long blockSize, AddressSet directories, Findings findings)
    {
        BitArray listed = new(directories.Capacity);
        Span<byte> record = stackalloc byte[LongestRecord];
        int count = 0;
        for (long at = 0; at + FixedLength <= table.Length;)
        {
            int length = table.Read(at, record);
            if (length == 0)
            {
                findings.Add(Iso9660Rules.PathTableReadable, table.Position + at, $"a name of {record[0]} bytes, or a part that can't be read");
                return;
            }

            count++;
            long block = BinaryPrimitives.ReadUInt32LittleEndian(record[2..]) + (long)record[1];
            int parent = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
            if (directories.IndexOf(block * blockSize) is >= 0 and int index)
            {
                listed[index] = true;
            }
            else
            {
                findings.Add(Iso9660Rules.PathTableAgrees, table.Position + at, $"entry {count} is in block {block}, where no directory is");
            }

            if (parent == 0 || (parent > count && count <= ushort.MaxValue))
            {
                findings.Add(Iso9660Rules.PathTableAgrees, table.Position + at, $"entry {count} has entry {parent} for its parent");
            }

            at += length;
        }

        for (int index = 0; index < listed.Length; index++)
        {
            if (!listed[index] && directories.At(index) is { } directory)
            {
                findings.Add(Iso9660Rules.PathTableAgrees, directory, $"the directory in block {directory / blockSize} is not in the path table");
            }
        }
    }

    private static void VerifyBoth(Table tableL, Table tableM, Findings findings)
    {
        Span<byte> one = stackalloc byte[LongestRecord];
        Span<byte> other = stackalloc byte[LongestRecord];
        int length;
        for (long at = 0; at + FixedLength <= tableL.Length; at += length)
        {
            length = tableL.Read(at, one);
            if (length == 0)
            {
                return; // told already
            }

            bool agree = tableM.Read(at, other) == length && one[..2].SequenceEqual(other[..2])
                && BinaryPrimitives.ReadUInt32LittleEndian(one[2..]) == BinaryPrimitives.ReadUInt32BigEndian(other[2..])
                && BinaryPrimitives.ReadUInt16LittleEndian(one[6..]) == BinaryPrimitives.ReadUInt16BigEndian(other[6..])
                && one[FixedLength..(FixedLength + one[0])].SequenceEqual(other[FixedLength..(FixedLength + one[0])]);
            if (!agree)
            {
                findings.Add(Iso9660Rules.PathTablesAgree, tableL.Position + at, $"the entries at byte {at} differ");
                return;
            }
        }
    }

    /// <summary>A path table on the medium.</summary>
    private readonly record struct Table(Medium Medium, long Position, uint Length)
    {
        /// <summary>Whether it lies on the medium, is not larger than any that there is, and begins with something that can be read.</summary>
        public bool IsThere => Position > 0 && Length <= MaximumTable && Medium.Holds(Position, Length)
            && Medium.TryRead(Position, stackalloc byte[(int)Math.Min(Length, FixedLength)]);

        /// <summary>Reads a record; returns its length, 0 where there is none.</summary>
        public int Read(long at, Span<byte> record)
        {
            record[0] = 0;
            int there = (int)Math.Min(LongestRecord, Length - at);
            if (there < FixedLength || !Medium.TryRead(Position + at, record[..FixedLength]) || record[0] == 0)
            {
                return 0;
            }

            // The last name may lack the byte that would make its length even.
            int length = FixedLength + record[0] + (record[0] % 2);
            int recorded = Math.Min(FixedLength + record[0], there);
            return length <= there + 1 && Medium.TryRead(Position + at + FixedLength, record[FixedLength..recorded]) ? length : 0;
        }
    }
}
