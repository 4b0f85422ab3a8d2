// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spindle.Catalogue;
using Spindle.Catalogue.Documents;
using Spindle.Catalogue.Sets;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What parity discs of an archive tell of it: which discs the set is of, and the whole catalogue, as the discs have it.</summary>
internal sealed class ArchiveSet
{
    private const string Archive = "ARCHIVE";
    private const string SumsName = $"{Archive}/SHA256SUMS";

    private readonly SetRecord _set;
    private readonly Dictionary<int, DiscRecord> _discs;
    private readonly CatalogueCopy _catalogue;
    private readonly IDocumentStore _store;

    /// <param name="database">The catalogue.</param>
    /// <param name="set">The set, all of whose discs are in.</param>
    /// <param name="store">Keeps the documents until the images are written.</param>
    public ArchiveSet(CatalogueDatabase database, SetRecord set, IDocumentStore store)
    {
        _set = set;
        _store = store;
        Facts = DiscFacts.Of(database, set.Plan.FirstDisc)!; // a set has discs
        _discs = new DiscStore(database).All().ToDictionary(disc => disc.Number);
        _catalogue = CatalogueCopy.Make(database, Facts, store);
    }

    /// <summary>What its first disc tells of the plan.</summary>
    public DiscFacts Facts { get; }

    /// <summary>Name of a parity disc's volume.</summary>
    public string LabelOf(SetParity parity) => _set.Parity[parity.Row - 1].Label;

    /// <summary>The documents of a parity disc, but those of every set's; the list of sums last.</summary>
    /// <param name="table">The set.</param>
    /// <param name="parity">The parity disc.</param>
    /// <param name="others">All other files of the disc, by their names on it.</param>
    public IReadOnlyList<KeptDocument> Documents(SetTable table, SetParity parity, IEnumerable<(string Name, string Path)> others)
    {
        List<KeptDocument> documents =
        [
            Keep(SetTexts.ReadmeName, SetTexts.Readme(table, Head(parity))),
            Keep($"{SetNames.Folder}/set.json", Json(json => WriteSet(json, table))),
            Keep($"{Archive}/disc.json", Json(json => WriteDisc(json, parity))),
            new($"{Archive}/{_catalogue.Name}", _catalogue.Length, _catalogue.Sha256, _catalogue.Path),
            Keep($"{Archive}/format.txt", PlainWords.Format),
        ];
        SortedDictionary<string, string> sums = new(StringComparer.Ordinal);
        foreach (KeptDocument document in documents)
        {
            sums.Add(document.Name, Convert.ToHexStringLower(document.Sha256));
        }

        foreach ((string name, string path) in others.Where(file => documents.TrueForAll(document => document.Name != file.Name)))
        {
            sums.Add(name, Path.GetFileName(name) == parity.Name ? parity.Sha256 : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        }

        documents.Add(Keep(SumsName, Encoding.UTF8.GetBytes(string.Concat(sums.Select(sum => $"{sum.Value}  {sum.Key}\n")))));
        return documents;
    }

    private string Head(SetParity parity)
    {
        PlannedSet set = _set.Plan;
        string discs = set.FirstDisc == set.LastDisc ? $"disc {set.FirstDisc}" : $"discs {set.FirstDisc} to {set.LastDisc}";
        string missing = string.Concat(Enumerable.Range(set.FirstDisc, set.LastDisc - set.FirstDisc + 1).Except(_set.Members.Select(member => member.Disc)).Select(disc => $"\nDisc {disc} was never made."));
        return $"""
            THIS DISC HOLDS NO FILES. It is parity disc {parity.Row} of {set.Rows} of set {set.Number} of the
            archive {Facts.Detail.Job}: {discs}, and the parity discs
            {_set.Parity[0].Label}{(set.Rows == 1 ? "" : $" to P{set.Rows}")}.{missing}

            All that is named below is in the folder PARITY. ARCHIVE has a list of all
            files of the archive, as of {Facts.Planned:yyyy-MM-dd}.
            """;
    }

    private void WriteSet(Utf8JsonWriter json, SetTable table)
    {
        json.WriteString("schema"u8, "spindle/set/1");
        WriteArchive(json);
        json.WriteString("set"u8, table.Uuid);
        json.WriteString("form"u8, table.Form == SetForm.Par1 ? "par1" : "cauchy");
        json.WriteNumber("length"u8, table.Length);
        if (Facts.Detail.ParityPercent is { } percent)
        {
            json.WriteNumber("parityPercent"u8, percent);
        }

        json.WriteStartArray("discs"u8);
        foreach ((SetDisc disc, SetMemberRecord member) in table.Discs.Zip(_set.Members))
        {
            json.WriteStartObject();
            json.WriteNumber("number"u8, member.Disc);
            json.WriteString("uuid"u8, _discs[member.Disc].Uuid);
            json.WriteString("image"u8, disc.Name);
            json.WriteNumber("length"u8, disc.Length);
            json.WriteString("sha256"u8, disc.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("parity"u8);
        foreach ((SetParity parity, ParityDiscRecord disc) in table.Parity.Zip(_set.Parity))
        {
            json.WriteStartObject();
            json.WriteNumber("row"u8, parity.Row);
            json.WriteString("uuid"u8, disc.Uuid);
            json.WriteString("label"u8, disc.Label);
            json.WriteString("file"u8, parity.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteDisc(Utf8JsonWriter json, SetParity parity)
    {
        json.WriteString("schema"u8, "spindle/parity-disc/1");
        WriteArchive(json);
        json.WriteString("disc"u8, _set.Parity[parity.Row - 1].Uuid);
        json.WriteNumber("row"u8, parity.Row);
        json.WriteString("label"u8, LabelOf(parity));
        json.WriteStartObject("catalogue"u8);
        json.WriteString("file"u8, _catalogue.Name);
        json.WriteNumber("bytes"u8, _catalogue.Length);
        json.WriteString("sha256"u8, Convert.ToHexStringLower(_catalogue.Sha256));
        json.WriteEndObject();
        json.WriteString("tool"u8, Facts.Detail.Tool);
    }

    private void WriteArchive(Utf8JsonWriter json)
    {
        json.WriteString("archive"u8, Facts.Archive);
        json.WriteString("job"u8, Facts.Detail.Job);
        json.WriteString("client"u8, Facts.Detail.Client);
        json.WriteStartObject("plan"u8);
        json.WriteString("uuid"u8, Facts.PlanUuid);
        json.WriteString("created"u8, Facts.Planned);
        json.WriteNumber("scan"u8, Facts.Scan);
        json.WriteEndObject();
        json.WriteString("planned"u8, _set.Plan.Uuid);
        json.WriteNumber("number"u8, _set.Plan.Number);
        json.WriteNumber("firstDisc"u8, _set.Plan.FirstDisc);
        json.WriteNumber("lastDisc"u8, _set.Plan.LastDisc);
        json.WriteNumber("parityDiscs"u8, _set.Plan.Rows);
    }

    private KeptDocument Keep(string name, byte[] bytes) => _store.Keep(name, output => output.Write(bytes));

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream output = new();
        using (Utf8JsonWriter json = new(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }
}
