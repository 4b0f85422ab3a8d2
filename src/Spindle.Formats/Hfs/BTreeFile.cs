// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Hfs;

/// <summary>A B*-tree in a file, as HFS and HFS+ have them for catalogue and extents.</summary>
/// <remarks>
/// Inside Macintosh: Files (1992), chapter 2, 'B*-Trees'; Technical Note TN1150, 'B-Trees'. A node begins with a descriptor (TN1150, 'Node
/// Structure'): next and previous node, kind (-1 leaf, 0 index, 1 header), height, count of records; from its end grow the offsets of the
/// records. Offsets are those of the descriptor and of the records, from 0.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A content stream holds nothing that must be given back.")]
internal sealed class BTreeFile
{
    private const int DescriptorLength = 14;
    private const int MaximumHeight = 32;

    private readonly Medium _medium;
    private readonly Findings _findings;
    private readonly ContentStream _content;
    private readonly uint _root;
    private readonly uint _firstLeaf;
    private readonly uint _leafRecords;

    /// <param name="medium">The medium.</param>
    /// <param name="extents">Where the file is.</param>
    /// <param name="findings">Takes what is wrong with it.</param>
    public BTreeFile(Medium medium, IReadOnlyList<Extent> extents, Findings findings)
    {
        _medium = medium;
        _findings = findings;
        _content = new(medium, extents, extents.Sum(extent => extent.Length));
        Span<byte> header = stackalloc byte[DescriptorLength + 22];
        if (_content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return;
        }

        // Header record (TN1150, 'Header Record'): height, root, leaf records, first leaf, last leaf, node size.
        ReadOnlySpan<byte> record = header.At(offset: DescriptorLength);
        _root = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 2));
        _leafRecords = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 6));
        _firstLeaf = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: 10));
        int nodeSize = BinaryPrimitives.ReadUInt16BigEndian(record.At(offset: 18));
        NodeSize = nodeSize is >= 512 and <= 32_768 && (nodeSize & (nodeSize - 1)) == 0 ? nodeSize : 0;
    }

    /// <summary>Compares the key of a record with the one that is looked for: negative where the record comes first.</summary>
    public delegate int Comparison(ReadOnlySpan<byte> record);

    /// <summary>Bytes of a node; 0 where the header can't be read.</summary>
    public int NodeSize { get; }

    private long NodeCount => NodeSize == 0 ? 0 : _content.Length / NodeSize;

    /// <summary>Finds the leaf in which records from a key on begin.</summary>
    public uint FindLeaf(Comparison compare)
    {
        byte[] node = new byte[NodeSize];
        uint at = _root;
        if (_root == 0 && _leafRecords == 0)
        {
            return 0; // it has none
        }

        for (int height = 0; height < MaximumHeight && TryReadNode(at, node); height++)
        {
            if (IsLeaf(node))
            {
                return at;
            }

            if (node.At(offset: 8)[0] != 0 || RecordCount(node) == 0)
            {
                TellLost(at);
                return 0;
            }

            // The last record that does not come after the key leads on; before the first one, the first.
            uint child = 0;
            for (int index = 0; index < RecordCount(node); index++)
            {
                ReadOnlySpan<byte> record = Record(node, index);
                int keyLength = KeyLength(record);
                if (record.Length < keyLength + 4 || (index > 0 && compare(record) > 0))
                {
                    break;
                }

                child = BinaryPrimitives.ReadUInt32BigEndian(record.At(offset: keyLength));
            }

            if (child == 0)
            {
                TellLost(at);
                return 0;
            }

            at = child;
        }

        return 0;
    }

    /// <summary>Whether there should be leaves: a tree without any has no root.</summary>
    public bool HasLeaves => NodeSize > 0 && (_root != 0 || _leafRecords != 0 || _firstLeaf != 0);

    /// <summary>Reads leaves in a row, from one on; each is valid until the next.</summary>
    public IEnumerable<byte[]> Leaves(uint from)
    {
        byte[] node = new byte[NodeSize];
        long read = 0;
        for (uint at = from; at != 0; at = BinaryPrimitives.ReadUInt32BigEndian(node.At(offset: 0)))
        {
            if (++read > NodeCount)
            {
                _findings.Add(HfsRules.NodesEnd, PositionOf(at), $"more than {NodeCount} nodes in a row");
                yield break;
            }

            if (!TryReadNode(at, node))
            {
                yield break;
            }

            if (!IsLeaf(node) || RecordCount(node) == 0)
            {
                TellLost(at);
                yield break;
            }

            yield return node;
        }
    }

    /// <summary>Holds the records in the row of leaves against the number that the header gives.</summary>
    public void VerifyLeaves()
    {
        long count = 0;
        foreach (byte[] node in NodeSize == 0 || _firstLeaf == 0 ? [] : Leaves(_firstLeaf))
        {
            count += RecordCount(node);
        }

        if (count != _leafRecords)
        {
            _findings.Add(HfsRules.RecordsCounted, PositionOf(0), $"{count} of {_leafRecords} records are in the leaves");
        }
    }

    /// <summary>All leaves, where the way down from the root is lost.</summary>
    public uint FirstLeaf => _firstLeaf;

    /// <summary>How many records a node has, as far as there is room for their offsets.</summary>
    public int RecordCount(byte[] node) =>
        Math.Min(BinaryPrimitives.ReadUInt16BigEndian(node.At(offset: 10)), (NodeSize - DescriptorLength - 2) / 2);

    /// <summary>One record of a node; empty where it does not lie within it.</summary>
    public ReadOnlySpan<byte> Record(byte[] node, int index)
    {
        int start = BinaryPrimitives.ReadUInt16BigEndian(node.At(offset: NodeSize - (2 * (index + 1))));
        int end = BinaryPrimitives.ReadUInt16BigEndian(node.At(offset: NodeSize - (2 * (index + 2))));
        return start >= DescriptorLength && end >= start && end <= NodeSize ? node.At(offset: start, length: end - start) : [];
    }

    /// <summary>Whether the keys have lengths of two bytes, as in HFS+; one byte in HFS.</summary>
    public bool HasLongKeys { get; init; }

    /// <summary>Bytes of the key that begins a record, its length field and what aligns the content included.</summary>
    public int KeyLength(ReadOnlySpan<byte> record)
    {
        if (record.Length < 2)
        {
            return record.Length + 1;
        }

        int length = HasLongKeys ? BinaryPrimitives.ReadUInt16BigEndian(record.At(offset: 0)) + 2 : record.At(offset: 0)[0] + 1;
        return (length + 1) & ~1;
    }

    /// <summary>Address on the disc of a node, in bytes.</summary>
    public long PositionOf(uint node) => _content.PositionOnDisc((long)node * NodeSize);

    private static bool IsLeaf(byte[] node) => node.At(offset: 8)[0] == 0xFF;

    private void TellLost(uint number) =>
        _findings.Add(HfsRules.NodeReadable, PositionOf(number), $"node {number} of {NodeCount} is not what leads there");

    // Records lie one behind the other, and none has so many zeros in it: a piece of nothing else is lost.
    private bool HasHoles(byte[] node)
    {
        const int piece = 512;
        int count = RecordCount(node);
        if (count == 0)
        {
            return false;
        }

        int used = BinaryPrimitives.ReadUInt16BigEndian(node.At(offset: NodeSize - (2 * (count + 1))));
        bool isBroken = used < DescriptorLength || used > NodeSize
            || BinaryPrimitives.ReadUInt16BigEndian(node.At(offset: NodeSize - 2)) != DescriptorLength;
        for (int at = 0; at + piece <= used && !isBroken; at += piece)
        {
            isBroken = node.At(offset: at, length: piece).IndexOfAnyExcept((byte)0) < 0;
        }

        return isBroken;
    }

    private bool TryReadNode(uint number, byte[] node)
    {
        long position = PositionOf(number);
        bool isWhole = number < NodeCount && _medium.TryRead(position, node);
        if (!isWhole && number < NodeCount && _medium.TrySpend(NodeSize))
        {
            // It may lie in two extents.
            int before = _content.Unreadable.Count;
            _content.Position = (long)number * NodeSize;
            isWhole = _content.ReadAtLeast(node, NodeSize, throwOnEndOfStream: false) == NodeSize && _content.Unreadable.Count == before;
        }

        if (!isWhole)
        {
            _findings.Add(HfsRules.NodeReadable, position, $"node {number} of {NodeCount} can't be read");
        }

        else if (NodeSize > 512 && HasHoles(node))
        {
            _findings.Add(HfsRules.NodeReadable, position, $"a part of node {number} of {NodeCount} is nothing but zeros");
        }

        return isWhole;
    }
}
