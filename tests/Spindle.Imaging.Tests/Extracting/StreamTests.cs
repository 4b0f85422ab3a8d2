// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Extracting;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Extracting;

/// <summary>A file of UDF may have named streams and extended attributes: they come out beside it, or it is said that they do not.</summary>
public sealed class StreamTests : IDisposable
{
    private const uint Start = UdfImage.PartitionStart;
    private const int StreamDirectoryBlock = 4;
    private const int FirstStreamBlock = 5;
    private const int SecondStreamData = 20;

    private static readonly byte[] Second = SimulatedDisc.Pattern(3000);

    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Streams_come_out_as_extended_attributes_of_macOS()
    {
        ExtractionResult result = await ExtractAsync(new SimulatedDisc(WithStreams().Bytes));

        Assert.True(result.IsWhole, string.Join("; ", result.Skipped));
        Assert.Equal(1, result.Forks);
        Assert.Equal("content", await File.ReadAllTextAsync(_directory["out/file"]));
        Dictionary<string, byte[]> attributes = Attributes(await File.ReadAllBytesAsync(_directory["out/._file"]));
        Assert.Equal(["*Vendor Note", "first", "zweiter Strom"], attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("one"u8, attributes["first"]);
        Assert.Equal(Second, attributes["zweiter Strom"]);
        Assert.Equal("remark"u8, attributes["*Vendor Note"]);
    }

    [Fact]
    public async Task The_resource_fork_of_a_Macintosh_is_a_stream_of_its_name()
    {
        UdfImage image = WithStreams("*UDF Macintosh Resource Fork");
        ExtractionResult result = await ExtractAsync(new SimulatedDisc(image.Bytes));

        Assert.True(result.IsWhole, string.Join("; ", result.Skipped));
        byte[] written = await File.ReadAllBytesAsync(_directory["out/._file"]);
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(written.AsSpan(38)));
        (int offset, int length) = Place(written.AsSpan(42));
        Assert.Equal(Second, written.AsSpan(offset, length));
        Assert.Equal(["*Vendor Note", "first"], Attributes(written).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_damaged_and_its_file_is_not()
    {
        SimulatedDisc disc = new(WithStreams().Bytes);
        disc.Bad(Start + SecondStreamData, 1);
        ExtractionResult result = await ExtractAsync(disc);

        Assert.Equal("/file (streams)", Assert.Single(result.Damaged).Path);
        Assert.True(File.Exists(_directory["out/file"]));
        Assert.True(File.Exists(_directory["out/._file.damaged"]));
        Assert.False(File.Exists(_directory["out/._file"]));
    }

    [Theory]
    [InlineData(StreamDirectoryBlock)]
    [InlineData(FirstStreamBlock)]
    public async Task Streams_of_which_nothing_is_known_are_told_of(int lost)
    {
        UdfImage image = WithStreams();
        image.Put(Start + lost, new byte[UdfImage.BlockSize]);
        ExtractionResult result = await ExtractAsync(new SimulatedDisc(image.Bytes));

        Assert.False(result.IsWhole);
        Assert.Equal("/file (named streams)", Assert.Single(result.Damaged).Path);
        Assert.Equal("content", await File.ReadAllTextAsync(_directory["out/file"]));
    }

    [Fact]
    public void Damage_names_the_stream_that_is_hit()
    {
        SimulatedDisc disc = new(WithStreams().Bytes);
        disc.Bad(Start + SecondStreamData, 1);
        SectorMap map = new(disc.SectorCount, SectorState.Finished);
        map.Set(new(Start + SecondStreamData, 1), SectorState.Bad);
        DamageReport report = DamageReport.Of(disc, map);

        DamagedEntry entry = Assert.Single(report.Entries);
        Assert.Equal("/file", entry.Path);
        NamedStream stream = Assert.Single(entry.LostStreams);
        Assert.Equal(("zweiter Strom", new Extent(0, UdfImage.BlockSize)), (stream.Name, Assert.Single(stream.Extents)));
        Assert.Equal(UdfImage.BlockSize, entry.BytesLost);
    }

    [Fact]
    public async Task More_than_an_AppleDouble_file_holds_is_told_of()
    {
        UdfImage image = WithStreams(new string('n', 120) + "äöüß"); // 128 bytes of UTF-8, which macOS has no room for
        ExtractionResult result = await ExtractAsync(new SimulatedDisc(image.Bytes));

        Assert.Equal("streams-left-out", Assert.Single(result.Skipped).Code);
        Assert.Equal(["*Vendor Note", "first"], Attributes(await File.ReadAllBytesAsync(_directory["out/._file"])).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Streams_that_are_not_wanted_are_counted()
    {
        ExtractionResult result = await ExtractAsync(new SimulatedDisc(WithStreams().Bytes), forks: false);

        Assert.Equal((0, 1), (result.Forks, result.ForksLeftOut));
        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(_directory["out"]).Select(Path.GetFileName));
    }

    public void Dispose() => _directory.Dispose();

    // Root in block 1; /file in block 3, with an attribute in its entry; its stream directory in block 4; the streams in 5 and 6.
    private static UdfImage WithStreams(string second = "zweiter Strom")
    {
        UdfImage image = new();
        byte[] names = UdfImage.Name("file", 3);
        image.FileSet(Start, 1);
        image.File(Start + 1, 1, 4, 3, names.Length, names);
        byte[] attributes = Attribute("*Vendor Note", "remark"u8);
        byte[] content = "content"u8.ToArray();
        const int header = 216;
        image.Descriptor(Start + 3, 266, 3, header + attributes.Length + content.Length, b =>
        {
            b[20] = 4;
            b[27] = 5;
            b[34] = 3;
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(44), 0x14A5);
            b[48] = 1;
            b[56] = (byte)content.Length;
            UdfImage.LongAd(UdfImage.BlockSize, StreamDirectoryBlock, 0).CopyTo(b, 152);
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(header - 8), (uint)attributes.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(header - 4), (uint)content.Length);
            attributes.CopyTo(b, header);
            content.CopyTo(b, header + attributes.Length);
        });
        byte[] streams = [.. UdfImage.Name("", 3, characteristics: 8), .. UdfImage.Name("first", FirstStreamBlock), .. UdfImage.Name(second, 6)];
        image.File(Start + StreamDirectoryBlock, StreamDirectoryBlock, 13, 3, streams.Length, streams, extended: true);
        image.File(Start + FirstStreamBlock, FirstStreamBlock, 5, 3, 3, "one"u8.ToArray(), extended: true);
        image.File(Start + 6, 6, 5, 0, Second.Length, UdfImage.ShortAd((uint)Second.Length, SecondStreamData), extended: true);
        image.Put(Start + SecondStreamData, Second);
        return image;
    }

    // An extended attribute header descriptor, room that is free, and an attribute of an implementation (ECMA-167 4/14.10.1, 4/14.10.8).
    private static byte[] Attribute(string name, ReadOnlySpan<byte> data)
    {
        byte[] space = new byte[24 + 52 + 56];
        BinaryPrimitives.WriteUInt16LittleEndian(space, 262);
        space[2] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(space.AsSpan(16), 24);
        BinaryPrimitives.WriteUInt32LittleEndian(space.AsSpan(20), (uint)space.Length);
        space[4] = (byte)(space.AsSpan(0, 16).ToArray().Sum(value => value) & 0xFF);
        Put(space.AsSpan(24, 52), "*UDF FreeEASpace", [0, 0, 0, 0]);
        Put(space.AsSpan(76, 56), name, data);
        return space;

        static void Put(Span<byte> attribute, string name, ReadOnlySpan<byte> data)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(attribute, 2048);
            attribute[4] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(attribute[8..], (uint)attribute.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(attribute[12..], (uint)data.Length);
            Encoding.ASCII.GetBytes(name, attribute[17..]);
            data.CopyTo(attribute[48..]);
        }
    }

    // Read here by hand: 'ATTR' behind the Finder's 32 bytes and two of padding; each entry has place, length, flags, length of the name, name.
    private static Dictionary<string, byte[]> Attributes(byte[] file)
    {
        Assert.Equal(0x00051607u, BinaryPrimitives.ReadUInt32BigEndian(file));
        (int offset, int length) = Place(file.AsSpan(30));
        Assert.Equal(50, offset);
        Assert.Equal("ATTR"u8, file.AsSpan(84, 4));
        Assert.Equal(offset + length, (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(92)));
        Dictionary<string, byte[]> found = [];
        int at = 120;
        for (int count = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(118)); count > 0; count--)
        {
            (int place, int size) = Place(file.AsSpan(at));
            int name = file[at + 10];
            Assert.Equal(0, file[at + 11 + name - 1]);
            found.Add(Encoding.UTF8.GetString(file, at + 11, name - 1), file.AsSpan(place, size).ToArray());
            at += (11 + name + 3) & ~3;
        }

        return found;
    }

    private static (int Offset, int Length) Place(ReadOnlySpan<byte> entry) =>
        ((int)BinaryPrimitives.ReadUInt32BigEndian(entry), (int)BinaryPrimitives.ReadUInt32BigEndian(entry[4..]));

    private Task<ExtractionResult> ExtractAsync(SimulatedDisc disc, bool forks = true)
    {
        Volume volume = Volume.Open(disc, new() { View = VolumeView.Udf })!;
        return Extractor.RunAsync(
            volume, new() { Target = _directory["out"], Forks = forks }, new Progress<WorkProgress>(), CancellationToken.None);
    }
}
