// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.Trees;
using Spindle.Formats.Udf;
using Spindle.Formats.Volumes;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Udf;

/// <summary>Discs that are written piece by piece (UDF 2.60 §2.2.8, §2.2.11): two sessions, laid out by hand.</summary>
public class VirtualPartitionTests
{
    private const uint Start = UdfImage.PartitionStart;
    private const uint SecondSession = Start + 10;

    [Fact]
    public void Shows_the_newest_session_under_its_own_name()
    {
        Volume volume = Volume.Open(new SimulatedDisc(TwoSessions()))!;

        Assert.Equal(("Second", "new"), (volume.VolumeIdentifier, Assert.Single(volume.Walk()).Name));
        Assert.Empty(volume.Missing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Says_that_it_shows_an_older_session_where_the_newest_table_is_lost(bool isZeros)
    {
        byte[] bytes = TwoSessions();
        bytes.AsSpan(isZeros ? ^2048.. : ^0..).Clear();
        Volume volume = Volume.Open(isZeros ? new SimulatedDisc(bytes) : new SimulatedDisc(bytes).Bad((bytes.Length / 2048) - 1))!;

        Assert.Equal(("First", "old"), (volume.VolumeIdentifier, Assert.Single(volume.Walk()).Name));
        Assert.Equal(UdfRules.VirtualTablePresent, Assert.Single(volume.Missing).Rule);
    }

    [Fact]
    public void Takes_what_cannot_be_read_behind_the_table_for_run_out()
    {
        byte[] bytes = [.. TwoSessions(), .. new byte[2 * 2048]];
        Volume volume = Volume.Open(new SimulatedDisc(bytes).Bad((bytes.Length / 2048) - 2, 2))!;

        Assert.Equal("new", Assert.Single(volume.Walk()).Name);
        Assert.Empty(volume.Missing);
    }

    [Theory]
    [InlineData(511, 0, true)]
    [InlineData(512, 0, false)]
    [InlineData(0, 32_767, true)]
    [InlineData(0, 32_768, false)]
    public void Looks_for_the_table_behind_so_many_blocks_and_no_more(int recorded, int empty, bool isFound)
    {
        byte[] bytes = TwoSessions();
        int end = bytes.Length;
        Array.Resize(ref bytes, end + ((recorded + empty) * 2048));
        bytes.AsSpan(end, recorded * 2048).Fill(1);

        Volume? volume = Volume.Open(new SimulatedDisc(bytes), new() { View = VolumeView.Udf });

        Assert.Equal(isFound ? "Second" : null, volume?.VolumeIdentifier);
        Assert.Equal(isFound && recorded > 0, volume?.Missing.Any() ?? false);
    }

    [Theory]
    [InlineData(0L, (long)SecondSession, "First", "old")]
    [InlineData((long)SecondSession, null, "Second", "new")]
    public void Shows_the_session_that_is_asked_for(long start, long? end, string label, string name)
    {
        Volume volume = Volume.Open(new SimulatedDisc(TwoSessions()), new() { SessionStart = start, SessionEnd = end })!;

        Assert.Equal((label, name), (volume.VolumeIdentifier, Assert.Single(volume.Walk()).Name));
        Assert.Empty(volume.Missing);
    }

    [Fact]
    public void Finds_the_sessions_from_one_table_to_the_one_before()
    {
        Assert.Equal([0, Start + 4], UdfSessions.Starts(new SimulatedDisc(TwoSessions())));
        Assert.Equal([0L], UdfSessions.Starts(new SimulatedDisc(TwoSessions()[..(int)((Start + 4) * 2048)])));
        Assert.Empty(UdfSessions.Starts(new SimulatedDisc(new UdfImage().Bytes)));
    }

    private static byte[] TwoSessions()
    {
        byte[] map = new byte[64]; // UDF 2.60 §2.2.8: type 2, identifier at 5
        (map[0], map[1]) = (2, 64);
        "*UDF Virtual Partition"u8.CopyTo(map.AsSpan(5));
        map[36] = 1;
        UdfImage image = new([1, 6, 1, 0, 0, 0, .. map], mapCount: 2, fileSetPartition: 1);
        image.FileSet(Start, 1, partition: 1);
        Directory(image, 1, "old");
        image.File(Start + 2, 2, 5, 3, 2, "in"u8.ToArray());
        Table(image, 3, uint.MaxValue, "First", 0, 1, 2);
        Directory(image, 10, "new");
        Table(image, 11, 3, "Second", 0, 10, 2);
        return image.Bytes[..(int)((Start + 12) * 2048)];
    }

    private static void Directory(UdfImage image, uint block, string name)
    {
        byte[] names = UdfImage.Name(name, 2, partition: 1);
        image.File(Start + block, 1, 4, 3, names.Length, names);
    }

    // §2.2.11: length of the header, 152, name at 4 with its length at 131, block of the table before it at 132, entries behind it.
    private static void Table(UdfImage image, uint block, uint previous, string name, params uint[] places)
    {
        byte[] table = new byte[152 + (4 * places.Length)];
        table[0] = 152;
        table[4] = 8;
        Encoding.ASCII.GetBytes(name).CopyTo(table, 5);
        table[131] = (byte)(name.Length + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(132), previous);
        for (int index = 0; index < places.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(152 + (4 * index)), places[index]);
        }

        image.File(Start + block, block, 248, 3, table.Length, table);
    }
}
