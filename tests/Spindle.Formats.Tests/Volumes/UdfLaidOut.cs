// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Volumes;

/// <summary>UDF volumes in which files lie in every way that the standard knows, laid out by hand.</summary>
internal static class UdfLaidOut
{
    private const uint Start = UdfImage.PartitionStart;
    private const int BlockSize = UdfImage.BlockSize;
    private const int Files = 15;
    private const uint FirstEntry = 4; // blocks: root 1, folder 2, stream directory 3, file entries from here on
    private const uint FirstContinuation = 30;
    private const uint FirstData = 60;
    private const uint GoesOn = 3u << 30;
    private const uint Nowhere = 2u << 30;

    /// <summary>A volume of files that are embedded, in short and in long extents, continued elsewhere, with holes, with streams.</summary>
    /// <param name="isVirtual">Whether a virtual allocation table places what describes them.</param>
    public static byte[] InAllWays(bool isVirtual)
    {
        ushort partition = (ushort)(isVirtual ? 1 : 0);
        byte[] map = new byte[64]; // UDF 2.60 §2.2.8: type 2, identifier at 5
        (map[0], map[1]) = (2, 64);
        "*UDF Virtual Partition"u8.CopyTo(map.AsSpan(5));
        map[36] = 1;
        UdfImage image = isVirtual ? new([1, 6, 1, 0, 0, 0, .. map], mapCount: 2, fileSetPartition: 1) : new();
        image.FileSet(Start, 1, partition);
        byte[] inFolder = [.. UdfImage.Name("", 1, partition, characteristics: 10), .. Names(Files / 2, Files, partition)];
        byte[] inRoot = [.. UdfImage.Name("", 1, partition, characteristics: 10), .. UdfImage.Name("folder", 2, partition, characteristics: 2), .. Names(0, Files / 2, partition)];
        image.File(Start + 1, 1, 4, 3, inRoot.Length, inRoot);
        image.File(Start + 2, 2, 4, 1, inFolder.Length, UdfImage.LongAd((uint)inFolder.Length, FirstData - 2, 0));
        image.Put(Start + FirstData - 2, inFolder);
        for (int number = 0; number < Files; number++)
        {
            AddFile(image, number);
        }

        uint last = FirstData + (4 * Files);
        if (!isVirtual)
        {
            return image.Bytes;
        }

        byte[] table = new byte[152 + (4 * 40)];
        table[0] = 152;
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(132), uint.MaxValue);
        for (int index = 0; index < 40; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(152 + (4 * index)), (uint)index);
        }

        image.File(Start + last, last, 248, 3, table.Length, table);
        return image.Bytes[..(int)((Start + last + 1) * BlockSize)];
    }

    private static byte[] Names(int from, int to, ushort partition) =>
        [.. Enumerable.Range(from, to - from).SelectMany(number => UdfImage.Name(string.Create(CultureInfo.InvariantCulture, $"file {number}"), FirstEntry + (uint)number, partition))];

    // Four blocks of data for each file; its descriptors may go on in one of its own blocks, and there again.
    private static void AddFile(UdfImage image, int number)
    {
        uint block = FirstEntry + (uint)number;
        uint data = FirstData + (4 * (uint)number);
        uint more = FirstContinuation + (2 * (uint)number);
        byte[] content = SimulatedDisc.Pattern((3 * BlockSize) + (100 * number) + 1);
        content[0] = (byte)number;
        image.Put(Start + data, content);
        uint whole = (uint)content.Length;
        switch (number % 5)
        {
            case 0:
                byte[] text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"the content of number {number}"));
                image.File(Start + block, block, 5, 3, text.Length, text, extended: number % 2 == 0);
                break;
            case 1:
                image.File(Start + block, block, 5, 1, whole, UdfImage.LongAd(whole, data, 0));
                break;
            case 2:
                byte[] pieces = [.. UdfImage.LongAd(BlockSize, data, 0), .. UdfImage.LongAd(Nowhere | (2 * BlockSize), 0, 0), .. UdfImage.LongAd(BlockSize + 10, data + 2, 0)];
                image.File(Start + block, block, 5, 1, (4 * BlockSize) + 10, pieces, extended: true);
                break;
            case 3:
                image.Continuation(more, [.. UdfImage.LongAd(BlockSize, data + 1, 0), .. UdfImage.LongAd(GoesOn | BlockSize, more + 1, 0)]);
                image.Continuation(more + 1, UdfImage.LongAd(whole - (2 * BlockSize), data + 2, 0));
                image.File(Start + block, block, 5, 1, whole, [.. UdfImage.LongAd(BlockSize, data, 0), .. UdfImage.LongAd(GoesOn | BlockSize, more, 0)]);
                break;
            default:
                image.File(Start + block, block, 5, 1, whole, [.. UdfImage.LongAd(whole - 1, data, 0), .. UdfImage.LongAd(1, data + 3, 0)], extended: true);
                break;
        }
    }
}
