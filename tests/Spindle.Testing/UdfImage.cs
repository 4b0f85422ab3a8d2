// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Spindle.Testing;

/// <summary>A UDF volume laid out by hand from the tables of ECMA-167 and UDF: 2048-byte blocks, partition from block 257 on.</summary>
public sealed class UdfImage
{
    public const int BlockSize = 2048;
    public const int PartitionStart = 257;
    public const int PartitionBlocks = 200;

    /// <summary>Where the integrity sequence begins; nothing is there until it is put there.</summary>
    public const int IntegrityBlock = 48;

    private const int BlockCount = 500;

    private readonly byte[] _bytes = new byte[BlockCount * BlockSize];

    /// <param name="map">The partition maps; by default one of type 1.</param>
    /// <param name="mapCount">How many they are.</param>
    /// <param name="fileSetPartition">Number of the map in which the file set is, in block 0.</param>
    public UdfImage(byte[]? map = null, int mapCount = 1, ushort fileSetPartition = 0)
    {
        map ??= [1, 6, 1, 0, 0, 0];
        foreach (uint first in (uint[])[32, 64])
        {
            Descriptor(first, 1, first, 512, b => b[16] = 1);
            Descriptor(first + 1, 5, first + 1, 512, b =>
            {
                Write(b, 188, PartitionStart);
                Write(b, 192, PartitionBlocks);
            });
            Descriptor(first + 2, 6, first + 2, 512, b =>
            {
                b[84] = 8;
                "Hand"u8.CopyTo(b.AsSpan(85));
                b[211] = 5;
                Write(b, 212, BlockSize);
                LongAd(BlockSize, 0, fileSetPartition).CopyTo(b, 248);
                Write(b, 264, (uint)map.Length);
                Write(b, 268, (uint)mapCount);
                ShortAd(BlockSize, IntegrityBlock).CopyTo(b, 432);
                map.CopyTo(b, 440);
            });
            Descriptor(first + 3, 8, first + 3, 512, _ => { });
        }

        foreach (uint at in (uint[])[256, BlockCount - 1])
        {
            Descriptor(at, 2, at, 512, b =>
            {
                Write(b, 16, 16 * BlockSize);
                Write(b, 20, 32);
                Write(b, 24, 16 * BlockSize);
                Write(b, 28, 64);
            });
        }
    }

    public byte[] Bytes => _bytes;

    public static byte[] LongAd(uint length, uint block, ushort partition)
    {
        byte[] ad = new byte[16];
        Write(ad, 0, length);
        Write(ad, 4, block);
        BinaryPrimitives.WriteUInt16LittleEndian(ad.AsSpan(8), partition);
        return ad;
    }

    public static byte[] ShortAd(uint length, uint block)
    {
        byte[] ad = new byte[8];
        Write(ad, 0, length);
        Write(ad, 4, block);
        return ad;
    }

    /// <summary>A file set descriptor in a block of the medium, which names the root directory.</summary>
    public void FileSet(uint at, uint rootBlock, ushort partition = 0) =>
        Descriptor(at, 256, 0, 512, b => LongAd(BlockSize, rootBlock, partition).CopyTo(b, 400));

    /// <summary>A file entry, or an extended one.</summary>
    /// <param name="at">Block of the medium.</param>
    /// <param name="location">Block of the partition, for the tag.</param>
    /// <param name="type">4 directory, 5 file, 12 link, 248 VAT, 250 metadata file.</param>
    /// <param name="allocationKind">0 short, 1 long, 3 embedded.</param>
    /// <param name="length">Information length.</param>
    /// <param name="allocation">The descriptors, or the content.</param>
    /// <param name="extended">Whether it is an extended one.</param>
    /// <param name="strategy">4, or 4096.</param>
    public void File(uint at, uint location, byte type, byte allocationKind, long length, byte[] allocation, bool extended = false, ushort strategy = 4)
    {
        int header = extended ? 216 : 176;
        Descriptor(at, extended ? 266 : 261, location, header + allocation.Length, b =>
        {
            BinaryPrimitives.WriteUInt16LittleEndian(b.AsSpan(20), strategy);
            b[27] = type;
            b[34] = allocationKind;
            Write(b, 36, 1000);
            Write(b, 40, uint.MaxValue);
            Write(b, 44, 0x14A5);
            b[48] = 1;
            BinaryPrimitives.WriteInt64LittleEndian(b.AsSpan(56), length);
            Write(b, header - 4, (uint)allocation.Length);
            allocation.CopyTo(b, header);
        });
    }

    /// <summary>An allocation extent descriptor in a block of the partition (ECMA-167 4/14.5).</summary>
    public void Continuation(uint block, byte[] descriptors) => Descriptor(PartitionStart + block, 258, block, 24 + descriptors.Length, b =>
    {
        Write(b, 20, (uint)descriptors.Length);
        descriptors.CopyTo(b, 24);
    });

    /// <summary>One file identifier descriptor.</summary>
    public static byte[] Name(string name, uint block, ushort partition = 0, byte characteristics = 0)
    {
        byte[] text = name.Length == 0 ? [] : [16, .. Encoding.BigEndianUnicode.GetBytes(name)];
        byte[] fid = new byte[(38 + text.Length + 3) & ~3];
        fid[16] = 1;
        fid[18] = characteristics;
        fid[19] = (byte)text.Length;
        LongAd(BlockSize, block, partition).CopyTo(fid, 20);
        text.CopyTo(fid, 38);
        Tag(fid, 257, 0, fid.Length);
        return fid;
    }

    public void Put(long block, ReadOnlySpan<byte> content) => content.CopyTo(_bytes.AsSpan((int)(block * BlockSize)));

    public void Descriptor(uint at, int id, uint location, int length, Action<byte[]> fill)
    {
        byte[] block = new byte[BlockSize];
        fill(block);
        Tag(block, id, location, length);
        Put(at, block);
    }

    private static void Tag(byte[] descriptor, int id, uint location, int length)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor, (ushort)id);
        descriptor[2] = 3;
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor.AsSpan(8), BitByBitCrc(descriptor.AsSpan(16, length - 16)));
        BinaryPrimitives.WriteUInt16LittleEndian(descriptor.AsSpan(10), (ushort)(length - 16));
        Write(descriptor, 12, location);
        descriptor[4] = (byte)(descriptor.AsSpan(0, 16).ToArray().Sum(value => value) & 0xFF);
    }

    private static ushort BitByBitCrc(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value << 8;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : (crc << 1) & 0xFFFF;
            }
        }

        return (ushort)crc;
    }

    private static void Write(byte[] bytes, int rbp, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(rbp), value);
}
