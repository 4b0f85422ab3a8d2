// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Spindle.Catalogue.Exchange;

/// <summary>What became of discs over the years, for those who compare media: a line for each time that a disc was burned, read or checked (CSV, RFC 4180, UTF-8). No names of
/// files, labels or places are in it: it can be given away.</summary>
internal sealed class MediaStudy
{
    // Each column, and where its value stands: of the event (burned, verified, checked), or of how the copy was burned.
    private static readonly (string Name, Func<Row, string?> Value)[] Columns =
    [
        ("disc", row => row.Disc),
        ("copy", row => row.Copy),
        ("event", row => row.Kind),
        ("at", row => row.At),
        ("verdict", row => row.Verdict),
        ("age_days", row => row.Age),
        ("medium", row => Text(row.Medium, "medium")),
        ("medium_id", row => Text(row.Medium, "mediumId")),
        ("kind", row => Text(row.Medium, "kind")),
        ("image_sectors", row => Number(row.Burned, "sectors")),
        ("burner_vendor", row => Text(row.BurnedDisc, "vendor")),
        ("burner_model", row => Text(row.BurnedDisc, "model")),
        ("burner_firmware", row => Text(row.BurnedDisc, "firmware")),
        ("method", row => Text(row.BurnedDisc, "method")),
        ("speed_asked", row => Number(row.Burned, "speed")),
        ("burning_seconds", row => Number(Inner(row.BurnedDisc, "seconds"), "burning")),
        ("lowest_buffer_percent", row => Number(row.BurnedDisc, "lowestBufferPercent")),
        ("retries", row => Number(row.BurnedDisc, "retries")),
        ("spare_before", row => Number(row.BurnedDisc, "spareFreeBefore")),
        ("spare_after", row => Number(row.BurnedDisc, "spareFreeAfter")),
        ("failed_sector", row => Number(row.BurnedDisc, "failedSector")),
        ("read_in", row => row.Drive),
        ("sectors_unreadable", row => Sum(row.ReadDisc, "unreadable") ?? Number(row.Detail, "sectorsMissing")),
        ("sectors_different", row => Sum(row.ReadDisc, "different") ?? Number(row.Detail, "checksumMismatches")),
        ("sectors_slow", row => Sum(row.ReadDisc, "slow")),
        ("parity_roots", row => Number(row.Detail, "roots")),
        ("parity_blocks", row => Number(row.Detail, "blocks")),
        ("parity_blocks_lost", row => Number(row.Detail, "blocksLost")),
        ("parity_worst_block", row => Number(row.Detail, "worstBlock")),
        ("parity_worst_margin", row => Number(row.Detail, "worstMargin")),
    ];

    /// <summary>Writes it, in the order of discs, copies and time.</summary>
    public static void Write(Stream stream, CatalogueDatabase database, CancellationToken cancellationToken)
    {
        using StreamWriter output = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        output.WriteLine(string.Join(',', Columns.Select(column => column.Name)));
        using IDisposable snapshot = database.Snapshot();
        using Statement rows = database.Prepare("""
            SELECT disc.uuid, copy.id, copy.name, copy.made, copy.detail, event.kind, event.at, event.verdict, event.drive, event.detail
            FROM event JOIN disc ON disc.number = event.disc LEFT JOIN copy ON copy.id = event.copy
            WHERE event.kind IN ('burned', 'verified', 'checked') ORDER BY disc.number, copy.id IS NULL, copy.id, event.at, event.id
            """);
        long copy = 0;
        JsonElement burned = default;
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string kind = rows.Text(5)!;
            JsonElement detail = Parse(rows.Text(9));
            long? ofCopy = rows.IsNull(1) ? null : rows.Number(1);
            if (kind == "burned" || ofCopy != copy)
            {
                (burned, copy) = (kind == "burned" ? detail : default, ofCopy ?? 0);
            }

            string at = rows.Text(6)!;
            Row row = new(rows.Text(0)!, rows.Text(2), kind, at, rows.Text(7), Days(rows.Text(3), at), MediumOf(Parse(rows.Text(4)), burned), burned, Inner(burned, "disc"), rows.Text(8), detail);
            output.WriteLine(string.Join(',', Columns.Select(column => Cell(column.Value(row)))));
        }

        output.Flush();
    }

    /// <summary>Of a disc that became no copy, its own event knows what it was.</summary>
    private static JsonElement MediumOf(JsonElement ofCopy, JsonElement burned) => ofCopy.ValueKind == JsonValueKind.Object || Inner(burned, "disc") is not { ValueKind: JsonValueKind.Object } disc
        ? ofCopy
        : JsonDocument.Parse(new System.Text.Json.Nodes.JsonObject { ["kind"] = Text(disc, "kind"), ["mediumId"] = Text(disc, "mediumId"), ["medium"] = Text(burned, "medium") }.ToJsonString()).RootElement;

    private static string? Days(string? made, string at) =>
        DateTimeOffset.TryParse(made, CultureInfo.InvariantCulture, out DateTimeOffset begin) && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out DateTimeOffset end)
            ? Math.Max(0, (end - begin).TotalDays).ToString("F1", CultureInfo.InvariantCulture) : null;

    private static JsonElement Parse(string? json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? "null");
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default; // another program wrote it: what it says is not known
        }
    }

    private static JsonElement Inner(JsonElement place, string key) => place.ValueKind == JsonValueKind.Object && place.TryGetProperty(key, out JsonElement inner) ? inner : default;

    private static string? Text(JsonElement place, string key) => Inner(place, key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static string? Number(JsonElement place, string key) => Inner(place, key) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;

    /// <summary>How many sectors are in a list of ranges; null where there is no list.</summary>
    private static string? Sum(JsonElement place, string key) => Inner(place, key) is { ValueKind: JsonValueKind.Array } ranges
        ? ranges.EnumerateArray().Sum(range => Inner(range, "count") is { ValueKind: JsonValueKind.Number } count ? count.GetInt64() : 0).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Spreadsheets take what begins so for a formula (OWASP, CSV injection): an apostrophe before it keeps it a text.</summary>
    private static string Cell(string? value)
    {
        string text = value ?? "";
        text = text.Length > 0 && text[0] is '=' or '+' or '@' or '\t' or '\r' || (text.StartsWith('-') && !double.TryParse(text, CultureInfo.InvariantCulture, out _)) ? $"'{text}" : text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    /// <summary>An event, with what is known of its copy.</summary>
    private sealed record Row(
        string Disc, string? Copy, string Kind, string At, string? Verdict, string? Age, JsonElement Medium, JsonElement Burned, JsonElement BurnedDisc, string? Drive, JsonElement Detail)
    {
        /// <summary>What was found as it was read; a later reading has its own detail.</summary>
        public JsonElement ReadDisc => Kind == "burned" && Number(BurnedDisc, "sectorsCompared") is { } compared && compared != "0" ? BurnedDisc : default;
    }
}
