// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>The record for preservation systems: PREMIS Data Dictionary 3.0, object, events and agents.</summary>
/// <remarks>
/// Facts of the carrier, such as its tracks, have no place here: PREMIS allows extensions on files only. Roles, types of events and of
/// agents are terms of the vocabularies that the Library of Congress keeps for PREMIS.
/// </remarks>
internal static class PremisText
{
    private const string Namespace = "http://www.loc.gov/premis/v3";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    private const string Schema = "https://www.loc.gov/standards/premis/v3/premis-v3-0.xsd";
    private static readonly string Program = $"{Tool.Name} {Tool.Version}";

    /// <param name="result">What was done.</param>
    /// <param name="isolyzer">The structural analysis in isolyzer's XML; null where there was none.</param>
    public static byte[] Of(ImagingResult result, string? isolyzer)
    {
        using MemoryStream stream = new();
        using (XmlWriter xml = XmlWriter.Create(stream, new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            xml.WriteStartElement("premis", "premis", Namespace);
            xml.WriteAttributeString("xmlns", "xsi", null, SchemaInstance);
            xml.WriteAttributeString("schemaLocation", SchemaInstance, $"{Namespace} {Schema}");
            xml.WriteAttributeString("version", "3.0");
            (Reading Reading, string Id)[] events = [.. result.Readings.Select(reading => (reading, Guid.NewGuid().ToString()))];
            (ImagingRunRecord Run, string Id)[] earlier = [.. result.Runs.SkipLast(1).Where(run => run.StartedAt is not null).Select(run => (run, Guid.NewGuid().ToString()))];
            WriteObject(xml, result, isolyzer, earlier.Select(one => one.Id).Concat(events.Select(one => one.Id)));
            foreach ((ImagingRunRecord run, string id) in earlier)
            {
                WriteEarlierRun(xml, result, run, id);
            }

            WriteCreation(xml, result, events[0].Id);
            foreach ((Reading reading, string id) in events.Skip(1))
            {
                WriteFixityCheck(xml, result, reading, id);
            }

            WriteAgents(xml, result);
            xml.WriteEndElement();
        }

        return [.. stream.ToArray(), (byte)'\n'];
    }

    private static void WriteObject(XmlWriter xml, ImagingResult result, string? isolyzer, IEnumerable<string> eventIds)
    {
        Start(xml, "object");
        xml.WriteAttributeString("type", SchemaInstance, "premis:file");
        Identifier(xml, "objectIdentifier", "UUID", result.Id.ToString());
        if (result.Request.Identifier is { Length: > 0 } identifier)
        {
            Identifier(xml, "objectIdentifier", "local", EntryText.Printable(identifier));
        }

        foreach ((string type, string? text) in new[] { ("title", result.Request.Title), ("note", result.Request.Note) })
        {
            if (text is { Length: > 0 })
            {
                Start(xml, "significantProperties");
                Element(xml, "significantPropertiesType", type);
                Element(xml, "significantPropertiesValue", EntryText.Printable(text));
                xml.WriteEndElement();
            }
        }

        Start(xml, "objectCharacteristics");
        Element(xml, "compositionLevel", "0");
        foreach ((HashKind kind, string hash) in result.Readings[0].Hashes)
        {
            Start(xml, "fixity");
            Element(xml, "messageDigestAlgorithm", kind.Title);
            Element(xml, "messageDigest", hash);
            Element(xml, "messageDigestOriginator", Program);
            xml.WriteEndElement();
        }

        Element(xml, "size", result.Source.Length.ToString(CultureInfo.InvariantCulture));
        Start(xml, "format");
        Start(xml, "formatDesignation");
        Element(xml, "formatName", "ISO_Image");
        xml.WriteEndElement();
        xml.WriteEndElement();
        Start(xml, "creatingApplication");
        Element(xml, "creatingApplicationName", Tool.Name);
        Element(xml, "creatingApplicationVersion", Tool.Version);
        Element(xml, "dateCreatedByApplication", Figures.Moment(result.StartedAt));
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
        foreach (string id in eventIds)
        {
            Identifier(xml, "linkingEventIdentifier", "UUID", id);
        }

        xml.WriteEndElement();
    }

    private static void WriteCreation(XmlWriter xml, ImagingResult result, string id)
    {
        StartEvent(xml, id, "creation", result.StartedAt);
        Detail(xml, $"image created from {result.Source.Path} with: {result.Request.CommandLine}");
        Outcome(xml, result.Outcome.ToString().ToLowerInvariant(), Encoding.UTF8.GetString(LogText.Of(result)));
        EndEvent(xml, result, result.Request.Operator, "outcome");
    }

    private static void WriteEarlierRun(XmlWriter xml, ImagingResult result, ImagingRunRecord run, string id)
    {
        StartEvent(xml, id, "creation", run.StartedAt!.Value);
        Detail(xml, $"image begun from {run.Source} with: {run.CommandLine}");
        Outcome(
            xml,
            run.Outcome is { } outcome ? ManifestText.StatusName(outcome) : "cut off",
            $"{(run.SectorsGot is { } got ? Figures.Count(got, "sector", "sectors") : "an unknown number of sectors")} of the image read in this run");
        EndEvent(xml, result, run.Operator, "outcome");
    }

    private static void WriteFixityCheck(XmlWriter xml, ImagingResult result, Reading reading, string id)
    {
        bool agrees = reading.Hashes.All(hash => result.Readings[0].Hashes.GetValueOrDefault(hash.Key) == hash.Value);
        bool isPastCache = reading.Bypass is not (null or CacheBypass.None);
        StartEvent(xml, id, "fixity check", reading.StartedAt);
        Detail(xml, reading.Subject == ReadingSubject.Image ? "the image was read again from its storage" : "the disc was read again");
        Outcome(
            xml,
            agrees ? "success" : "failed",
            $"{Figures.Count(reading.Bytes, "byte", "bytes")} read, and {(agrees ? "agree" : "do not agree")} with what was read first; "
                + (isPastCache ? "they did not come from the system's memory" : "it is not known that they did not come from the system's memory"));
        EndEvent(xml, result, result.Request.Operator, "source");
    }

    private static void StartEvent(XmlWriter xml, string id, string type, DateTimeOffset moment)
    {
        Start(xml, "event");
        Identifier(xml, "eventIdentifier", "UUID", id);
        Element(xml, "eventType", type);
        Element(xml, "eventDateTime", Figures.Moment(moment));
    }

    private static void Detail(XmlWriter xml, string text)
    {
        Start(xml, "eventDetailInformation");
        Element(xml, "eventDetail", text);
        xml.WriteEndElement();
    }

    private static void Outcome(XmlWriter xml, string outcome, string note)
    {
        Start(xml, "eventOutcomeInformation");
        Element(xml, "eventOutcome", outcome);
        Start(xml, "eventOutcomeDetail");
        Element(xml, "eventOutcomeDetailNote", note);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void EndEvent(XmlWriter xml, ImagingResult result, string? person, string objectRole)
    {
        Identifier(xml, "linkingAgentIdentifier", "local", Program, role: ("linkingAgentRole", "executing program"));
        if (person is { Length: > 0 })
        {
            Identifier(xml, "linkingAgentIdentifier", "local", person, role: ("linkingAgentRole", "implementer"));
        }

        Identifier(xml, "linkingObjectIdentifier", "UUID", result.Id.ToString(), role: ("linkingObjectRole", objectRole));
        xml.WriteEndElement();
    }

    private static void WriteAgents(XmlWriter xml, ImagingResult result)
    {
        Start(xml, "agent");
        Identifier(xml, "agentIdentifier", "local", Program);
        Element(xml, "agentName", Tool.Name);
        Element(xml, "agentType", "software");
        Element(xml, "agentVersion", Tool.Version);
        xml.WriteEndElement();
        foreach (string person in result.Runs.Select(run => run.Operator).Append(result.Request.Operator).OfType<string>().Where(name => name.Length > 0).Distinct())
        {
            Start(xml, "agent");
            Identifier(xml, "agentIdentifier", "local", person);
            Element(xml, "agentName", person);
            Element(xml, "agentType", "person");
            xml.WriteEndElement();
        }
    }

    private static void Identifier(XmlWriter xml, string name, string type, string value, (string Name, string Text)? role = null)
    {
        Start(xml, name);
        Element(xml, $"{name}Type", type);
        Element(xml, $"{name}Value", value);
        if (role is { } told)
        {
            Element(xml, told.Name, told.Text);
        }

        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name) => xml.WriteStartElement("premis", name, Namespace);

    // Control characters have no place in XML 1.0, and volume names may have them.
    private static void Element(XmlWriter xml, string name, string text) =>
        xml.WriteElementString("premis", name, Namespace, string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')));
}
