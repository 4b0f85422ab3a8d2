// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Files.Mounting.Fuse;

namespace Spindle.Files.Tests.Mounting.Fuse;

public sealed class FuseRequestTests
{
    [Fact]
    public void A_header_tells_what_is_asked_of_which_node_by_whom()
    {
        Assert.True(FuseRequest.TryParse(Requests.Lookup("name", unique: 0x1234, node: 77, process: 4321), out FuseRequest request));

        Assert.Equal((FuseOperation.Lookup, 0x1234UL, 77UL, 4321), (request.Operation, request.Unique, request.Node, request.Process));
        Assert.True(request.TryName(out ReadOnlySpan<byte> name));
        Assert.Equal("name"u8, name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(39)]
    public void Less_than_a_header_is_no_request(int length) => Assert.False(FuseRequest.TryParse(Requests.Lookup("name").AsSpan(0, length), out _));

    [Fact]
    public void A_length_that_is_not_that_of_what_was_read_is_refused() => Assert.False(FuseRequest.TryParse(Requests.Lookup("name").AsSpan()[..^1], out _));

    [Fact]
    public void Extensions_of_later_protocols_are_left_out_and_may_not_be_longer_than_all()
    {
        byte[] bytes = Requests.Of(1, 2, 1, [.. "name\0"u8, 1, 2, 3, 4, 5, 6, 7, 8]);
        bytes[36] = 1; // 8 bytes
        Assert.True(FuseRequest.TryParse(bytes, out FuseRequest request));
        Assert.True(request.TryName(out ReadOnlySpan<byte> name));
        Assert.Equal("name"u8, name);

        bytes[36] = 2;
        Assert.False(FuseRequest.TryParse(bytes, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no zero")]
    [InlineData("\0")]
    [InlineData("a\0b\0")]
    [InlineData("a/b\0")]
    public void What_is_no_name_is_refused(string body)
    {
        Assert.True(FuseRequest.TryParse(Requests.Of(1, 2, 1, System.Text.Encoding.UTF8.GetBytes(body)), out FuseRequest request));
        Assert.False(request.TryName(out _));
    }

    [Fact]
    public void A_body_that_is_cut_off_says_nothing()
    {
        foreach (byte[] whole in (byte[][])[Requests.Read(15, 2, 3, 4096, 100), Requests.Initialize(), Requests.Seek(1, 2, 3), Requests.GetAttribute(2, "user.a", 10), Requests.Interrupt(8)])
        {
            for (int length = 40; length < whole.Length; length++)
            {
                byte[] cut = whole[..length];
                BinaryPrimitives.WriteUInt32LittleEndian(cut, (uint)length);
                Assert.True(FuseRequest.TryParse(cut, out FuseRequest request));
                bool isUnderstood = request.Operation switch
                {
                    FuseOperation.Read => request.TryRead(out _, out _, out _),
                    FuseOperation.Initialize => request.TryInitialize(out _),
                    FuseOperation.Seek => request.TrySeek(out _, out _, out _),
                    FuseOperation.GetExtendedAttribute => request.TryAttribute(out _, out _),
                    _ => request.TryNumber(out _),
                };
                Assert.False(isUnderstood);
            }
        }
    }

    [Fact]
    public void Numbers_of_a_read_are_where_the_header_file_has_them()
    {
        Assert.True(FuseRequest.TryParse(Requests.Read(15, 2, handle: 9, offset: 1L << 40, size: 131072), out FuseRequest request));
        Assert.True(request.TryRead(out ulong handle, out ulong offset, out int length));
        Assert.Equal((9UL, 1UL << 40, 131072), (handle, offset, length));
    }
}
