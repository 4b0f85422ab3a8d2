// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Iso9660;

/// <summary>The directories of a tree by its path table: the second copy of where they lie and what they are called (ECMA-119, 4th edition, §6.9).</summary>
/// <remarks>Of up to four tables the first that can be read to its end is taken; none is read before it is asked for.</remarks>
internal sealed class DirectoryTable
{
    private const int FixedLength = 8;
    private const int MaximumTable = 16 * 1024 * 1024;

    private readonly Medium _medium;
    private readonly int _blockSize;
    private readonly int _length;
    private readonly (uint Block, bool IsLittle)[] _places;
    private List<Row>? _rows;

    /// <param name="medium">The medium.</param>
    /// <param name="descriptor">The descriptor of the tree.</param>
    /// <param name="blockSize">Bytes of a block.</param>
    public DirectoryTable(Medium medium, VolumeDescriptor descriptor, int blockSize)
    {
        _medium = medium;
        _blockSize = blockSize;
        _length = descriptor.PathTableSize <= MaximumTable ? (int)descriptor.PathTableSize : 0;
        _places =
        [
            (descriptor.PathTableL, true), (descriptor.PathTableM, false), (descriptor.OptionalPathTableL, true), (descriptor.OptionalPathTableM, false),
        ];
    }

    /// <summary>The directories whose parent lies at an address.</summary>
    /// <returns>Of each the address on the disc, in bytes, and the name as recorded.</returns>
    public IEnumerable<(long Position, byte[] Name)> Below(long parent)
    {
        List<Row> rows = _rows ??= ReadFirst();
        int number = rows.FindIndex(row => row.Position == parent) + 1;
        for (int index = 1; index < rows.Count && number > 0; index++)
        {
            if (rows[index].Parent == number)
            {
                yield return (rows[index].Position, rows[index].Name);
            }
        }
    }

    /// <summary>Where directories lie, the root left out.</summary>
    public IEnumerable<long> Positions() => (_rows ??= ReadFirst()).Skip(1).Select(row => row.Position);

    private List<Row> ReadFirst()
    {
        List<Row> best = [];
        foreach ((uint block, bool isLittle) in _places)
        {
            if (block == 0 || _length == 0)
            {
                continue;
            }

            List<Row> rows = [];
            if (TryRead(block * (long)_blockSize, isLittle, rows))
            {
                return rows;
            }

            best = rows.Count > best.Count ? rows : best;
        }

        return best;
    }

    // A path table record (§9.4): length of the name, of the attribute record, block, parent, name, filled up to an even length.
    private bool TryRead(long position, bool isLittle, List<Row> rows)
    {
        byte[] table = new byte[_length];
        if (!_medium.TryRead(position, table))
        {
            return false;
        }

        for (ReadOnlySpan<byte> rest = table; rest.Length >= FixedLength;)
        {
            int name = rest.At(bp: 1)[0];
            if (name == 0 || FixedLength + name > rest.Length)
            {
                return false;
            }

            uint block = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(rest.At(bp: 3)) : BinaryPrimitives.ReadUInt32BigEndian(rest.At(bp: 3));
            int parent = isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(rest.At(bp: 7)) : BinaryPrimitives.ReadUInt16BigEndian(rest.At(bp: 7));
            rows.Add(new((block + (long)rest.At(bp: 2)[0]) * _blockSize, parent, rest.At(bp: 9, length: name).ToArray()));
            rest = rest[Math.Min(rest.Length, FixedLength + name + (name % 2))..];
        }

        return rows.Count > 0;
    }

    /// <summary>One directory.</summary>
    /// <param name="Position">Address on the disc of its extent.</param>
    /// <param name="Parent">Number of the directory above it, from 1.</param>
    /// <param name="Name">Its name as recorded.</param>
    private readonly record struct Row(long Position, int Parent, byte[] Name);
}
