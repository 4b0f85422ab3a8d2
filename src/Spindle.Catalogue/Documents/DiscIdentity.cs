// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text.Json;

namespace Spindle.Catalogue.Documents;

/// <summary>Which disc of which archive it is: what <c>ARCHIVE/disc.json</c> says.</summary>
public sealed record DiscIdentity
{
    /// <summary>The archive.</summary>
    public required Guid Archive { get; init; }

    /// <summary>The disc; all its copies have the same.</summary>
    public required Guid Disc { get; init; }

    /// <summary>From 0, through all plans of the archive.</summary>
    public required int Number { get; init; }

    /// <summary>Name of its volume.</summary>
    public required string Label { get; init; }

    /// <summary>When it was planned: the disc with the latest knows most of the archive.</summary>
    public required DateTimeOffset Planned { get; init; }

    /// <summary>The newest scan that it knows of.</summary>
    public long Scan { get; init; }

    /// <summary>The file with the whole archive, in ARCHIVE.</summary>
    public required string CatalogueFile { get; init; }

    /// <summary>Its SHA-256, in lower-case hexadecimal digits.</summary>
    public required string CatalogueSha256 { get; init; }

    /// <summary>Whether check data follow the image.</summary>
    public bool HasParity { get; init; }

    /// <summary>Whether odarchive made it: its lists are others, and lie elsewhere.</summary>
    public bool IsOdarchive { get; init; }

    /// <summary>Finds out which disc it is.</summary>
    /// <param name="disc">A disc, or what may be one.</param>
    /// <param name="volume">Name of its volume, for discs of ours that are too damaged to tell.</param>
    /// <returns>Null where it is no disc of an archive.</returns>
    public static DiscIdentity? Of(ArchiveDisc disc, string volume)
    {
        if (disc.ReadShort("ARCHIVE/disc.json") is not { } description)
        {
            return OdarchiveDisc.Identify(disc) ?? CatalogueIdentity.Read(disc, volume);
        }

        if (IsParityDisc(description))
        {
            return null; // it has no files
        }

        DiscIdentity? told = Parse(description);
        bool isProven = ListSums.Read(disc).GetValueOrDefault("ARCHIVE/disc.json") is not { } sum || sum == Convert.ToHexStringLower(SHA256.HashData(description));
        return told is not null && isProven ? told : CatalogueIdentity.Read(disc, volume) ?? told ?? OfUnknown(volume);
    }

    /// <summary>What is known of a disc that does not say who it is.</summary>
    /// <param name="label">Name of its volume.</param>
    public static DiscIdentity OfUnknown(string label) => new()
    {
        Archive = Guid.Empty,
        Disc = Guid.Empty,
        Number = -1,
        Label = label,
        Planned = DateTimeOffset.MinValue,
        CatalogueFile = "catalogue.json",
        CatalogueSha256 = "",
    };

    /// <summary>Whether the disc says which one it is.</summary>
    public bool IsKnown => Number >= 0;

    private static bool IsParityDisc(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out JsonElement schema) && schema.ValueEquals("spindle/parity-disc/1");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Reads the document.</summary>
    /// <returns>Null where it is damaged, or something else.</returns>
    public static DiscIdentity? Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement disc = document.RootElement;
            JsonElement catalogue = disc.GetProperty("catalogue");
            return disc.GetProperty("schema").GetString() != "spindle/disc/1" ? null : new()
            {
                Archive = disc.GetProperty("archive").GetGuid(),
                Disc = disc.GetProperty("disc").GetGuid(),
                Number = disc.GetProperty("number").GetInt32(),
                Label = disc.GetProperty("label").GetString() ?? "",
                Planned = disc.GetProperty("plan").GetProperty("created").GetDateTimeOffset(),
                Scan = disc.GetProperty("plan").GetProperty("scan").GetInt64(),
                CatalogueFile = catalogue.GetProperty("file").GetString() is "catalogue.json.gz" ? "catalogue.json.gz" : "catalogue.json",
                CatalogueSha256 = catalogue.GetProperty("sha256").GetString() ?? "",
                HasParity = disc.TryGetProperty("parity", out _),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
