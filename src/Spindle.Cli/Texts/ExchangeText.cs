// SPDX-License-Identifier: MIT
using Spindle.Station.Exchanging;

namespace Spindle.Cli.Texts;

/// <summary>A catalogue that was written down, or read.</summary>
internal sealed class ExchangeText : IText<ExportDocument>, IText<ImportDocument>
{
    public void Write(ExportDocument document, TextLines lines)
    {
        if (!lines.IsQuiet && document.IsTold)
        {
            lines.Value("Written", document.Written);
        }

        lines.Failures(document.Concerns, isBad: true);
    }

    public void Write(ImportDocument document, TextLines lines)
    {
        if (lines.IsQuiet)
        {
            return;
        }

        lines.Value("Read", $"{document.Read} ({document.Format})");
        lines.Value("Holds", $"{TextLines.Count(document.Entries, "name", "names")}, {TextLines.Count(document.Contents, "content", "contents")}, {TextLines.Count(document.Discs, "disc", "discs")}");
        if (document.NewEntries < document.Entries)
        {
            lines.Value("New here", TextLines.Count(document.NewEntries, "name", "names"));
        }

        lines.Value("Catalogue", document.Catalogue);
        if (document.DiscsToldOf > 0)
        {
            lines.Value("Not seen", $"{TextLines.Count(document.DiscsToldOf, "disc", "discs")} that the catalogue tells of; 'spindle discs' names them");
            lines.Line($"                Who has such a disc imports its catalogue, too, or notes the copy with 'spindle discs N --copy NAME'; 'spindle write' makes it again.");
        }
    }
}
