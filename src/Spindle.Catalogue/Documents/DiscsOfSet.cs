// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Spindle.Catalogue.Documents;

/// <summary>Which discs there are in the set that a disc belongs to, as the catalogue on the disc has them.</summary>
public static class DiscsOfSet
{
    // Scans, plans and discs stand before all files: some hundred bytes each.
    private const int MaximumLines = 1_000_000;

    /// <summary>Reads their numbers and names.</summary>
    /// <param name="disc">A disc that says which one it is.</param>
    /// <returns>None where the catalogue is not there, or damaged at its beginning.</returns>
    public static IReadOnlyDictionary<int, string> Read(ArchiveDisc disc)
    {
        SortedDictionary<int, string> discs = [];
        HashSet<int> withdrawn = [];
        using Stream document = disc.OpenDocument($"ARCHIVE/{disc.Identity.CatalogueFile}");
        using Stream text = disc.Identity.CatalogueFile.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(document, CompressionMode.Decompress) : document;
        DocumentLines lines = new(text);
        CatalogueRecord record = new();
        for (int count = 0; count < MaximumLines && lines.TryRead(out ReadOnlyMemory<byte> line); count++)
        {
            if (line.Length < 2 || line.Span[0] != '{' || !record.TryRead(line.Span[^1] == ',' ? line.Span[..^1] : line.Span))
            {
                continue;
            }

            if (record.HasPath || record.Size is not null)
            {
                break;
            }

            if (record is { Capacity: not null, Id: not null })
            {
                withdrawn = WithdrawnBefore(record.Detail);
            }

            if (record is { Number: >= 0 and <= int.MaxValue and { } number, Plan: not null })
            {
                discs.TryAdd((int)number, Encoding.UTF8.GetString(record.Label));
            }
        }

        return discs.Where(known => !withdrawn.Contains(known.Key)).ToDictionary();
    }

    /// <summary>Discs that were planned and never made, as the newest plan says.</summary>
    private static HashSet<int> WithdrawnBefore(ReadOnlySpan<byte> detail)
    {
        try
        {
            using JsonDocument plan = JsonDocument.Parse(detail.ToArray());
            return plan.RootElement.ValueKind == JsonValueKind.Object && plan.RootElement.TryGetProperty("withdrawn", out JsonElement numbers)
                ? DiscNumbers.Parse(numbers.GetString())
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return [];
        }
    }
}
