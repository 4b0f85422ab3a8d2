// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Udf;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Udf;

public class FileEntryTests
{
    private static readonly DateTimeOffset Accessed = new(2021, 3, 4, 5, 6, 7, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(false, 72, 84, 96)] // ECMA-167 4/14.9
    [InlineData(true, 80, 92, 116)] // 4/14.17
    public void Times_are_what_is_recorded(bool isExtended, int accessed, int modified, int changed)
    {
        byte[] block = Block(isExtended);
        Time(block, accessed, Accessed);
        Time(block, modified, Accessed.AddDays(400).AddSeconds(1));
        Time(block, changed, Accessed.AddDays(800).AddSeconds(2));

        Assert.True(FileEntry.TryRead(block, 0, new(), out FileEntry entry));

        Assert.Equal((Accessed, Accessed.AddDays(400).AddSeconds(1), Accessed.AddDays(800).AddSeconds(2)), (entry.Accessed, entry.Modified, entry.Changed));
    }

    [Fact]
    public void An_extended_entry_says_when_its_file_came_into_being()
    {
        byte[] block = Block(isExtended: true);
        Time(block, 104, Accessed);

        Assert.True(FileEntry.TryRead(block, 0, new(), out FileEntry entry));

        Assert.Equal((Accessed, null), (entry.Created, entry.Modified));
    }

    private static byte[] Block(bool isExtended)
    {
        UdfImage image = new();
        image.File(UdfImage.PartitionStart, 0, 5, 3, 2, "in"u8.ToArray(), isExtended);
        return image.Bytes.AsSpan(UdfImage.PartitionStart * UdfImage.BlockSize, UdfImage.BlockSize).ToArray();
    }

    // 1/7.3: type 1 and zone in minutes, year, month, day, hour, minute, second.
    private static void Time(byte[] block, int at, DateTimeOffset time)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(at), (ushort)(0x1000 | (int)time.Offset.TotalMinutes));
        BinaryPrimitives.WriteInt16LittleEndian(block.AsSpan(at + 2), (short)time.Year);
        byte[] rest = [(byte)time.Month, (byte)time.Day, (byte)time.Hour, (byte)time.Minute, (byte)time.Second];
        rest.CopyTo(block, at + 4);
    }
}
