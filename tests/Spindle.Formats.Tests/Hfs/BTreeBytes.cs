// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Spindle.Formats.Tests.Hfs;

/// <summary>The nodes of a B*-tree, laid out by hand: header, root, and leaves of as few records as are asked for.</summary>
/// <remarks>Inside Macintosh: Files (1992), 'B*-Trees'; Technical Note TN1150, 'B-Trees'.</remarks>
internal static class BTreeBytes
{
    private const int HeaderNode = 1;
    private const int LeafNode = 0xFF;

    /// <summary>Lays records out, in the order in which they are given.</summary>
    /// <param name="records">Key with its length field and what aligns it, and content.</param>
    /// <param name="nodeSize">Bytes of a node.</param>
    /// <param name="perLeaf">Records in a leaf; where one leaf holds them all, it is the root.</param>
    public static byte[] Of(IReadOnlyList<(byte[] Key, byte[] Content)> records, int nodeSize, int perLeaf)
    {
        List<(byte[] Key, byte[] Content)[]> leaves = [.. records.Chunk(perLeaf)];
        int firstLeaf = leaves.Count > 1 ? 2 : 1;
        List<byte[]> nodes = [];
        byte[] header = new byte[106];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)firstLeaf); // depth
        Write(header, 2, records.Count == 0 ? 0 : 1);
        Write(header, 6, records.Count);
        Write(header, 10, records.Count == 0 ? 0 : firstLeaf);
        Write(header, 14, records.Count == 0 ? 0 : firstLeaf + leaves.Count - 1);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(18), (ushort)nodeSize);
        nodes.Add(Node(HeaderNode, 0, (0, 0), nodeSize, [header]));
        if (firstLeaf == 2)
        {
            nodes.Add(Node(0, 2, (0, 0), nodeSize, [.. leaves.Select((leaf, index) => Joined(leaf[0].Key, Number(index + 2)))]));
        }

        for (int index = 0; index < leaves.Count; index++)
        {
            int next = index + 1 < leaves.Count ? firstLeaf + index + 1 : 0;
            int previous = index > 0 ? firstLeaf + index - 1 : 0;
            nodes.Add(Node(LeafNode, 1, (next, previous), nodeSize, [.. leaves[index].Select(record => Joined(record.Key, record.Content))]));
        }

        return [.. nodes.SelectMany(node => node)];
    }

    private static byte[] Node(int kind, byte height, (int Next, int Previous) row, int size, IReadOnlyList<byte[]> records)
    {
        byte[] node = new byte[size];
        Write(node, 0, row.Next);
        Write(node, 4, row.Previous);
        node[8] = (byte)kind;
        node[9] = height;
        BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(10), (ushort)records.Count);
        int at = 14;
        for (int index = 0; index <= records.Count; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(node.AsSpan(size - (2 * (index + 1))), (ushort)at);
            byte[] record = index < records.Count ? records[index] : [];
            record.CopyTo(node.AsSpan(at));
            at += record.Length;
        }

        return at + (2 * (records.Count + 1)) <= size ? node : throw new ArgumentException($"{records.Count} records are too many", nameof(records));
    }

    private static byte[] Joined(byte[] key, byte[] content) => [.. key, .. content];

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[4];
        Write(bytes, 0, value);
        return bytes;
    }

    private static void Write(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
}
