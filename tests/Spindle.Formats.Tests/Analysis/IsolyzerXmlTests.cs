// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;

namespace Spindle.Formats.Tests.Analysis;

public class IsolyzerXmlTests
{
    [Fact]
    public void Lays_a_report_out_as_isolyzer_does()
    {
        using StringWriter text = new();

        IsolyzerXml.Write(text, "spindle", "1.2", [CorpusTests.Report("a&b", new byte[3072])]);

        Assert.Equal(
            """
            <?xml version="1.0" ?>
            <isolyzer xmlns="http://kb.nl/ns/isolyzer/v1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://kb.nl/ns/isolyzer/v1/ https://raw.githubusercontent.com/KBNLresearch/isolyzer/main/xsd/isolyzer-v-1-0.xsd">
                <toolInfo>
                    <toolName>spindle</toolName>
                    <toolVersion>1.2</toolVersion>
                </toolInfo>
                <image>
                    <fileInfo>
                        <fileName>a&amp;b.iso</fileName>
                        <filePath>/images/a&amp;b.iso</filePath>
                        <fileSizeInBytes>3072</fileSizeInBytes>
                        <fileLastModified>Mon Nov  2 09:40:24 2026</fileLastModified>
                    </fileInfo>
                    <statusInfo>
                        <success>True</success>
                    </statusInfo>
                    <sectorOffset>0</sectorOffset>
                    <tests>
                        <containsKnownFileSystem>False</containsKnownFileSystem>
                        <sizeExpected>0</sizeExpected>
                        <sizeActual>3072</sizeActual>
                        <sizeDifference>3072</sizeDifference>
                        <sizeDifferenceSectors>1.5</sizeDifferenceSectors>
                        <sizeAsExpected>False</sizeAsExpected>
                        <smallerThanExpected>False</smallerThanExpected>
                    </tests>
                    <fileSystems/>
                </image>
            </isolyzer>

            """,
            text.ToString());
    }

    [Fact]
    public void Says_why_an_image_could_not_be_read()
    {
        using StringWriter text = new();
        IsolyzerImage image = CorpusTests.Report("x", []) with { Analysis = null, FailureMessage = "no such file" };

        IsolyzerXml.Write(text, "spindle", "1", [image, image]);

        Assert.Contains("<success>False</success>\n            <failureMessage>no such file</failureMessage>", text.ToString(), StringComparison.Ordinal);
    }
}
