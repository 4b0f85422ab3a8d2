// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Running;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Records;

/// <summary>
/// Held against the PREMIS Data Dictionary 3.0: which units hold which, in what order and how often. SPINDLE_PREMIS_XSD names a copy of the
/// Library of Congress's schema, against which the same records are validated.
/// </summary>
public sealed class PremisTextTests : IDisposable
{
    private static readonly XNamespace Premis = "http://www.loc.gov/premis/v3";

    // Each unit's children as a pattern: "?" for at most one, "+" for at least one, "*" for any number. What is not here holds text.
    private static readonly Dictionary<string, string> Units = new()
    {
        ["premis"] = "object+ event* agent* rights*",
        ["object"] = "objectIdentifier+ preservationLevel* significantProperties* objectCharacteristics+ originalName? storage* "
            + "signatureInformation* relationship* linkingEventIdentifier* linkingRightsStatementIdentifier*",
        ["objectIdentifier"] = "objectIdentifierType objectIdentifierValue",
        ["objectCharacteristics"] = "compositionLevel? fixity* size? format+ creatingApplication* inhibitors* objectCharacteristicsExtension*",
        ["fixity"] = "messageDigestAlgorithm messageDigest messageDigestOriginator?",
        ["format"] = "formatDesignation formatRegistry? formatNote*",
        ["formatDesignation"] = "formatName formatVersion?",
        ["creatingApplication"] = "creatingApplicationName creatingApplicationVersion? dateCreatedByApplication? creatingApplicationExtension*",
        ["linkingEventIdentifier"] = "linkingEventIdentifierType linkingEventIdentifierValue",
        ["event"] = "eventIdentifier eventType eventDateTime eventDetailInformation* eventOutcomeInformation* linkingAgentIdentifier* linkingObjectIdentifier*",
        ["eventIdentifier"] = "eventIdentifierType eventIdentifierValue",
        ["eventDetailInformation"] = "eventDetail? eventDetailExtension*",
        ["eventOutcomeInformation"] = "eventOutcome eventOutcomeDetail*",
        ["eventOutcomeDetail"] = "eventOutcomeDetailNote eventOutcomeDetailExtension*",
        ["linkingAgentIdentifier"] = "linkingAgentIdentifierType linkingAgentIdentifierValue linkingAgentRole*",
        ["linkingObjectIdentifier"] = "linkingObjectIdentifierType linkingObjectIdentifierValue linkingObjectRole*",
        ["agent"] = "agentIdentifier+ agentName* agentType? agentVersion? agentNote* agentExtension* linkingEventIdentifier* "
            + "linkingRightsStatementIdentifier* linkingEnvironmentIdentifier*",
        ["agentIdentifier"] = "agentIdentifierType agentIdentifierValue",
    };

    // Values that are not free: of the schema, or of the vocabularies at id.loc.gov.
    private static readonly Dictionary<string, string[]> Terms = new()
    {
        ["messageDigestAlgorithm"] = ["MD5", "SHA-1", "SHA-256", "SHA-512", "CRC-32"],
        ["eventType"] = ["creation", "fixity check"],
        ["agentType"] = ["software", "person"],
        ["linkingAgentRole"] = ["executing program", "implementer"],
        ["linkingObjectRole"] = ["outcome", "source"],
        ["compositionLevel"] = ["0"],
    };

    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Cases => ["verified", "once", "damaged", "disc", "all-hashes", "no-structure", "strange-names"];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Has_every_unit_where_and_as_often_as_the_data_dictionary_says(string name)
    {
        XElement record = (await RecordAsync(name)).Root!;

        Assert.Equal((Premis + "premis", "3.0"), (record.Name, (string?)record.Attribute("version")));
        foreach (XElement unit in record.DescendantsAndSelf().Where(unit => unit.Name.Namespace == Premis))
        {
            string children = string.Concat(unit.Elements().Where(child => child.Name.Namespace == Premis).Select(child => child.Name.LocalName + " "));
            string pattern = Units.GetValueOrDefault(unit.Name.LocalName, "");
            Assert.Matches($"^{Regex.Replace(pattern, @"(\w+)([?+*]?) ?", "($1 )$2")}$", children);
            Assert.True(pattern.Length > 0 || unit.HasElements || unit.Value.Trim().Length > 0, $"{unit.Name.LocalName} is empty");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Uses_the_terms_of_the_vocabularies_and_links_that_lead_somewhere(string name)
    {
        XDocument record = await RecordAsync(name);

        foreach ((string unit, string[] terms) in Terms)
        {
            Assert.All(record.Descendants(Premis + unit), element => Assert.Contains(element.Value, terms));
        }

        Assert.All(
            record.Descendants(Premis + "eventDateTime").Concat(record.Descendants(Premis + "dateCreatedByApplication")),
            moment => DateTimeOffset.ParseExact(moment.Value, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        foreach (string kind in (string[])["Object", "Event", "Agent"])
        {
            string[] there = [.. Values(record, $"{kind.ToLowerInvariant()}IdentifierValue")];
            string[] linked = [.. Values(record, $"linking{kind}IdentifierValue")];
            Assert.Equal(there.Order(), linked.Distinct().Order());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Is_valid_against_the_schema_of_the_Library_of_Congress(string name)
    {
        string? schema = Environment.GetEnvironmentVariable("SPINDLE_PREMIS_XSD");
        Assert.SkipWhen(schema is null, "SPINDLE_PREMIS_XSD names no schema: it is premis-v3-0.xsd, from https://www.loc.gov/standards/premis/");
        XDocument record = await RecordAsync(name);
        XmlSchemaSet schemas = new();
        schemas.Add(Premis.NamespaceName, schema!);
        List<string> complaints = [];

        record.Validate(schemas, (_, complaint) => complaints.Add(complaint.Message));

        Assert.Empty(complaints);
    }

    [Fact]
    public async Task Tells_of_every_reading_as_an_event_with_its_outcome()
    {
        XDocument verified = await RecordAsync("verified");
        XDocument once = await RecordAsync("once");

        Assert.Equal(["creation", "fixity check"], Values(verified, "eventType"));
        Assert.Equal(["success", "success"], Values(verified, "eventOutcome"));
        Assert.Equal(["creation"], Values(once, "eventType"));
        Assert.Equal(["incomplete", "success"], Values(await RecordAsync("damaged"), "eventOutcome"));
        Assert.Equal(["Ada & <Bob>"], Values(await RecordAsync("strange-names"), "agentName").Skip(1));
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string> Values(XDocument record, string unit) => record.Descendants(Premis + unit).Select(element => element.Value);

    private async Task<XDocument> RecordAsync(string name)
    {
        SimulatedDisc disc = new(SimulatedDisc.Pattern(200 * 2048));
        ImagingRequest request = new() { Source = "/dev/simulated", Directory = _directory.Path, Name = name, Premis = true, CommandLine = "spindle image" };
        request = name switch
        {
            "once" => request with { Verify = VerifyMode.None },
            "disc" => request with { Verify = VerifyMode.Disc },
            "all-hashes" => request with { Hashes = HashKind.All },
            "no-structure" => request with { Structure = false },
            "strange-names" => request with { Operator = "Ada & <Bob>", CommandLine = "spindle \u0007 \"x\" <y> &" },
            _ => request,
        };
        if (name == "damaged")
        {
            disc.Bad(50, 3);
        }

        Imager imager = new(_ => new FakeSource(disc), new FaultyFiles(), TimeProvider.System);
        await imager.RunAsync(request, new Progress<WorkProgress>(), CancellationToken.None);
        using XmlReader reader = XmlReader.Create(Path.Combine(_directory.Path, name, $"{name}_premis.xml"));
        return XDocument.Load(reader);
    }
}
