// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Hfs;

/// <summary>A small volume of HFS or HFS+, laid out by hand. Blocks that hold no tree are a pattern, for files to lie in.</summary>
/// <remarks>Inside Macintosh: Files (1992), 'Data Organization on Volumes'; Technical Note TN1150.</remarks>
internal sealed class HfsBytes(bool isPlus)
{
    public const int BlockSize = 512;
    public const uint RootId = 2;

    /// <summary>The first block that holds no tree.</summary>
    public const int DataBlock = 250;

    private const int BlockCount = 600;
    private const int OverflowBlock = 4; // in HFS+, the header lies in block 2
    private const int CatalogueBlock = 100;

    private readonly byte[] _bytes = SimulatedDisc.Pattern((BlockCount + 6) * BlockSize);
    private readonly List<(uint Parent, string Name, byte[] Content)> _catalogue = [];
    private readonly List<(byte[] Key, byte[] Content)> _overflow = [];

    /// <summary>Records in each leaf of the extents overflow tree.</summary>
    public int PerOverflowLeaf { get; init; } = 6;

    /// <summary>What comes between the header's fields; a test may change it.</summary>
    public Action<byte[]> ChangeHeader { get; init; } = _ => { };

    // HFS knows no other size than 512.
    private int NodeSize => isPlus ? 1024 : 512;

    // In HFS the bitmap lies before the first block.
    private static int FirstBlock(bool isPlus) => isPlus ? 0 : 4 * BlockSize;

    /// <summary>A directory.</summary>
    public void Folder(uint parent, string name, uint id, int valence)
    {
        byte[] content = new byte[isPlus ? 88 : 70];
        content[isPlus ? 1 : 0] = 1;
        if (isPlus)
        {
            Write(content, 4, (uint)valence);
        }
        else
        {
            Write16(content, 4, valence);
        }

        Write(content, isPlus ? 8 : 6, id);
        _catalogue.Add((parent, name, content));
    }

    /// <summary>A file with the first extents of its forks, up to eight in HFS+ and three in HFS.</summary>
    /// <param name="parent">Its directory.</param>
    /// <param name="name">Its name.</param>
    /// <param name="id">Its number.</param>
    /// <param name="data">Bytes, and where they begin to lie.</param>
    /// <param name="fill">Sets fields of the record.</param>
    public void File(uint parent, string name, uint id, (long Length, (int Start, int Count)[] First) data, Action<byte[]>? fill = null)
    {
        byte[] content = new byte[isPlus ? 248 : 102];
        content[isPlus ? 1 : 0] = 2;
        Write(content, isPlus ? 8 : 20, id);
        Fork(content, isResource: false, data.Length, data.First);
        fill?.Invoke(content);
        _catalogue.Add((parent, name, content));
    }

    /// <summary>Sets length and first extents of a fork in the record of a file.</summary>
    public void Fork(byte[] record, bool isResource, long length, params (int Start, int Count)[] first)
    {
        if (isPlus)
        {
            PlusFork(record.AsSpan(isResource ? 168 : 88), length, first);
            return;
        }

        Write(record, isResource ? 36 : 26, (uint)length);
        Extents(first).CopyTo(record, isResource ? 86 : 74);
    }

    /// <summary>A record of the extents overflow tree: they are given in the order of file, fork and block.</summary>
    public void Overflow(uint file, bool isResource, int firstBlock, params (int Start, int Count)[] extents)
    {
        byte[] key = new byte[isPlus ? 12 : 8];
        key[isPlus ? 1 : 0] = (byte)(isPlus ? 10 : 7);
        key[isPlus ? 2 : 1] = (byte)(isResource ? 0xFF : 0);
        Write(key, isPlus ? 4 : 2, file);
        if (isPlus)
        {
            Write(key, 8, (uint)firstBlock);
        }
        else
        {
            Write16(key, 6, firstBlock);
        }

        _overflow.Add((key, Extents(extents)));
    }

    /// <summary>A record of that tree that is only so many bytes of what it should be.</summary>
    public void ShortOverflow(int length) => _overflow.Add((new byte[length], []));

    /// <summary>The bytes of some blocks, one run behind the other.</summary>
    public byte[] Content(long length, params (int Start, int Count)[] extents) =>
        [.. extents.SelectMany(extent => _bytes.AsSpan(FirstBlock(isPlus) + (extent.Start * BlockSize), extent.Count * BlockSize).ToArray()).Take((int)length)];

    /// <summary>Puts bytes into a block.</summary>
    public void Put(int block, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes.AsSpan(FirstBlock(isPlus) + (block * BlockSize)));

    /// <summary>The volume with its trees and its header, in sectors of 512 bytes.</summary>
    public SimulatedDisc Disc()
    {
        byte[] overflow = BTreeBytes.Of(_overflow, NodeSize, PerOverflowLeaf);
        // NUL comes behind all other letters (TN1150, 'Case-Insensitive String Comparison').
        IEnumerable<(uint Parent, string Name, byte[] Content)> sorted = _catalogue
            .OrderBy(entry => entry.Parent).ThenBy(entry => entry.Name.Replace('\0', '\uFFFF'), StringComparer.OrdinalIgnoreCase);
        byte[] catalogue = BTreeBytes.Of([.. sorted.Select(entry => (CatalogueKey(entry.Parent, entry.Name), entry.Content))], NodeSize, perLeaf: 1);
        Put(OverflowBlock, overflow);
        Put(CatalogueBlock, catalogue);
        byte[] header = new byte[BlockSize];
        (int overflowBlocks, int catalogueBlocks) = (overflow.Length / BlockSize, catalogue.Length / BlockSize);
        if (isPlus)
        {
            "H+"u8.CopyTo(header);
            Write(header, 40, BlockSize);
            Write(header, 44, BlockCount);
            PlusFork(header.AsSpan(192), overflow.Length, (OverflowBlock, overflowBlocks));
            PlusFork(header.AsSpan(272), catalogue.Length, (CatalogueBlock, catalogueBlocks));
        }
        else
        {
            "BD"u8.CopyTo(header);
            Write16(header, 18, BlockCount);
            Write(header, 20, BlockSize);
            Write16(header, 28, FirstBlock(isPlus) / 512);
            Write(header, 130, (uint)overflow.Length);
            Extents([(OverflowBlock, overflowBlocks)]).CopyTo(header, 134);
            Write(header, 146, (uint)catalogue.Length);
            Extents([(CatalogueBlock, catalogueBlocks)]).CopyTo(header, 150);
        }

        ChangeHeader(header);
        header.CopyTo(_bytes, 1024);
        header.CopyTo(_bytes, FirstBlock(isPlus) + (BlockCount * BlockSize) - (isPlus ? 1024 : 0));
        return new(_bytes, BlockSize);
    }

    private byte[] CatalogueKey(uint parent, string name)
    {
        byte[] text = isPlus ? Encoding.BigEndianUnicode.GetBytes(name) : Encoding.ASCII.GetBytes(name);
        byte[] key = new byte[isPlus ? 8 + text.Length : (7 + text.Length + 1) & ~1];
        Write(key, 2, parent);
        if (isPlus)
        {
            Write16(key, 0, 6 + text.Length);
            Write16(key, 6, name.Length);
            text.CopyTo(key, 8);
        }
        else
        {
            key[0] = (byte)(6 + text.Length);
            key[6] = (byte)text.Length;
            text.CopyTo(key, 7);
        }

        return key;
    }

    private void PlusFork(Span<byte> fork, long length, params (int Start, int Count)[] first)
    {
        BinaryPrimitives.WriteInt64BigEndian(fork, length);
        Extents(first).CopyTo(fork[16..]);
    }

    private byte[] Extents((int Start, int Count)[] extents)
    {
        byte[] record = new byte[isPlus ? 64 : 12];
        for (int index = 0; index < extents.Length; index++)
        {
            if (isPlus)
            {
                Write(record, index * 8, (uint)extents[index].Start);
                Write(record, (index * 8) + 4, (uint)extents[index].Count);
            }
            else
            {
                Write16(record, index * 4, extents[index].Start);
                Write16(record, (index * 4) + 2, extents[index].Count);
            }
        }

        return record;
    }

    public static void Write(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), value);

    public static void Write16(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)value);
}
