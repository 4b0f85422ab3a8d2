// SPDX-License-Identifier: MIT
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Spindle.Catalogue.Documents;

/// <summary>Which disc it is, by the catalogue that is on it: where <c>ARCHIVE/disc.json</c> is damaged, one sector would else take all of the disc away.</summary>
internal static partial class CatalogueIdentity
{
    private const int MaximumLines = 1_000_000; // scans, plans and discs stand before all files

    /// <summary>Looks for a disc in its own catalogue by the name of its volume.</summary>
    /// <returns>Null where there is no catalogue, or nothing of this disc can be read in it.</returns>
    public static DiscIdentity? Read(ArchiveDisc disc, string volume)
    {
        foreach (string file in (string[])["catalogue.json.gz", "catalogue.json"])
        {
            if (disc.HasDocument($"ARCHIVE/{file}") && Find(disc, file, volume) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static DiscIdentity? Find(ArchiveDisc disc, string file, string volume)
    {
        using Stream document = disc.OpenDocument($"ARCHIVE/{file}");
        using Stream text = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(document, CompressionMode.Decompress) : document;
        DocumentLines lines = new(text);
        CatalogueRecord record = new();
        Guid? archive = null;
        Dictionary<long, (DateTimeOffset Created, long Scan)> plans = [];
        (int Number, Guid Disc, long Plan)? found = null;
        for (int count = 0; count < MaximumLines && lines.TryRead(out ReadOnlyMemory<byte> line); count++)
        {
            if (line.Length < 200 && archive is null && Uuid().Match(Encoding.UTF8.GetString(line.Span)) is { Success: true } header)
            {
                archive = Guid.Parse(header.Groups[1].Value);
            }

            if (line.Length < 2 || line.Span[0] != '{' || !record.TryRead(line.Span[^1] == ',' ? line.Span[..^1] : line.Span))
            {
                continue;
            }

            if (record.HasPath || record.Size is not null)
            {
                break;
            }

            if (record is { Number: >= 0 and <= int.MaxValue and { } number, Plan: { } plan })
            {
                bool isIt = Encoding.UTF8.GetString(record.Label) == volume && Guid.TryParse(Encoding.UTF8.GetString(record.Uuid), out _);
                found = isIt ? ((int)number, Guid.Parse(Encoding.UTF8.GetString(record.Uuid)), plan) : found;
            }
            else if (record is { Id: { } id, Capacity: not null, Scan: { } scan }
                && DateTimeOffset.TryParse(Encoding.UTF8.GetString(record.Created), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created))
            {
                plans[id] = (created, scan);
            }
        }

        return archive is null || found is not { } it || !plans.TryGetValue(it.Plan, out (DateTimeOffset Created, long Scan) planned) ? null : new()
        {
            Archive = archive.Value,
            Disc = it.Disc,
            Number = it.Number,
            Label = volume,
            Planned = planned.Created,
            Scan = planned.Scan,
            CatalogueFile = file,
            CatalogueSha256 = ListSums.Read(disc).GetValueOrDefault($"ARCHIVE/{file}", ""),
        };
    }

    [GeneratedRegex("^\"uuid\": \"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\",?$")]
    private static partial Regex Uuid();
}
