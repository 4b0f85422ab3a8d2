// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Files;

/// <summary>Cells of tables that people open in a spreadsheet (CSV, RFC 4180 §2).</summary>
public static class CsvCell
{
    /// <summary>A text as a cell. Spreadsheets take what begins as a formula for one (OWASP, CSV injection): an apostrophe before it keeps it a text; a negative number is none.</summary>
    /// <param name="text">The text; null for an empty cell.</param>
    public static string Of(string? text)
    {
        string cell = text ?? "";
        bool isFormula = cell.Length > 0 && (cell[0] is '=' or '+' or '@' or '\t' or '\r' || (cell[0] == '-' && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)));
        string safe = isFormula ? $"'{cell}" : cell;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
