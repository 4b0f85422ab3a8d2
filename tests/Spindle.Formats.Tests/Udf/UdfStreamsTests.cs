// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Udf;

/// <summary>Named streams (ECMA-167 4/9.2) and extended attributes (4/14.10) of /file, which is described in block 3 of the partition.</summary>
public sealed class UdfStreamsTests
{
    private const uint Start = UdfImage.PartitionStart;
    private const int Block = UdfImage.BlockSize;
    private const uint Beside = 4; // describes the directory of streams, or the file of attributes
    private const string ResourceFork = "*UDF Macintosh Resource Fork";

    [Fact]
    public void An_attribute_lies_where_its_data_do_in_each_extent_of_their_file()
    {
        byte[] data = SimulatedDisc.Pattern(3000);
        byte[] space = Attributes((2048, "*Vendor Note", data), (65536, "Program", [1, 2, 3]), (5, "*Times", [4]));
        UdfImage image = WithAttributeFile(space.Length, [.. UdfImage.ShortAd(Block, 10), .. UdfImage.ShortAd((uint)space.Length - Block, 20)]);
        image.Put(Start + 10, space.AsSpan(0, Block));
        image.Put(Start + 20, space.AsSpan(Block));

        VolumeEntry file = File(image);

        Assert.False(file.AreStreamsLost);
        Assert.Equal(["*Vendor Note", "Program"], file.Streams.Select(stream => stream.Name));
        Assert.Equal([new(((Start + 10) * Block) + 72, Block - 72), new((Start + 20) * Block, 3000 - (Block - 72))], file.Streams[0].Extents);
        Assert.Equal([new(((Start + 20) * Block) + 72 + 3000 + 48 - Block, 3)], file.Streams[1].Extents);
    }

    [Theory]
    [InlineData(1024 * 1024, false)]
    [InlineData((1024 * 1024) + 1, true)]
    public void A_file_of_attributes_is_read_up_to_a_megabyte(int length, bool isLost)
    {
        UdfImage image = WithAttributeFile(length, [.. UdfImage.ShortAd(0x4000_0000u | (uint)length, 0)]); // not recorded: zeros, which are no attributes

        Assert.Equal(isLost, File(image).AreStreamsLost);
    }

    [Fact]
    public void Attributes_that_cannot_be_read_are_lost()
    {
        byte[] space = Attributes((2048, "*Vendor Note", [1]));
        UdfImage image = WithAttributeFile(space.Length, UdfImage.ShortAd((uint)space.Length, 10));
        image.Put(Start + 10, space);

        Assert.False(File(image).AreStreamsLost);
        Volume volume = SourceTree.Open(new SimulatedDisc(image.Bytes).Bad(Start + 10), VolumeView.Udf);
        Assert.True(volume.Find("file")!.AreStreamsLost);
        Assert.Equal(UdfRules.StreamsReadable, Assert.Single(volume.LostDescriptions).Rule);
    }

    [Fact]
    public void Attributes_without_their_header_are_lost_and_zeros_are_none()
    {
        byte[] space = Attributes((2048, "*Vendor Note", [1]));
        UdfImage image = WithAttributeFile(space.Length, UdfImage.ShortAd((uint)space.Length, 10));
        image.Put(Start + 10, new byte[space.Length]);
        Assert.Equal((false, 0), (File(image).AreStreamsLost, File(image).Streams.Count));

        space[0]++; // no 262 any more
        image.Put(Start + 10, space);
        Assert.Equal((true, 0), (File(image).AreStreamsLost, File(image).Streams.Count));
    }

    [Fact]
    public void Streams_are_what_the_directory_of_streams_names()
    {
        UdfImage image = WithStreams(UdfImage.Name("", 3, characteristics: 8), UdfImage.Name("gone", 9, characteristics: 4), UdfImage.Name("one", 5), UdfImage.Name(ResourceFork, 6));

        VolumeEntry file = File(image);

        Assert.False(file.AreStreamsLost);
        Assert.Equal(("one", 3L), (Assert.Single(file.Streams).Name, file.Streams[0].Extents.Sum(extent => extent.Length)));
        Assert.Equal(4, file.ResourceForkSize);
    }

    [Theory]
    [InlineData("lost", 9)] // nothing is described there
    [InlineData("folder", 7)] // a stream is a file (UDF 2.60 §3.3.5.1)
    [InlineData("", 5)] // and has a name
    public void A_stream_that_is_none_is_lost_and_the_others_are_there(string name, uint block)
    {
        VolumeEntry file = File(WithStreams(UdfImage.Name("one", 5), UdfImage.Name(name, block), UdfImage.Name("two", 6)));

        Assert.True(file.AreStreamsLost);
        Assert.Equal(["one", "two"], file.Streams.Select(stream => stream.Name));
    }

    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    public void So_many_streams_are_read_of_one_file(int count, bool isLost)
    {
        byte[] names = [.. Enumerable.Range(0, count).SelectMany(number => UdfImage.Name($"{number:D4}", 5))];
        UdfImage image = WithStreams();
        image.File(Start + Beside, Beside, 13, 0, names.Length, UdfImage.ShortAd((uint)names.Length, 10), extended: true);
        image.Put(Start + 10, names);

        VolumeEntry file = File(image);

        Assert.Equal((isLost, 1000), (file.AreStreamsLost, file.Streams.Count));
    }

    [Fact]
    public void A_directory_of_streams_that_is_none_is_lost()
    {
        UdfImage image = WithStreams(UdfImage.Name("one", 5));
        image.File(Start + Beside, Beside, 5, 3, 2, [1, 2], extended: true);

        Assert.True(File(image).AreStreamsLost);
    }

    private static VolumeEntry File(UdfImage image) => SourceTree.Open(new SimulatedDisc(image.Bytes), VolumeView.Udf).Find("file")!; // in the root

    private static UdfImage WithAttributeFile(long length, byte[] allocation)
    {
        UdfImage image = WithFile(extended: false, at: 112);
        image.File(Start + Beside, Beside, 5, 0, length, allocation);
        return image;
    }

    private static UdfImage WithStreams(params byte[][] names)
    {
        UdfImage image = WithFile(extended: true, at: 152);
        byte[] all = [.. names.SelectMany(name => name)];
        image.File(Start + Beside, Beside, 13, 3, all.Length, all, extended: true);
        image.File(Start + 5, 5, 5, 3, 3, "one"u8.ToArray(), extended: true);
        image.File(Start + 6, 6, 5, 3, 4, "fork"u8.ToArray(), extended: true);
        image.File(Start + 7, 7, 4, 3, 0, [], extended: true);
        return image;
    }

    // RBP 112 of a file entry (4/14.9.18) or 152 of an extended one (4/14.17.18) leads to what is described beside it.
    private static UdfImage WithFile(bool extended, int at)
    {
        UdfImage image = new();
        byte[] name = UdfImage.Name("file", 3);
        image.FileSet(Start, 1);
        image.File(Start + 1, 1, 4, 3, name.Length, name);
        int header = extended ? 216 : 176;
        image.Descriptor(Start + 3, extended ? 266 : 261, 3, header, b =>
        {
            (b[20], b[27], b[34], b[48]) = (4, 5, 3, 1);
            UdfImage.LongAd(Block, Beside, 0).CopyTo(b, at);
        });
        return image;
    }

    // 4/14.10.1: a tag, and where the attributes of implementations and of applications begin; 4/14.10.8: type, subtype, lengths, identifier, data.
    private static byte[] Attributes(params (uint Type, string Name, byte[] Data)[] attributes)
    {
        List<byte> space = [.. new byte[24]];
        foreach ((uint type, string name, byte[] data) in attributes)
        {
            byte[] attribute = new byte[48 + ((data.Length + 3) & ~3)];
            BinaryPrimitives.WriteUInt32LittleEndian(attribute, type);
            attribute[4] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(attribute.AsSpan(8), attribute.Length);
            BinaryPrimitives.WriteInt32LittleEndian(attribute.AsSpan(12), data.Length);
            Encoding.ASCII.GetBytes(name, attribute.AsSpan(17));
            data.CopyTo(attribute, 48);
            space.AddRange(attribute);
        }

        byte[] bytes = [.. space];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, 262);
        bytes[2] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 24);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), bytes.Length);
        bytes[4] = (byte)(bytes.AsSpan(0, 16).ToArray().Sum(value => value) & 0xFF);
        return bytes;
    }
}
