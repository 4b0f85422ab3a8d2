// SPDX-License-Identifier: MIT
using Spindle.Station.Batches;

namespace Spindle.Cli.Texts;

/// <summary>What came of a batch.</summary>
internal sealed class BatchText : IText<BatchDocument>
{
    public void Write(BatchDocument document, TextLines lines)
    {
        foreach (BatchRow row in document.Rows)
        {
            string place = row.Slot is { } slot ? $"{slot}: " : "";
            if (row.Error is { } error)
            {
                lines.Bad($"[red]{place}{row.Name}: {error.What}[/]  [[{error.Code}]]");
            }
            else if (row.State == RowState.Done && !lines.IsQuiet)
            {
                lines.Line($"[green]{place}{row.Name}[/]{(row.Volume is { } volume ? $"  {volume}" : "")}{(row.SameAs is { } same ? $", the same disc as row {TextLines.Number(same)}" : "")}");
            }
            else if (row.State is not (RowState.Queued or RowState.Done or RowState.Rejected))
            {
                lines.Bad($"[yellow]{place}{row.Name} is in {row.Drive}, or on its way.[/]");
            }
        }

        if (!lines.IsQuiet)
        {
            BatchCounts counts = document.Counts;
            string left = counts.InDrives + counts.Waiting > 0 ? $", {TextLines.Number(counts.InDrives)} in drives, {TextLines.Number(counts.Waiting)} not begun" : "";
            lines.Value("Discs", $"{TextLines.Number(counts.Listed)}: {TextLines.Number(counts.Accepted)} accepted, {TextLines.Number(counts.Rejected)} rejected{left}");
            lines.Value("Manifest", TextLines.Place(document.Manifest));
            if (document.Robot.Kind == Spindle.Changers.RobotKind.Stacker)
            {
                lines.Line($"Count the piles: {TextLines.Number(counts.Accepted)} and {TextLines.Number(counts.Rejected)}. One disc more means that two came down at once, and one of them was not read.");
            }
        }

        lines.Failures(document.Concerns, isBad: true);
    }
}
