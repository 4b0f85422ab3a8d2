// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Files.Mounting.Fuse;
using Spindle.Files.Mounting.Trees;

namespace Spindle.Files.Tests.Mounting.Fuse;

/// <summary>Held against the offsets of linux/fuse.h.</summary>
public sealed class FuseReplyTests
{
    private readonly byte[] _bytes = new byte[4096];

    [Fact]
    public void An_error_is_negative_and_has_no_body()
    {
        Assert.Equal(16, FuseReply.Finish(_bytes, 0xABCD, error: 5, bodyLength: 100));

        Assert.Equal(16, BinaryPrimitives.ReadInt32LittleEndian(_bytes));
        Assert.Equal(-5, BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(4)));
        Assert.Equal(0xABCDUL, BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(8)));
    }

    [Fact]
    public void A_node_has_each_of_its_attributes_in_its_place()
    {
        MountedNode node = new(42, EntryKind.BlockDevice)
        {
            Size = 1 << 20,
            Stored = 513,
            Modified = 1_700_000_000_123_456_789,
            Changed = -1,
            Mode = 0x9FF,
            UserId = 7,
            GroupId = 8,
            Links = 3,
            Device = (259, 0x12345),
        };

        Assert.Equal(128, FuseReply.Entry(_bytes, node, TimeSpan.FromSeconds(9)));

        Assert.Equal((42UL, 9UL, 9UL), (U64(0), U64(16), U64(24)));
        Assert.Equal((42UL, 1UL << 20, 2UL), (U64(40), U64(48), U64(56))); // ino, size, blocks of 512 bytes
        Assert.Equal((1_700_000_000UL, ulong.MaxValue), (U64(72), U64(80))); // mtime; ctime one second before 1970
        Assert.Equal((123_456_789U, 999_999_999U), (U32(92), U32(96)));
        Assert.Equal((0x6000U | 0x9FF, 3U, 7U, 8U), (U32(100), U32(104), U32(108), U32(112)));
        Assert.Equal(0x45U | (259 << 8) | (0x123U << 20), U32(116)); // rdev, as new_encode_dev makes it
    }

    [Fact]
    public void Names_are_aligned_and_stop_where_there_is_no_room()
    {
        MountedNode node = new(2, EntryKind.File);
        Span<byte> left = _bytes.AsSpan(0, 24 + 8 + 24 + 15);

        Assert.True(FuseReply.TryAddName(ref left, "eight..."u8, node, 5, null));
        Assert.False(FuseReply.TryAddName(ref left, "sixteen bytes..."u8, node, 6, null));

        Assert.Equal(39, left.Length);
        Assert.Equal((2UL, 5UL, 8U, 8U), (U64(0), U64(8), U32(16), U32(20))); // ino, off, namelen, DT_REG
        Assert.Equal("eight..."u8, _bytes.AsSpan(24, 8));
    }

    [Fact]
    public void A_name_of_which_the_kernel_is_to_make_no_node_has_none_in_its_answer()
    {
        Span<byte> left = _bytes;

        Assert.True(FuseReply.TryAddName(ref left, "a"u8, new(2, EntryKind.File), 5, TimeSpan.FromSeconds(1), isCounted: false));

        Assert.Equal((0UL, 2UL), (U64(0), U64(128)));
        Assert.Equal(4096 - 160, left.Length);
    }

    [Fact]
    public void Only_abilities_that_the_kernel_has_are_asked_for()
    {
        Assert.Equal(64, FuseReply.Initialize(_bytes, new(7, 45, 1 << 17, 1 << 13)));

        Assert.Equal((7U, 31U, 1U << 17, 1U << 13), (U32(0), U32(4), U32(8), U32(12)));
    }

    private uint U32(int position) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(position));

    private ulong U64(int position) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(position));
}
