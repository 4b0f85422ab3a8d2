// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Changers;
using Spindle.Files;
using Spindle.Media;
using Spindle.Station.Imaging;

namespace Spindle.Station.Batches;

/// <summary>A disc of a batch, as people wrote it down.</summary>
/// <param name="Slot">Where it is; null for the next one of the stack.</param>
/// <param name="Name">What its image is called.</param>
/// <param name="Expect">The name that its volume must have; null where any will do.</param>
/// <param name="Notes">What is to be remembered of it.</param>
public sealed record FormRow(string? Slot, string Name, string? Expect, string? Notes);

/// <summary>The list of a batch's discs: CSV (RFC 4180) in UTF-8, with a line of headings: <c>name</c>, and where wanted <c>slot</c>, <c>expect</c>, <c>notes</c>.</summary>
internal static class BatchForm
{
    private const long LongestFile = 16 << 20; // bytes
    private const int MostRows = 100_000;
    private const int LongestCell = 1000; // characters

    private static readonly string[] Known = ["slot", "name", "expect", "notes"];

    /// <summary>Reads one. What is odd is refused before any disc is moved.</summary>
    /// <exception cref="OperationFailedException"><c>bad-form</c>: the message has the line.</exception>
    public static IReadOnlyList<FormRow> Read(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LongestFile })
            {
                throw Bad(path, $"it has more than {Figures.Size(LongestFile)}");
            }

            using StreamReader reader = new(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return Read(reader, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Bad(path, e is DecoderFallbackException ? "it is no UTF-8: save it as 'CSV UTF-8'" : e.Message);
        }
    }

    /// <summary>The rows that a text makes of slots that are full.</summary>
    /// <param name="names">The text; null where each image has its volume's name.</param>
    /// <param name="slots">The slots.</param>
    public static IReadOnlyList<FormRow> OfSlots(string? names, IEnumerable<RobotElement> slots)
    {
        FormRow[] rows = [.. slots.Select((slot, at) => new FormRow(slot.Place.ToString(), NameOf(names ?? "{slot}", slot, at + 1), null, null))];
        Require("--names", rows);
        return rows;
    }

    internal static IReadOnlyList<FormRow> Read(TextReader reader, string path)
    {
        List<string> cells = [];
        if (!CsvRecord.Read(reader, ',', cells))
        {
            throw Bad(path, "it is empty");
        }

        string[] headings = [.. cells.Select((cell, at) => (at == 0 ? cell.TrimStart('\uFEFF') : cell).Trim().ToLowerInvariant())];
        if (headings.FirstOrDefault(heading => !Known.Contains(heading)) is { } odd)
        {
            throw Bad(path, $"line 1: there is no column '{odd}'; known are {string.Join(", ", Known)}");
        }

        if (headings.Distinct().Count() < headings.Length || !headings.Contains("name"))
        {
            throw Bad(path, "line 1: each column stands there once, and 'name' must be one");
        }

        List<FormRow> rows = [];
        while (CsvRecord.Read(reader, ',', cells))
        {
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            string? Cell(string heading) => Array.IndexOf(headings, heading) is >= 0 and var at && cells.ElementAtOrDefault(at)?.Trim() is { Length: > 0 } text ? text : null;
            string where = string.Create(CultureInfo.InvariantCulture, $"disc {rows.Count + 1}");
            if (cells.Count > headings.Length || cells.Any(cell => cell.Length > LongestCell) || rows.Count == MostRows)
            {
                throw Bad(path, rows.Count == MostRows ? $"it has more than {MostRows} discs" : $"{where}: there are more cells than columns, or one of more than {LongestCell} characters");
            }

            string? slot = Cell("slot");
            RobotPlace place = default;
            if (headings.Contains("slot") && !(RobotPlace.TryParse(slot, out place) && place.Kind is PlaceKind.Slot or PlaceKind.Mail))
            {
                throw Bad(path, $"{where}: '{slot}' is no slot, such as 7 or mail1");
            }

            rows.Add(new(slot is null ? null : place.ToString(), Cell("name") ?? throw Bad(path, $"{where} has no name"), Cell("expect"), Cell("notes")));
        }

        Require(path, rows);
        return rows;
    }

    private static void Require(string path, IReadOnlyList<FormRow> rows)
    {
        if (rows.Count == 0)
        {
            throw Bad(path, "it names no disc");
        }

        foreach (FormRow row in rows)
        {
            try
            {
                _ = ImageName.Of(row.Name);
            }
            catch (OperationFailedException)
            {
                throw Bad(path, $"'{row.Name}' is no name of a file");
            }
        }

        if (rows.GroupBy(row => row.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { Key: { } twice })
        {
            throw Bad(path, $"two discs are called '{twice}': each image needs a name of its own");
        }

        if (rows.Where(row => row.Slot is not null).GroupBy(row => row.Slot).FirstOrDefault(group => group.Count() > 1) is { Key: { } slot })
        {
            throw Bad(path, $"slot {slot} is named twice");
        }
    }

    private static string NameOf(string names, RobotElement slot, int number) => names
        .Replace("{slot}", slot.Place.Number.ToString("D3", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{number}", number.ToString("D4", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{barcode}", slot.Barcode ?? $"slot{slot.Place}", StringComparison.Ordinal);

    private static OperationFailedException Bad(string path, string why) => new(new("bad-form", $"{path} is no list of discs: {why}", "docs/manual/robots.md says what one looks like; nothing was moved"));
}
