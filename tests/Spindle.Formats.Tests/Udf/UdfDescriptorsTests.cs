// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.Udf;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Udf;

public class UdfDescriptorsTests
{
    private const int Sequence = 32; // of UdfImage: primary, partition, logical volume, terminator
    private const int Elsewhere = 100;

    private readonly Findings _findings = new();

    [Fact]
    public void Reads_a_sequence_that_goes_on_elsewhere()
    {
        UdfImage image = new();
        Move(image, Sequence + 1, Elsewhere);
        Move(image, Sequence + 2, Elsewhere + 1);
        image.Descriptor(Sequence + 1, TagId.VolumePointer, Sequence + 1, 512, b =>
        {
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(20), 2 * UdfImage.BlockSize); // 3/10.3: length, then block
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(24), Elsewhere);
        });

        UdfDescriptors found = Read(image);

        Assert.Equal(
            [(TagId.PrimaryVolume, Sequence), (TagId.Partition, Elsewhere), (TagId.LogicalVolume, Elsewhere + 1)],
            found.Sequence.Select(descriptor => (descriptor.Id, (int)(descriptor.Position / UdfImage.BlockSize))));
        Assert.Equal([UdfRules.IntegrityPresent], _findings.Counts.Keys); // the image has none
    }

    [Fact]
    public void Ends_a_sequence_that_leads_to_itself()
    {
        UdfImage image = new();
        foreach (int first in (int[])[Sequence, 2 * Sequence])
        {
            image.Descriptor((uint)first, TagId.VolumePointer, (uint)first, 512, b =>
            {
                BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(20), UdfImage.BlockSize);
                BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(24), (uint)first);
            });
        }

        Assert.Empty(Read(image).Sequence);
        Assert.Contains(UdfRules.SequenceComplete, _findings.Counts.Keys);
    }

    [Theory]
    [InlineData(0)] // primary
    [InlineData(1)] // partition
    [InlineData(2)] // logical volume
    public void A_descriptor_that_the_main_sequence_has_lost_is_told_of_and_taken_from_the_reserve(int which)
    {
        UdfImage image = new();
        image.Bytes[((Sequence + which) * UdfImage.BlockSize) + 20] ^= 1; // its CRC does not fit any more

        UdfDescriptors found = Read(image);

        Assert.Contains(UdfRules.SequenceComplete, _findings.Counts.Keys);
        Assert.NotNull(found.Primary);
        Assert.NotNull(found.LogicalVolume);
        Assert.Single(found.Partitions);
    }

    [Fact]
    public void A_partition_that_the_main_sequence_is_short_of_is_taken_from_the_reserve()
    {
        UdfImage image = new();
        image.Descriptor(67, TagId.Partition, 67, 512, b => // where the reserve has ended
        {
            b[22] = 1; // its number (3/10.5.4)
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(188), 300);
        });

        UdfDescriptors found = Read(image);

        Assert.Equal([(0, UdfImage.PartitionStart), (1, 300u)], found.Partitions.Select(partition => (partition.PartitionNumber, partition.PartitionStart)));
        Finding told = Assert.Single(_findings.Items, finding => finding.Rule == UdfRules.SequenceComplete);
        Assert.Equal(67 * UdfImage.BlockSize, told.Position);
    }

    [Fact]
    public void Of_two_descriptors_of_a_partition_the_later_one_counts_wherever_it_is()
    {
        UdfImage image = new();
        image.Descriptor(67, TagId.Partition, 67, 512, b =>
        {
            b[16] = 9; // its volume descriptor sequence number (3/10.5.2)
            BinaryPrimitives.WriteUInt32LittleEndian(b.AsSpan(188), 300);
        });

        Assert.Equal(300u, Assert.Single(Read(image).Partitions).PartitionStart);
    }

    private static void Move(UdfImage image, int from, int to) => image.Descriptor(
        (uint)to,
        BinaryPrimitives.ReadUInt16LittleEndian(image.Bytes.AsSpan(from * UdfImage.BlockSize)),
        (uint)to,
        512,
        b => image.Bytes.AsSpan((from * UdfImage.BlockSize) + DescriptorTag.Length, 512 - DescriptorTag.Length).CopyTo(b.AsSpan(DescriptorTag.Length)));

    private UdfDescriptors Read(UdfImage image) => UdfDescriptors.Read(new(new SimulatedDisc(image.Bytes)), 0, _findings)!; // it has anchors
}
