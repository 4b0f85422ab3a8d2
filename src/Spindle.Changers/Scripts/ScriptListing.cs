// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Changers.Scripts;

/// <summary>What a script of the mtx-changer contract prints of what lies where (Bareos, mtx-changer: <c>listall</c>, <c>list</c>, <c>slots</c>, <c>loaded</c>).</summary>
/// <remarks>
/// <c>D:0:F:2:VOL2</c> drive 0 holds a disc from slot 2 · <c>D:1:E</c> · <c>S:1:F:VOL1</c> slot 1 · <c>S:2:E</c> · <c>I:10:F:VOL10</c> a mail slot, counted behind the slots · <c>I:11:E</c>.
/// A barcode may have colons in it.
/// </remarks>
internal static class ScriptListing
{
    /// <summary>Reads what <c>listall</c> prints. Lines that are none are passed over: scripts print notes, too.</summary>
    /// <returns>The elements, each once, with the numbers of the script: a mail slot is a place <see cref="PlaceKind.Mail"/> of that number.</returns>
    public static IReadOnlyList<RobotElement> ParseAll(string output)
    {
        Dictionary<RobotPlace, RobotElement> elements = [];
        foreach (string line in Lines(output))
        {
            string[] parts = line.Split(':', 5);
            if (parts.Length < 3 || Number(parts[1]) is not { } number || PlaceOf(parts[0], number) is not { } place || parts[2] is not ("F" or "E"))
            {
                continue;
            }

            bool isFull = parts[2] == "F";
            bool isDrive = place.Kind == PlaceKind.Drive;
            string? tag = !isFull ? null : isDrive ? parts.ElementAtOrDefault(4) : parts.Length > 3 ? string.Join(':', parts[3..]) : null;
            elements[place] = new(place, isFull ? PlaceContent.Full : PlaceContent.Empty)
            {
                Barcode = string.IsNullOrWhiteSpace(tag) ? null : tag.Trim(),
                Source = isFull && isDrive && Number(parts.ElementAtOrDefault(3)) is > 0 and { } slot ? RobotPlace.Slot(slot) : null,
            };
        }

        return [.. elements.Values];
    }

    /// <summary>Reads what <c>list</c> prints: <c>SLOT:BARCODE</c> for each slot that is full, then for each that a disc in a drive came from.</summary>
    /// <returns>The barcodes by slot.</returns>
    public static ILookup<int, string?> ParseFull(string output) => Lines(output).Select(line => line.Split(':', 2)).Where(parts => Number(parts[0]) is > 0)
        .ToLookup(parts => Number(parts[0])!.Value, parts => parts.ElementAtOrDefault(1)?.Trim() is { Length: > 0 } tag ? tag : null);

    /// <summary>Reads the one number that <c>slots</c> and <c>loaded</c> print; null where there is none.</summary>
    public static int? ParseNumber(string output) => Lines(output).Select(Number).FirstOrDefault(number => number is not null);

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? Number(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= RobotPlace.MostNumber ? number : null;

    private static RobotPlace? PlaceOf(string kind, int number) => kind switch
    {
        "D" => RobotPlace.Drive(number),
        "S" when number > 0 => RobotPlace.Slot(number),
        "I" when number > 0 => RobotPlace.Mail(number),
        _ => null,
    };
}
