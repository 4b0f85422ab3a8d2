// SPDX-License-Identifier: MIT
using Spindle.Imaging.Records;
using Spindle.Station.Inspecting;

namespace Spindle.Cli.Texts;

/// <summary>What unreadable sectors mean for the files.</summary>
internal sealed class DamageText : IText<DamageDocument>
{
    private const int RangesShown = 5;

    public void Write(DamageDocument document, TextLines lines) => Write(document.Damage, lines, int.MaxValue);

    /// <param name="damage">What was found.</param>
    /// <param name="lines">Where to.</param>
    /// <param name="most">How many of a kind are named.</param>
    internal static void Write(DamageRecord damage, TextLines lines, int most)
    {
        foreach (DamagedStructurePart structure in damage.Structures.Take(most))
        {
            lines.Line($"[red]{structure.Name}[/]  {TextLines.Bytes(structure.Length)} from sector {structure.Lba}");
        }

        foreach (DamagedEntryPart entry in damage.Entries.Take(most))
        {
            string ranges = string.Join(", ", entry.Lost.Take(RangesShown).Select(range => $"{range.Offset}-{range.Offset + range.Length - 1}"));
            string more = entry.Lost.Count > RangesShown ? $" and {TextLines.Count(entry.Lost.Count - RangesShown, "more range", "more ranges")}" : "";
            string what = entry.BytesLost > 0 ? $"{TextLines.Number(entry.BytesLost)} of {TextLines.Bytes(entry.Size)} lost: {ranges}{more}" : "what describes it is lost";
            lines.Line($"[red]{entry.Path}[/]  {what}");
        }

        int left = damage.Structures.Count + damage.Entries.Count - Math.Min(damage.Structures.Count, most) - Math.Min(damage.Entries.Count, most);
        string rest = left > 0 ? $", {TextLines.Number(left)} of them not shown here" : "";
        lines.Line($"[cyan]{TextLines.Number(damage.Entries.Count)} of {TextLines.Count(damage.EntriesSeen, "file or directory", "files and directories")} hit{rest}; {TextLines.Bytes(damage.BytesUnread)} of the disc not read.[/]");
        if (damage.Unknown is { } unknown)
        {
            lines.Failure(new("names-missing", $"more may be hit than is named: {unknown}", "another copy of the disc may have what is missing: 'spindle merge'"), isBad: false);
        }
    }
}
