// SPDX-License-Identifier: MIT
using Spindle.Formats.Udf;

namespace Spindle.Formats.Analysis;

/// <summary>The descriptors of UDF in isolyzer's XML, in the order in which the sequence has them.</summary>
internal static class IsolyzerUdf
{
    public static void Write(XmlLines xml, UdfDescriptors all)
    {
        bool isIntegrityWritten = false;
        foreach (UdfDescriptor descriptor in all.Sequence)
        {
            if (descriptor.Id == TagId.Partition)
            {
                WritePartition(xml, descriptor);
            }
            else if (descriptor.Id == TagId.LogicalVolume)
            {
                WriteLogicalVolume(xml, descriptor);
                if (!isIntegrityWritten && all.Integrity.Count > 0)
                {
                    WriteIntegrity(xml, all.Integrity[0]);
                    isIntegrityWritten = true;
                }
            }
        }
    }

    private static void WriteTag(XmlLines xml, UdfDescriptor d)
    {
        xml.Element("tagIdentifier", d.Id);
        xml.Element("descriptorVersion", d.Version);
        xml.Element("tagSerialNumber", d.SerialNumber);
    }

    private static void WritePartition(XmlLines xml, UdfDescriptor d)
    {
        xml.Open("partitionDescriptor");
        WriteTag(xml, d);
        xml.Element("volumeDescriptorSequenceNumber", d.SequenceNumber);
        xml.Element("partitionNumber", d.PartitionNumber);
        xml.Element("accessType", d.AccessType);
        xml.Element("partitionStartingLocation", d.PartitionStart);
        xml.Element("partitionLength", d.PartitionLength);
        xml.Close("partitionDescriptor");
    }

    private static void WriteLogicalVolume(XmlLines xml, UdfDescriptor d)
    {
        xml.Open("logicalVolumeDescriptor");
        WriteTag(xml, d);
        xml.Element("volumeSequenceNumber", d.SequenceNumber);
        xml.Element("logicalVolumeIdentifier", XmlLines.TextOf(d.LogicalVolumeIdentifier));
        xml.Element("logicalBlockSize", d.LogicalBlockSize);
        xml.Element("domainIdentifier", XmlLines.TextOf(UdfText.Identifier(d.Bytes[216..248])));
        xml.Element("mapTableLength", d.Number32(264));
        xml.Element("numberOfPartitionMaps", d.PartitionMapCount);
        xml.Element("implementationIdentifier", XmlLines.TextOf(UdfText.Identifier(d.Bytes[272..304])));
        xml.Element("integritySequenceExtentLength", d.IntegrityLength);
        xml.Element("integritySequenceExtentLocation", d.IntegrityBlock);
        xml.Close("logicalVolumeDescriptor");
    }

    private static void WriteIntegrity(XmlLines xml, UdfDescriptor d)
    {
        long partitions = d.Number32(72);
        long size = 80 + (partitions * 4);
        ReadOnlySpan<byte> time = d.Bytes[16..28];
        int year = d.Number16(18);
        xml.Open("logicalVolumeIntegrityDescriptor");
        WriteTag(xml, d);
        xml.Element("timeStamp", IsolyzerIso.Date(year, time[4], time[5], time[6], time[7], time[8]));
        xml.Element("integrityType", d.IntegrityType);
        xml.Element("numberOfPartitions", partitions);
        xml.Element("lengthOfImplementationUse", d.Number32(76));
        xml.Element("freeSpaceTable", d.Number32(80));
        xml.Element("sizeTable", size <= UdfDescriptor.Length - 4 ? d.Number32((int)size) : 0);
        xml.Close("logicalVolumeIntegrityDescriptor");
    }
}
