// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using Spindle.Formats.Analysis;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Analysis;

/// <summary>Images of other programs and isolyzer's reports of them, where SPINDLE_CORPUS names a directory with both.</summary>
public sealed class CorpusTests
{
    // What isolyzer gets wrong, as IsolyzerXml says: image, element, what is right.
    private static readonly Dictionary<(string Image, string Element), string> Corrections = new()
    {
        [("hfs", "sizeExpected")] = "613376",
        [("hfs", "sizeDifference")] = "1024",
        [("hfs", "sizeDifferenceSectors")] = "0.5",
        [("udf", "sizeExpected")] = "614400",
        [("udf", "sizeDifference")] = "0",
        [("udf", "sizeDifferenceSectors")] = "0.0",
        [("udf", "sizeAsExpected")] = "True",
        [("imgburn-udf260-metadata", "sizeExpected")] = "1310720",
        [("imgburn-udf260-metadata", "sizeDifference")] = "0",
        [("imgburn-udf260-metadata", "sizeDifferenceSectors")] = "0.0",
        [("imgburn-udf260-metadata", "sizeAsExpected")] = "True",
        [("imgburn-udf260-metadata", "logicalVolumeIdentifier")] = "iso_test_only_udf_260",
        [("imgburn-udf260-metadata", "domainIdentifier")] = "*OSTA UDF Compliant",
        [("imgburn-udf260-metadata", "sizeTable")] = "128",
    };

    public static TheoryData<string> Images =>
        ["hfs", "hfsplus", "imgburn-udf260-metadata", "iso9660", "iso9660_hfs_part", "iso9660_nopvd", "iso9660_trunc", "iso9660_udf", "udf"];

    [Theory]
    [MemberData(nameof(Images))]
    public void Reports_what_isolyzer_reports_but_for_its_faults(string name)
    {
        string corpus = Environment.GetEnvironmentVariable("SPINDLE_CORPUS") ?? "";
        Assert.SkipUnless(Directory.Exists(corpus), "SPINDLE_CORPUS names no directory");
        byte[] image = File.ReadAllBytes(Path.Combine(corpus, $"{name}.iso"));
        XDocument expected = XDocument.Parse(File.ReadAllText(Path.Combine(corpus, "isolyzer-xml", $"{name}.xml"))
            .Replace("/images/filePath>", "/images/x</filePath>", StringComparison.Ordinal)); // one report was edited by hand
        using StringWriter text = new();

        IsolyzerXml.Write(text, "spindle", "1", [Report(name, image)]);

        Assert.Equal(
            Leaves(expected).Select(leaf => (leaf.Element, Corrections.GetValueOrDefault((name, leaf.Element), leaf.Value))),
            Leaves(XDocument.Parse(text.ToString())));
    }

    internal static IsolyzerImage Report(string name, byte[] image) => new()
    {
        FileName = $"{name}.iso",
        FilePath = $"/images/{name}.iso",
        FileSize = image.Length,
        LastModified = new(2026, 11, 2, 9, 40, 24, TimeSpan.Zero),
        Analysis = DiscAnalyzer.Analyze(new SimulatedDisc(image)),
    };

    private static List<(string Element, string Value)> Leaves(XDocument document)
    {
        string[] ofTheRun = ["fileName", "filePath", "fileLastModified", "toolName", "toolVersion"];
        return [.. document.Descendants().Where(e => !e.HasElements && !ofTheRun.Contains(e.Name.LocalName))
            .Select(e => (e.Name.LocalName, e.Value))];
    }
}
