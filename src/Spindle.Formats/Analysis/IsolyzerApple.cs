// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Spindle.Formats.ApplePartitions;
using Spindle.Formats.Hfs;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Analysis;

/// <summary>Apple's partition scheme and its volumes in isolyzer's XML. Offsets from 0.</summary>
internal static class IsolyzerApple
{
    public static void Write(XmlLines xml, DiscContents contents)
    {
        if (contents.Apple.Driver is { } driver)
        {
            WriteDriver(xml, driver);
        }

        List<HfsHeader> left = [.. contents.HfsVolumes];
        foreach (AppleDescriptor partition in contents.Apple.Partitions)
        {
            WritePartition(xml, partition);
            long start = contents.Medium.Start + (partition.PartitionStart * (long)contents.Apple.BlockSize);
            if (left.Find(header => header.VolumePosition == start) is { } volume)
            {
                WriteVolume(xml, volume);
                left.Remove(volume);
            }
        }

        foreach (HfsHeader header in left.OrderByDescending(header => header.IsPlus))
        {
            WriteVolume(xml, header);
        }
    }

    private static void WriteDriver(XmlLines xml, AppleDescriptor d)
    {
        xml.Open("appleZeroBlock");
        xml.Element("signature", d.Bytes[..2]);
        xml.Element("blockSize", d.BlockSize);
        xml.Element("blockCount", d.BlockCount);
        xml.Element("deviceType", Number16(d, 8));
        xml.Element("deviceID", Number16(d, 10));
        xml.Element("driverData", d.Number32(12));

        // The book has the first driver at 16; isolyzer reads it here, and what reads its reports expects that.
        xml.Element("driverDescriptorCount", Number16(d, 80));
        xml.Element("driverDescriptorBlockStart", d.Number32(82));
        xml.Element("driverDescriptorBlockCount", Number16(d, 86));
        xml.Element("driverDescriptorSystemType", Number16(d, 88));
        xml.Close("appleZeroBlock");
    }

    private static void WritePartition(XmlLines xml, AppleDescriptor d)
    {
        xml.Open("applePartitionMap");
        xml.Element("signature", d.Bytes[..2]);
        xml.Element("numberOfPartitionEntries", d.MapEntries);
        xml.Element("partitionBlockStart", d.PartitionStart);
        xml.Element("partitionBlockCount", d.PartitionBlocks);
        xml.Element("partitionName", d.Bytes[16..48]);
        xml.Element("partitionType", d.Bytes[48..80]);
        xml.Element("partitionLogicalBlockStart", d.Number32(80));
        xml.Element("partitionLogicalBlockCount", d.Number32(84));
        xml.Element("partitionFlags", d.Number32(88));
        xml.Element("bootCodeBlockStart", d.Number32(92));
        xml.Element("bootCodeSizeInBytes", d.Number32(96));
        xml.Element("bootCodeLoadAddress", d.Number32(100));
        xml.Element("bootCodeJumpAddress", d.Number32(108));
        xml.Element("bootCodeChecksum", d.Number32(116));
        xml.Element("processorType", d.Bytes[120..136]);
        xml.Close("applePartitionMap");
    }

    private static void WriteVolume(XmlLines xml, HfsHeader header)
    {
        if (header.IsPlus)
        {
            xml.Open("hfsPlusVolumeheader");
            xml.Element("signature", header.Signature);
            xml.Element("version", header.Number16(2));
            xml.Element("blockSize", header.BlockSize);
            xml.Element("blockCount", header.BlockCount);
            xml.Close("hfsPlusVolumeheader");
            return;
        }

        xml.Open("masterDirectoryBlock");
        xml.Element("signature", header.Signature);
        xml.Element("blockCount", header.BlockCount);
        xml.Element("blockSize", header.BlockSize);
        xml.Element("volumeName", XmlLines.TextOf(header.VolumeName));
        xml.Close("masterDirectoryBlock");
    }

    private static int Number16(AppleDescriptor d, int offset) => BinaryPrimitives.ReadUInt16BigEndian(d.Bytes[offset..]);
}
