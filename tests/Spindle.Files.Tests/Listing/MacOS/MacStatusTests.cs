// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Listing.MacOS;

namespace Spindle.Files.Tests.Listing.MacOS;

/// <summary>struct stat and struct dirent, laid out by hand from the headers of xnu.</summary>
public sealed class MacStatusTests
{
    // Each field has bytes of its own, so that a wrong place shows.
    private const string File =
        "04000001" + // st_dev: major 1, minor 4
        "A481" + // st_mode: 0100644
        "0300" + // st_nlink
        "8877665544332211" + // st_ino
        "F5010000" + // st_uid: 501
        "14000000" + // st_gid: 20
        "00000000" + "AAAAAAAA" + // st_rdev, and padding
        "01000000000000000200000000000000" + // st_atimespec
        "0065CD1D00000000" + "15CD5B0700000000" + // st_mtimespec: 500,000,000 s, 123,456,789 ns
        "0465CD1D00000000" + "0500000000000000" + // st_ctimespec
        "06000000000000000700000000000000" + // st_birthtimespec
        "0100010000000000" + // st_size: 65,537
        "8800000000000000" + // st_blocks: 136
        "00100000" + // st_blksize
        "02800000" + // st_flags
        "0000000000000000" + "00000000000000000000000000000000"; // st_gen, spare

    [Fact]
    public void Every_field_is_read_from_its_place()
    {
        byte[] record = Convert.FromHexString(File);
        NodeStatus status = MacStatus.Parse(record);

        Assert.Equal(MacStatus.Length, record.Length);
        Assert.Equal(
            new(EntryKind.File, 65_537, 500_000_000_123_456_789, 500_000_004_000_000_005, (1L << 32) | 4, 0x1122334455667788, 0x1A4, 501, 20, 3, 136 * 512, 0),
            status);
        Assert.Equal(0x8002u, MacStatus.FlagsOf(record));
    }

    [Theory]
    [InlineData(0x41, EntryKind.Directory)]
    [InlineData(0xA1, EntryKind.Symlink)]
    [InlineData(0x11, EntryKind.Fifo)]
    [InlineData(0xC1, EntryKind.Socket)]
    [InlineData(0x21, EntryKind.CharacterDevice)]
    [InlineData(0x61, EntryKind.BlockDevice)]
    public void Kinds_are_told_and_only_files_have_a_size(byte mode, EntryKind kind)
    {
        byte[] record = Convert.FromHexString(File);
        record[5] = mode;
        (record[24], record[27]) = (9, 14); // st_rdev: major 14, minor 9
        NodeStatus status = MacStatus.Parse(record);

        Assert.Equal((kind, 0L), (status.Kind, status.Size));
        Assert.Equal(kind is EntryKind.CharacterDevice or EntryKind.BlockDevice ? (14L << 32) | 9 : 0, status.SpecialDevice);
    }

    [Fact]
    public void A_time_that_nanoseconds_cannot_hold_is_kept_beside()
    {
        byte[] record = Convert.FromHexString(File);
        record[53] = 1; // 2^40 s and some
        NodeStatus status = MacStatus.Parse(record);

        Assert.Equal((long.MaxValue, ((1L << 40) + 500_000_000, 123_456_789u)), (status.Modified, status.FarModified));
    }

    [Fact]
    public void A_time_before_1970_counts_backwards()
    {
        byte[] record = Convert.FromHexString(File);
        record.AsSpan(48, 8).Fill(0xFF);

        Assert.Equal(-1_000_000_000 + 123_456_789, MacStatus.Parse(record).Modified);
    }

    [Fact]
    public void A_name_is_as_long_as_the_entry_says()
    {
        // d_ino, d_seekoff, d_reclen, d_namlen, d_type
        byte[] entry = Convert.FromHexString("1122334455667788" + "0102030405060708" + "2000" + "0301" + "08");

        Assert.Equal((MacStatus.NameAt, 0x103), (entry.Length, MacStatus.NameLengthOf(entry)));
    }
}
