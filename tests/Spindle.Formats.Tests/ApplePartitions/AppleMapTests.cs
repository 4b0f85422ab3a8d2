// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using Spindle.Formats.ApplePartitions;
using Spindle.Testing;

namespace Spindle.Formats.Tests.ApplePartitions;

/// <summary>Driver descriptor and partition map laid out by hand (Inside Macintosh: Devices, chapter 3; all numbers big-endian).</summary>
public sealed class AppleMapTests
{
    private readonly byte[] _disc = new byte[64 * 2048];
    private readonly Findings _findings = new();

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Driver_and_partitions_are_read_at_the_size_of_their_blocks(int blockSize)
    {
        Driver(blockSize, 131_072 / blockSize);
        Partition(blockSize, 1, entries: 2, start: 1, blocks: 2, "Apple_partition_map");
        Partition(blockSize, 2, entries: 2, start: 3, blocks: (uint)(131_072 / blockSize) - 3, "Apple_HFS");

        AppleMap map = Read();

        Assert.Equal((blockSize, 131_072u / (uint)blockSize, 0L), (map.Driver!.BlockSize, map.Driver.BlockCount, map.Driver.Position));
        Assert.Equal([("Apple_partition_map", 1u, 2u), ("Apple_HFS", 3u, 131_072u / (uint)blockSize - 3)], map.Partitions.Select(one => (one.PartitionType, one.PartitionStart, one.PartitionBlocks)));
        Assert.Equal((blockSize, 131_072L, true), (map.BlockSize, map.PartitionsEnd, map.IsDeviceSizeTrue));
        Assert.Equal([blockSize, 2L * blockSize], map.Partitions.Select(one => one.Position));
        Assert.Empty(_findings.Items);
    }

    [Fact]
    public void A_type_that_fills_its_field_has_32_characters()
    {
        Partition(512, 1, 1, 1, 1, new string('T', 40));

        Assert.Equal(new string('T', 32), Assert.Single(Read().Partitions).PartitionType);
    }

    [Fact]
    public void A_map_in_blocks_of_another_size_than_the_driver_says_is_found()
    {
        Driver(2048, 32);
        Partition(512, 1, entries: 1, start: 1, blocks: 127, "Apple_HFS");

        AppleMap map = Read();

        Assert.Equal((512, 65_536L, true), (map.BlockSize, map.PartitionsEnd, map.IsDeviceSizeTrue));
        Finding found = Assert.Single(_findings.Items);
        Assert.Equal((AppleRules.BlockSizeTrue, 2L, "blocks of 2048 bytes, and a map in blocks of 512"), (found.Rule, found.Position, found.Detail));
    }

    [Theory]
    [InlineData(124, true)] // a sector less than the partitions need
    [InlineData(128, true)]
    [InlineData(132, true)] // a sector more
    [InlineData(123, false)]
    [InlineData(133, false)]
    public void The_size_of_the_device_is_true_up_to_a_sector(int blocks, bool isTrue)
    {
        Driver(512, blocks);
        Partition(512, 1, entries: 1, start: 1, blocks: 127, "Apple_HFS");

        Assert.Equal(isTrue, Read().IsDeviceSizeTrue);
        Assert.Equal(isTrue ? [] : [(AppleRules.DeviceSizeTrue, 4L)], _findings.Items.Select(found => (found.Rule, found.Position)));
    }

    [Fact]
    public void An_entry_that_is_missing_is_told_of()
    {
        Partition(512, 1, entries: 3, start: 1, blocks: 2, "Apple_partition_map");
        Partition(512, 2, entries: 3, start: 3, blocks: 5, "Apple_HFS");

        Assert.Equal((2, 4096L), (Read().Partitions.Count, Read().PartitionsEnd));
        Assert.All(_findings.Items, found => Assert.Equal((AppleRules.MapComplete, 512L, "2 of 3 entries"), (found.Rule, found.Position, found.Detail)));
    }

    [Fact]
    public void An_entry_behind_the_last_one_is_none()
    {
        Partition(512, 1, entries: 1, start: 1, blocks: 2, "Apple_HFS");
        Partition(512, 2, entries: 1, start: 3, blocks: 5, "Apple_HFS");

        Assert.Single(Read().Partitions);
    }

    [Fact]
    public void A_map_that_says_that_it_never_ends_ends()
    {
        for (int number = 1; number < 255; number++)
        {
            Partition(512, number, entries: uint.MaxValue, start: 1, blocks: 1, "Apple_Free");
        }

        Assert.Equal(254, Read().Partitions.Count);
    }

    [Fact]
    public void A_driver_without_a_map_is_all_there_is()
    {
        Driver(512, 10);

        AppleMap map = Read();

        Assert.Equal((10u, 0, 0L, false), (map.Driver!.BlockCount, map.BlockSize, map.PartitionsEnd, map.IsDeviceSizeTrue));
        Assert.Empty(map.Partitions);
        Assert.Empty(_findings.Items);
    }

    [Fact]
    public void Without_a_driver_no_size_of_the_device_is_true()
    {
        Partition(512, 1, 1, 0, 0, "Apple_HFS");

        AppleMap map = Read();

        Assert.Single(map.Partitions);
        Assert.False(map.IsDeviceSizeTrue);
    }

    [Fact]
    public void A_driver_that_has_no_size_and_no_map_says_nothing_true()
    {
        Driver(512, 0);

        Assert.False(Read().IsDeviceSizeTrue);
    }

    [Fact]
    public void A_disc_without_either_has_none()
    {
        AppleMap map = Read();

        Assert.Null(map.Driver);
        Assert.Empty(map.Partitions);
    }

    private AppleMap Read() => AppleMap.Read(new(new SimulatedDisc(_disc)), _findings);

    private void Driver(int blockSize, int blocks)
    {
        "ER"u8.CopyTo(_disc);
        BinaryPrimitives.WriteUInt16BigEndian(_disc.AsSpan(2), (ushort)blockSize); // sbBlkSize
        BinaryPrimitives.WriteInt32BigEndian(_disc.AsSpan(4), blocks); // sbBlkCount
    }

    private void Partition(int pitch, int number, uint entries, uint start, uint blocks, string type)
    {
        Span<byte> entry = _disc.AsSpan(number * pitch);
        "PM"u8.CopyTo(entry);
        BinaryPrimitives.WriteUInt32BigEndian(entry[4..], entries); // pmMapBlkCnt
        BinaryPrimitives.WriteUInt32BigEndian(entry[8..], start); // pmPyPartStart
        BinaryPrimitives.WriteUInt32BigEndian(entry[12..], blocks); // pmPartBlkCnt
        Encoding.ASCII.GetBytes(type).CopyTo(entry[48..]); // pmParType
    }
}
