// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>The record for preservation systems: PREMIS Data Dictionary 3.0, object, event and agent.</summary>
/// <remarks>Facts of the carrier, such as its tracks, have no place here: PREMIS allows extensions on files only.</remarks>
internal static class PremisText
{
    private const string Namespace = "http://www.loc.gov/premis/v3";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <param name="result">What was done.</param>
    /// <param name="isolyzer">The structural analysis in isolyzer's XML; null where there was none.</param>
    public static byte[] Of(ImagingResult result, string? isolyzer)
    {
        using MemoryStream stream = new();
        using (XmlWriter xml = XmlWriter.Create(stream, new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            xml.WriteStartElement("premis", "premis", Namespace);
            xml.WriteAttributeString("xmlns", "xsi", null, SchemaInstance);
            xml.WriteAttributeString("version", "3.0");
            string eventId = Guid.NewGuid().ToString();
            WriteObject(xml, result, isolyzer, eventId);
            WriteEvent(xml, result, eventId);
            WriteAgent(xml);
            xml.WriteEndElement();
        }

        return [.. stream.ToArray(), (byte)'\n'];
    }

    private static void WriteObject(XmlWriter xml, ImagingResult result, string? isolyzer, string eventId)
    {
        Start(xml, "object");
        xml.WriteAttributeString("type", SchemaInstance, "premis:file");
        Identifier(xml, "objectIdentifier", "UUID", result.Id.ToString());
        Start(xml, "objectCharacteristics");
        Element(xml, "compositionLevel", "0");
        foreach ((HashKind kind, string hash) in result.Readings[0].Hashes)
        {
            Start(xml, "fixity");
            Element(xml, "messageDigestAlgorithm", kind.Title());
            Element(xml, "messageDigest", hash);
            Element(xml, "messageDigestOriginator", $"{Tool.Name} {Tool.Version}");
            xml.WriteEndElement();
        }

        Element(xml, "size", result.Source.Length.ToString(CultureInfo.InvariantCulture));
        Start(xml, "format");
        Start(xml, "formatDesignation");
        Element(xml, "formatName", "ISO_Image");
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (isolyzer is not null)
        {
            Start(xml, "objectCharacteristicsExtension");
            using XmlReader reader = XmlReader.Create(new StringReader(isolyzer));
            reader.MoveToContent();
            xml.WriteNode(reader, defattr: false);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        Element(xml, "originalName", Path.GetFileName(result.ImagePath)!);
        Identifier(xml, "linkingEventIdentifier", "UUID", eventId);
        xml.WriteEndElement();
    }

    private static void WriteEvent(XmlWriter xml, ImagingResult result, string eventId)
    {
        Start(xml, "event");
        Identifier(xml, "eventIdentifier", "UUID", eventId);
        Element(xml, "eventType", "creation");
        Element(xml, "eventDateTime", Figures.Moment(result.StartedAt));
        Start(xml, "eventDetailInformation");
        Element(xml, "eventDetail", $"image created from {result.Source.Path} with: {result.Request.CommandLine}");
        xml.WriteEndElement();
        Start(xml, "eventOutcomeInformation");
        Element(xml, "eventOutcome", result.Outcome.ToString().ToLowerInvariant());
        Start(xml, "eventOutcomeDetail");
        Element(xml, "eventOutcomeDetailNote", Encoding.UTF8.GetString(LogText.Of(result)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        Identifier(xml, "linkingAgentIdentifier", "local", $"{Tool.Name} {Tool.Version}");
        Identifier(xml, "linkingObjectIdentifier", "UUID", result.Id.ToString());
        xml.WriteEndElement();
    }

    private static void WriteAgent(XmlWriter xml)
    {
        Start(xml, "agent");
        Identifier(xml, "agentIdentifier", "local", $"{Tool.Name} {Tool.Version}");
        Element(xml, "agentName", Tool.Name);
        Element(xml, "agentType", "software");
        Element(xml, "agentVersion", Tool.Version);
        xml.WriteEndElement();
    }

    private static void Identifier(XmlWriter xml, string name, string type, string value)
    {
        Start(xml, name);
        Element(xml, $"{name}Type", type);
        Element(xml, $"{name}Value", value);
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name) => xml.WriteStartElement("premis", name, Namespace);

    // Control characters have no place in XML 1.0, and volume names may have them.
    private static void Element(XmlWriter xml, string name, string text) =>
        xml.WriteElementString("premis", name, Namespace, string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')));
}
