// SPDX-License-Identifier: MIT
using Spindle.Imaging.Merging;
using Spindle.Station.Merging;

namespace Spindle.Cli.Texts;

/// <summary>Copies that were merged.</summary>
internal sealed class MergeText : IText<MergeDocument>
{
    public void Write(MergeDocument document, TextLines lines)
    {
        if (!lines.IsQuiet)
        {
            foreach ((int number, MergeSource source) in document.Sources.Index())
            {
                long taken = document.Ranges.Where(range => range.Sources.Contains(number)).Sum(range => range.Count);
                long alone = document.Ranges.Where(range => range.Sources is [var only] && only == number).Sum(range => range.Count);
                lines.Value(source.Image, $"{TextLines.Count(taken, "sector", "sectors")}, {TextLines.Number(alone)} of them in no other copy");
            }

            foreach ((string kind, string hash) in document.Hashes)
            {
                lines.Value(kind.ToUpperInvariant(), hash);
            }

            lines.Line(document.Sectors.Missing == 0
                ? (FormattableString)$"[green]Every sector is there.[/]"
                : $"[yellow]{TextLines.Count(document.Sectors.Missing, "sector is", "sectors are")} missing; zeros stand for them.[/]");
            lines.Value("Image", document.Image);
        }

        lines.Failures(document.Concerns, isBad: true);
    }
}
