// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Hfs;
using Spindle.Formats.Iso9660;

namespace Spindle.Formats.Analysis;

/// <summary>Writes an analysis as isolyzer's XML, schema <c>isolyzer-v-1-0.xsd</c>, for those who build on that.</summary>
/// <remarks>
/// Element for element, and in the layout of, isolyzer 1.4.0, but for what is wrong there:
/// <list type="bullet">
/// <item>sizes expected are those of <see cref="DiscAnalysis"/>: UDF up to its last anchor, HFS with its bitmap and alternate
/// header, partitions by their own block size, no size from a driver descriptor that can't be true;</item>
/// <item>names in UDF are decompressed, and have neither the length byte nor the suffix of an identifier at their end;</item>
/// <item><c>sizeTable</c> is the size of the first partition also where there are several;</item>
/// <item><c>copyrightFileIdentifier</c> and <c>abstractFileIdentifier</c> begin and end where ECMA-119 §8.4.23, §8.4.24 says;</item>
/// <item>names in HFS are read as Mac Roman, HFS+ in a partition or a wrapper is called HFS+;</item>
/// <item>path tables of High Sierra for big-endian machines are read as big-endian.</item>
/// </list>
/// Sizes from 2 GiB on are written as they are, though the schema says <c>xs:int</c>.
/// </remarks>
public static class IsolyzerXml
{
    private const int SectorLength = 2048;

    /// <summary>Writes a report of any number of images.</summary>
    /// <param name="output">Takes the text; it should encode it as UTF-8.</param>
    /// <param name="toolName">Name of the program that reports.</param>
    /// <param name="toolVersion">Its version.</param>
    /// <param name="images">The images, in order.</param>
    public static void Write(TextWriter output, string toolName, string toolVersion, IEnumerable<IsolyzerImage> images)
    {
        XmlLines xml = new(output);
        xml.Start();
        xml.Open("toolInfo");
        xml.Element("toolName", toolName);
        xml.Element("toolVersion", toolVersion);
        xml.Close("toolInfo");
        foreach (IsolyzerImage image in images)
        {
            WriteImage(xml, image);
        }

        xml.End();
    }

    private static void WriteImage(XmlLines xml, IsolyzerImage image)
    {
        xml.Open("image");
        xml.Open("fileInfo");
        xml.Element("fileName", image.FileName);
        xml.Element("filePath", image.FilePath);
        xml.Element("fileSizeInBytes", image.FileSize);
        xml.Element("fileLastModified", CTime(image.LastModified));
        xml.Close("fileInfo");
        xml.Open("statusInfo");
        xml.Element("success", image.Analysis is not null);
        if (image.Analysis is null)
        {
            xml.Element("failureMessage", image.FailureMessage ?? "");
        }

        xml.Close("statusInfo");
        xml.Element("sectorOffset", image.Analysis?.MediumStart ?? 0);
        WriteTests(xml, image.Analysis);
        WriteFileSystems(xml, image.Analysis);
        xml.Close("image");
    }

    private static void WriteTests(XmlLines xml, DiscAnalysis? analysis)
    {
        xml.Open("tests");
        xml.Element("containsKnownFileSystem", analysis?.ContainsKnownFileSystem ?? false);
        xml.Element("sizeExpected", analysis?.SizeExpected ?? 0);
        xml.Element("sizeActual", analysis?.SizeActual ?? 0);
        xml.Element("sizeDifference", analysis?.SizeDifference ?? 0);
        xml.Element("sizeDifferenceSectors", Sectors(analysis?.SizeDifference ?? 0));
        xml.Element("sizeAsExpected", analysis?.SizeAsExpected ?? false);
        xml.Element("smallerThanExpected", analysis?.SmallerThanExpected ?? false);
        xml.Close("tests");
    }

    private static void WriteFileSystems(XmlLines xml, DiscAnalysis? analysis)
    {
        if (analysis is not { Contents: { } contents, ContainsKnownFileSystem: true })
        {
            xml.Element("fileSystems", "");
            return;
        }

        xml.Open("fileSystems");
        if (contents.Iso.Primary is not null)
        {
            xml.OpenFileSystem("ISO 9660");
            foreach (VolumeDescriptor primary in contents.Iso.Descriptors.Where(d => d.Type == VolumeDescriptor.PrimaryType))
            {
                IsolyzerIso.WritePrimary(xml, primary);
            }

            xml.Close("fileSystem");
        }

        if (contents.Iso.HighSierra.FirstOrDefault(d => d.Type == VolumeDescriptor.PrimaryType) is { } highSierra)
        {
            xml.OpenFileSystem("High Sierra");
            IsolyzerIso.WriteHighSierra(xml, highSierra);
            xml.Close("fileSystem");
        }

        if (contents.HfsVolumes.Count > 0)
        {
            HfsHeader first = contents.HfsVolumes[0];
            xml.OpenFileSystem(first.IsPlus ? "HFS+" : first.IsMfs ? "MFS" : "HFS");
            IsolyzerApple.Write(xml, contents);
            xml.Close("fileSystem");
        }

        if (contents.Udf is { } udf)
        {
            xml.OpenFileSystem("UDF");
            IsolyzerUdf.Write(xml, udf.Descriptors);
            xml.Close("fileSystem");
        }

        xml.Close("fileSystems");
    }

    // As C's ctime has it: the day of the month filled up with a space.
    private static string CTime(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"{time:ddd MMM} {time.Day,2} {time:HH:mm:ss yyyy}");

    // As Python prints a float: always with a fraction.
    private static string Sectors(long bytes)
    {
        string text = ((double)bytes / SectorLength).ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : $"{text}.0";
    }
}
