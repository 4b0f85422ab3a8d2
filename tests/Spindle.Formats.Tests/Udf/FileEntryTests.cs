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

    [Theory]
    [InlineData(0x0001, 0, "001")] // execute, write and read of others (ECMA-167 4/14.9.5)
    [InlineData(0x0002, 0, "002")]
    [InlineData(0x0004, 0, "004")]
    [InlineData(0x0020, 0, "010")] // of the group
    [InlineData(0x0040, 0, "020")]
    [InlineData(0x0080, 0, "040")]
    [InlineData(0x0400, 0, "100")] // of the owner
    [InlineData(0x0800, 0, "200")]
    [InlineData(0x1000, 0, "400")]
    [InlineData(0x6318, 0, "000")] // attributes and deletion, which POSIX does not have
    [InlineData(0, 0x0040, "4000")] // set-user-id, set-group-id, sticky (4/14.6.8)
    [InlineData(0, 0x0080, "2000")]
    [InlineData(0, 0x0100, "1000")]
    [InlineData(0x1CE7, 0x01C0, "7777")]
    [InlineData(0x14A5, 0x0003, "555")]
    public void Permissions_are_those_of_POSIX(uint permissions, ushort flags, string mode)
    {
        UdfImage image = new();
        image.Descriptor(300, 261, 43, 176, b =>
        {
            BinaryPrimitives.WriteUInt16LittleEndian(b.AsSpan(34), flags);
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(44), permissions);
        });

        Assert.True(FileEntry.TryRead(image.Bytes.AsSpan(300 * UdfImage.BlockSize, UdfImage.BlockSize), 0, new(), out FileEntry entry));

        Assert.Equal(Convert.ToInt32("100000", 8) | Convert.ToInt32(mode, 8), entry.PosixMode(0x8000));
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
