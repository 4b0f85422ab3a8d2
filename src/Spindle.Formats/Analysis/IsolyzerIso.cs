// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Spindle.Formats.HighSierra;
using Spindle.Formats.Iso9660;

namespace Spindle.Formats.Analysis;

/// <summary>The descriptors of ISO 9660 and High Sierra in isolyzer's XML. Positions are those of the standard, from 1.</summary>
internal static class IsolyzerIso
{
    public static void WritePrimary(XmlLines xml, VolumeDescriptor d)
    {
        xml.Open("primaryVolumeDescriptor");
        xml.Element("typeCode", d.Type);
        xml.Element("standardIdentifier", d.StandardIdentifier);
        xml.Element("version", d.Version);
        xml.Element("systemIdentifier", d.Bytes(9, 40));
        xml.Element("volumeIdentifier", d.VolumeIdentifier);
        xml.Element("volumeSpaceSize", Big(d.Bytes(85, 88)));
        xml.Element("volumeSetSize", Big(d.Bytes(123, 124)));
        xml.Element("volumeSequenceNumber", Big(d.Bytes(127, 128)));
        xml.Element("logicalBlockSize", Big(d.Bytes(131, 132)));
        xml.Element("pathTableSize", Big(d.Bytes(137, 140)));
        xml.Element("typeLPathTableLocation", Little(d.Bytes(141, 144)));
        xml.Element("optionalTypeLPathTableLocation", Little(d.Bytes(145, 148)));
        xml.Element("typeMPathTableLocation", Big(d.Bytes(149, 152)));
        xml.Element("optionalTypeMPathTableLocation", Big(d.Bytes(153, 156)));
        xml.Element("volumeSetIdentifier", d.Bytes(191, 318));
        xml.Element("publisherIdentifier", d.Bytes(319, 446));
        xml.Element("dataPreparerIdentifier", d.Bytes(447, 574));
        xml.Element("applicationIdentifier", d.Bytes(575, 702));
        xml.Element("copyrightFileIdentifier", d.Bytes(703, 739));
        xml.Element("abstractFileIdentifier", d.Bytes(740, 776));
        xml.Element("bibliographicFileIdentifier", d.Bytes(777, 813));
        xml.Element("volumeCreationDateAndTime", Date(d.Bytes(814, 830)));
        xml.Element("volumeModificationDateAndTime", Date(d.Bytes(831, 847)));
        xml.Element("volumeExpirationDateAndTime", Date(d.Bytes(848, 864)));
        xml.Element("volumeEffectiveDateAndTime", Date(d.Bytes(865, 881)));
        xml.Element("fileStructureVersion", d.Bytes(882, 882)[0]);
        xml.Close("primaryVolumeDescriptor");
    }

    public static void WriteHighSierra(XmlLines xml, HighSierraDescriptor d)
    {
        xml.Open("standardFileStructureVolumeDescriptor");
        xml.Element("volumeDescriptorLBN", Big(d.Bytes(5, 8)));
        xml.Element("volumeDescriptorType", d.Type);
        xml.Element("volumeStructureStandardIdentifier", d.Bytes(10, 14));
        xml.Element("volumeStructureStandardVersion", d.Bytes(15, 15)[0]);
        xml.Element("systemIdentifier", d.Bytes(17, 48));
        xml.Element("volumeIdentifier", d.VolumeIdentifier);
        xml.Element("volumeSpaceSize", Big(d.Bytes(93, 96)));
        xml.Element("volumeSetSize", Big(d.Bytes(131, 132)));
        xml.Element("volumeSetSequenceNumber", Big(d.Bytes(135, 136)));
        xml.Element("logicalBlockSize", Big(d.Bytes(139, 140)));
        xml.Element("pathTableSize", Big(d.Bytes(145, 148)));
        xml.Element("firstMandatoryPathTableLocation", Little(d.Bytes(149, 152)));
        for (int first = 153; first < 165; first += 4)
        {
            xml.Element("optionalPathTableLocation", Little(d.Bytes(first, first + 3)));
        }

        xml.Element("secondMandatoryPathTableLocation", Big(d.Bytes(165, 168)));
        for (int first = 169; first < 181; first += 4)
        {
            xml.Element("optionalPathTableLocation", Big(d.Bytes(first, first + 3)));
        }

        xml.Element("volumeSetIdentifier", d.Bytes(215, 342));
        xml.Element("publisherIdentifier", d.Bytes(343, 470));
        xml.Element("dataPreparerIdentifier", d.Bytes(471, 598));
        xml.Element("applicationIdentifier", d.Bytes(599, 726));
        xml.Element("copyrightFileIdentifier", d.Bytes(727, 758));
        xml.Element("abstractFileIdentifier", d.Bytes(759, 790));
        xml.Element("volumeCreationDateAndTime", Date(d.Bytes(791, 806)));
        xml.Element("volumeModificationDateAndTime", Date(d.Bytes(807, 822)));
        xml.Element("volumeExpirationDateAndTime", Date(d.Bytes(823, 838)));
        xml.Element("volumeEffectiveDateAndTime", Date(d.Bytes(839, 854)));
        xml.Element("fileStructureStandardVersion", d.Bytes(855, 855)[0]);
        xml.Close("standardFileStructureVolumeDescriptor");
    }

    /// <summary>A date as isolyzer prints it: the year as it is, the rest in two digits; empty where a part is no number.</summary>
    public static string Date(params ReadOnlySpan<int> parts) =>
        string.Create(CultureInfo.InvariantCulture, $"{parts[0]}/{parts[1]:00}/{parts[2]:00}, {parts[3]:00}:{parts[4]:00}:{parts[5]:00}");

    private static string Date(ReadOnlySpan<byte> digits)
    {
        Span<int> parts = stackalloc int[6];
        int at = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            int length = part == 0 ? 4 : 2;
            string text = Encoding.Latin1.GetString(digits.Slice(at, length));
            if (!int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out parts[part]))
            {
                return "";
            }

            at += length;
        }

        return Date((ReadOnlySpan<int>)parts);
    }

    private static long Big(ReadOnlySpan<byte> field) =>
        field.Length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field);

    private static long Little(ReadOnlySpan<byte> field) => BinaryPrimitives.ReadUInt32LittleEndian(field);
}
