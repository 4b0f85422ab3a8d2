// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats;

namespace Spindle.Mastering;

/// <summary>The directories of one tree in the order of its path tables: level by level, by parent, by name (ECMA-119 §6.9.1).</summary>
internal sealed class PathTable
{
    private const int MaximumNumber = ushort.MaxValue;

    private readonly int[] _order;
    private readonly int[] _parentNumbers;

    private PathTable(int[] order, int[] parentNumbers)
    {
        _order = order;
        _parentNumbers = parentNumbers;
    }

    /// <summary>How many directories there are.</summary>
    public int Count => _order.Length;

    /// <summary>Directories whose parent has a number that 16 bits can't hold.</summary>
    public int UnnamedParents => _parentNumbers.Count(number => number > MaximumNumber);

    /// <summary>The table of ISO 9660: as moved, with the directory of the moved ones, whose number is that of the directories.</summary>
    public static PathTable Iso(LayoutTables tables)
    {
        int moved = tables.DirectoryCount;
        bool hasMoved = tables.Metadata.MovedDirectories > 0;
        int[] parents = new int[moved + (hasMoved ? 1 : 0)];
        for (int place = 0; place < moved; place++)
        {
            ref readonly DirectoryPlace at = ref tables.PlaceAt(place);
            parents[place] = at.MovedNumber > 0 ? moved : at.Parent;
        }

        return Create(parents, (left, right) => IsoNameOf(tables, left).SequenceCompareTo(IsoNameOf(tables, right)));
    }

    /// <summary>The table of Joliet.</summary>
    public static PathTable Joliet(LayoutTables tables)
    {
        int[] parents = new int[tables.DirectoryCount];
        for (int place = 0; place < parents.Length; place++)
        {
            parents[place] = tables.PlaceAt(place).Parent;
        }

        return Create(parents, (left, right) => tables.JolietNames[left].SequenceCompareTo(tables.JolietNames[right]));
    }

    /// <summary>The identifier that a directory has in ISO 9660, where it was moved to if it was.</summary>
    public static ReadOnlySpan<byte> IsoNameOf(LayoutTables tables, int place)
    {
        if (place == tables.DirectoryCount)
        {
            return "RR_MOVED"u8;
        }

        int moved = tables.PlaceAt(place).MovedNumber;
        return moved > 0 ? System.Text.Encoding.ASCII.GetBytes(NameMapper.MovedIdentifier(moved)) : tables.IsoNames[place];
    }

    /// <summary>The directory at a position of the table.</summary>
    public int PlaceAt(int position) => _order[position];

    /// <summary>Writes a record (§9.4).</summary>
    /// <param name="record">As many bytes as it has, all zero.</param>
    /// <param name="position">Position in the table.</param>
    /// <param name="identifier">Name of the directory.</param>
    /// <param name="at">Where it lies, and whether the record is of the M table.</param>
    public void Write(Span<byte> record, int position, ReadOnlySpan<byte> identifier, (long Sector, bool IsBigEndian) at)
    {
        ushort parent = (ushort)Math.Min(_parentNumbers[position], MaximumNumber);
        record.At(bp: 1)[0] = (byte)identifier.Length;
        if (at.IsBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(record.At(bp: 3), (uint)at.Sector);
            BinaryPrimitives.WriteUInt16BigEndian(record.At(bp: 7), parent);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(record.At(bp: 3), (uint)at.Sector);
            BinaryPrimitives.WriteUInt16LittleEndian(record.At(bp: 7), parent);
        }

        identifier.CopyTo(record.At(bp: 9));
    }

    private static PathTable Create(int[] parents, Comparison<int> byName)
    {
        int[] first = new int[parents.Length + 1];
        for (int place = 1; place < parents.Length; place++)
        {
            first[parents[place] + 1]++;
        }

        for (int place = 0; place < parents.Length; place++)
        {
            first[place + 1] += first[place];
        }

        int[] children = new int[parents.Length - 1];
        int[] next = first.AsSpan(0, parents.Length).ToArray();
        for (int place = 1; place < parents.Length; place++)
        {
            children[next[parents[place]]++] = place;
        }

        int[] order = new int[parents.Length];
        int[] parentNumbers = new int[parents.Length];
        parentNumbers[0] = 1; // the root is its own parent
        for (int position = 0, end = 1; position < end; position++)
        {
            int place = order[position];
            Span<int> own = children.AsSpan(first[place], first[place + 1] - first[place]);
            own.Sort(byName);
            foreach (int child in own)
            {
                order[end] = child;
                parentNumbers[end++] = position + 1;
            }
        }

        return new(order, parentNumbers);
    }
}
