// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Files.Windows;

namespace Spindle.Files.Tests.Windows;

/// <summary>Records laid out by hand after winbase.h and winioctl.h.</summary>
public class FileRecordsTests
{
    [Fact]
    public void Names_of_a_file_are_counted_at_their_place()
    {
        // FILE_STANDARD_INFO: AllocationSize, EndOfFile, NumberOfLinks, DeletePending, Directory, and two bytes to its end.
        byte[] standard = [.. Number(0x2000), .. Number(0x1234), 3, 1, 0, 0, 1, 1, 0, 0];

        Assert.Equal(FileRecords.StandardLength, standard.Length);
        Assert.Equal(0x103, FileRecords.LinksOf(standard));
    }

    [Fact]
    public void A_number_of_NTFS_is_itself_and_one_of_ReFS_is_one_of_its_own()
    {
        byte[] ntfs = [.. Number(0x1122_3344_5566_7788), .. Number(0x0005_0000_0000_0042), .. Number(0)];
        byte[] refs = [.. Number(7), .. Number(0x42), .. Number(0x701)];
        byte[] other = [.. Number(7), .. Number(0x42), .. Number(0x702)];

        Assert.Equal(FileRecords.IdLength, ntfs.Length);
        Assert.Equal(new(0x1122_3344_5566_7788, 0x0005_0000_0000_0042, 2), FileRecords.IdentityOf(ntfs, 2));
        Assert.Equal(FileRecords.IdentityOf(refs, 2), FileRecords.IdentityOf(refs, 2));
        Assert.NotEqual(FileRecords.IdentityOf(refs, 2).Inode, FileRecords.IdentityOf(other, 2).Inode);
        Assert.Equal((7, 5), (FileRecords.IdentityOf(refs, 5).Device, FileRecords.IdentityOf(refs, 5).Links));
    }

    [Theory]
    [InlineData(0x8004, new byte[] { 0x10, 0x13 }, false)] // all from its folder
    [InlineData(0x8004, new byte[] { 0x10, 0x03 }, true)]
    [InlineData(0x9004, new byte[] { 0x10 }, true)] // its folder's are kept out
    [InlineData(0x8004, new byte[0], false)]
    [InlineData(0x8000, new byte[] { 0x00 }, false)] // there is none
    public void An_access_list_is_its_own_by_what_is_not_inherited(int control, byte[] flags, bool isOwn)
    {
        // SECURITY_DESCRIPTOR_RELATIVE: revision, control, owner, group, SACL, DACL. Then the ACL: revision, size, entries; and each entry: type, flags, size, mask, SID.
        byte[] list = [2, 0, (byte)(8 + (20 * flags.Length)), 0, (byte)flags.Length, 0, 0, 0, .. flags.SelectMany(flag => (byte[])[0, flag, 20, 0, .. new byte[16]])];
        byte[] descriptor = [1, 0, (byte)(control & 0xFF), (byte)(control >> 8), .. new byte[12], 20, 0, 0, 0, .. list];

        Assert.Equal(isOwn, FileRecords.HasOwnAccessList(descriptor));
        Assert.False(FileRecords.HasOwnAccessList(descriptor.AsSpan(0, 27)));
    }

    [Fact]
    public void Without_a_number_it_is_a_file_by_itself() =>
        Assert.Equal(FileIdentity.Alone, FileRecords.IdentityOf([.. Number(7), .. Number(0), .. Number(0)], 2));

    [Fact]
    public void Streams_are_all_but_the_content()
    {
        byte[] chain = [.. Stream("::$DATA", 1000, isLast: false), .. Stream(":Zone.Identifier:$DATA", 26, isLast: false), .. Stream(":é:$DATA", 0, isLast: true), .. new byte[100]];

        Assert.Equal([(":Zone.Identifier:$DATA", 26), (":é:$DATA", 0)], FileRecords.StreamsOf(chain));
        Assert.Empty(FileRecords.StreamsOf(Stream("::$DATA", 1, isLast: true)));
    }

    [Fact]
    public void A_chain_that_breaks_off_ends_there()
    {
        byte[] chain = [.. Stream(":a:$DATA", 5, isLast: false), .. Stream(":bb:$DATA", 6, isLast: true)];
        byte[] circle = [.. Stream(":a:$DATA", 5, isLast: true)];
        circle[0] = 1; // the next one would lie in this one

        Assert.Empty(FileRecords.StreamsOf([]));
        Assert.Empty(FileRecords.StreamsOf(new byte[4096]));
        Assert.Equal([":a:$DATA"], FileRecords.StreamsOf(chain.AsSpan(0, chain.Length - 40)).Select(stream => stream.Name));
        Assert.Single(FileRecords.StreamsOf(circle));
        for (int length = 0; length < chain.Length; length++)
        {
            Assert.True(FileRecords.StreamsOf(chain.AsSpan(0, length)).Count <= 2);
        }
    }

    [Fact]
    public void Runs_next_to_each_other_are_one_and_end_with_the_file()
    {
        List<(long Offset, long Length)> runs = [];

        FileRecords.AddRuns([.. Number(0), .. Number(0x10000), .. Number(0x10000), .. Number(0x10000), .. Number(0x40000), .. Number(0x10000)], 0x40001, runs);
        FileRecords.AddRuns([.. Number(0x50000), .. Number(0x10000)], 0x40001, runs);

        Assert.Equal([(0, 0x20000), (0x40000, 1)], runs);
    }

    private static byte[] Number(long value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>A FILE_STREAM_INFO: where the next one is, bytes of the name, bytes of the stream and on the disk, the name; each begins at a multiple of 8.</summary>
    private static byte[] Stream(string name, long size, bool isLast)
    {
        byte[] text = Encoding.Unicode.GetBytes(name);
        byte[] record = new byte[(24 + text.Length + 7) / 8 * 8];
        BinaryPrimitives.WriteInt32LittleEndian(record, isLast ? 0 : record.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), text.Length);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(8), size);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), (size + 4095) / 4096 * 4096);
        text.CopyTo(record, 24);
        return record;
    }
}
