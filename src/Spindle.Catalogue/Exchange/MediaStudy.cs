// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spindle.Files;

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
        ("medium", row => row.Medium.TextIn("medium")),
        ("medium_id", row => row.Medium.TextIn("mediumId")),
        ("kind", row => row.Medium.TextIn("kind")),
        ("image_sectors", row => row.Burned.NumberIn("sectors")),
        ("burner_vendor", row => row.BurnedDisc.TextIn("vendor")),
        ("burner_model", row => row.BurnedDisc.TextIn("model")),
        ("burner_firmware", row => row.BurnedDisc.TextIn("firmware")),
        ("method", row => row.BurnedDisc.TextIn("method")),
        ("speed_asked", row => row.Burned.NumberIn("speed")),
        ("burning_seconds", row => row.BurnedDisc.In("seconds").NumberIn("burning")),
        ("lowest_buffer_percent", row => row.BurnedDisc.NumberIn("lowestBufferPercent")),
        ("retries", row => row.BurnedDisc.NumberIn("retries")),
        ("spare_before", row => row.BurnedDisc.NumberIn("spareFreeBefore")),
        ("spare_after", row => row.BurnedDisc.NumberIn("spareFreeAfter")),
        ("failed_sector", row => row.BurnedDisc.NumberIn("failedSector")),
        ("read_in", row => row.Drive),
        ("sectors_unreadable", row => Sum(row.ReadDisc, "unreadable") ?? row.Detail.NumberIn("sectorsMissing")),
        ("sectors_different", row => Sum(row.ReadDisc, "different") ?? row.Detail.NumberIn("checksumMismatches")),
        ("sectors_slow", row => Sum(row.ReadDisc, "slow")),
        ("parity_roots", row => row.Detail.NumberIn("roots")),
        ("parity_blocks", row => row.Detail.NumberIn("blocks")),
        ("parity_blocks_lost", row => row.Detail.NumberIn("blocksLost")),
        ("parity_worst_block", row => row.Detail.NumberIn("worstBlock")),
        ("parity_worst_margin", row => row.Detail.NumberIn("worstMargin")),
    ];

    /// <summary>Writes it, in the order of discs, copies and time.</summary>
    public static void Write(Stream stream, CatalogueDatabase database, CancellationToken cancellationToken)
    {
        using StreamWriter output = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        output.WriteLine(string.Join(',', Columns.Select(column => column.Name)));
        using IDisposable snapshot = database.Snapshot();
        using Statement rows = database.Prepare("""
            SELECT disc.uuid, copy.id, copy.name, copy.made, copy.detail, event.kind, event.at, event.verdict, event.drive, event.detail, 0 AS part, disc.number AS number, copy.id IS NULL AS none, copy.id AS copy, event.id AS id
            FROM event JOIN disc ON disc.number = event.disc LEFT JOIN copy ON copy.id = event.copy
            WHERE event.kind IN ('burned', 'verified', 'checked')
            UNION ALL
            SELECT parity_disc.uuid, -parity_copy.id, parity_copy.name, parity_copy.made, parity_copy.detail, parity_event.kind, parity_event.at, parity_event.verdict, parity_event.drive, parity_event.detail, 1, parity_disc.id, parity_copy.id IS NULL, parity_copy.id, parity_event.id
            FROM parity_event JOIN parity_disc ON parity_disc.id = parity_event.parity_disc LEFT JOIN parity_copy ON parity_copy.id = parity_event.parity_copy
            ORDER BY part, number, none, copy, 7, id
            """);
        long copy = 0;
        JsonElement burned = default;
        while (rows.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string kind = rows.Text(5)!;
            JsonElement detail = JsonDetail.Parse(rows.Text(9));
            long? ofCopy = rows.IsNull(1) ? null : rows.Number(1);
            if (kind == "burned" || ofCopy != copy)
            {
                (burned, copy) = (kind == "burned" ? detail : default, ofCopy ?? 0);
            }

            string at = rows.Text(6)!;
            Row row = new(rows.Text(0)!, rows.Text(2), kind, at, rows.Text(7), Days(rows.Text(3), at), MediumOf(JsonDetail.Parse(rows.Text(4)), burned), burned, burned.In("disc"), rows.Text(8), detail);
            output.WriteLine(string.Join(',', Columns.Select(column => CsvCell.Of(column.Value(row)))));
        }

        output.Flush();
    }

    /// <summary>Of a disc that became no copy, its own event knows what it was.</summary>
    private static JsonElement MediumOf(JsonElement ofCopy, JsonElement burned) => ofCopy.ValueKind == JsonValueKind.Object || burned.In("disc") is not { ValueKind: JsonValueKind.Object } disc
        ? ofCopy
        : JsonDocument.Parse(new System.Text.Json.Nodes.JsonObject { ["kind"] = disc.TextIn("kind"), ["mediumId"] = disc.TextIn("mediumId"), ["medium"] = burned.TextIn("medium") }.ToJsonString()).RootElement;

    private static string? Days(string? made, string at) =>
        DateTimeOffset.TryParse(made, CultureInfo.InvariantCulture, out DateTimeOffset begin) && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out DateTimeOffset end)
            ? Math.Max(0, (end - begin).TotalDays).ToString("F1", CultureInfo.InvariantCulture) : null;

    /// <summary>How many sectors are in a list of ranges; null where there is no list.</summary>
    private static string? Sum(JsonElement place, string key) => place.In(key) is { ValueKind: JsonValueKind.Array } ranges
        ? ranges.EnumerateArray().Sum(range => range.In("count") is { ValueKind: JsonValueKind.Number } count ? count.GetInt64() : 0).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>An event, with what is known of its copy.</summary>
    private sealed record Row(
        string Disc, string? Copy, string Kind, string At, string? Verdict, string? Age, JsonElement Medium, JsonElement Burned, JsonElement BurnedDisc, string? Drive, JsonElement Detail)
    {
        /// <summary>What was found as it was read; a later reading has its own detail.</summary>
        public JsonElement ReadDisc => Kind == "burned" && BurnedDisc.NumberIn("sectorsCompared") is { } compared && compared != "0" ? BurnedDisc : default;
    }
}
