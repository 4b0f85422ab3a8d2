// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Labels;

namespace Spindle.Cli.Texts;

/// <summary>Which labels were drawn, and where they are.</summary>
internal sealed class LabelText : IText<LabelDocument>
{
    public void Write(LabelDocument document, TextLines lines)
    {
        if (document.Template is { } template)
        {
            lines.Line($"[green]{template}[/] is the template: change it, and name it with --template.");
            return;
        }

        foreach (string concern in document.Concerns)
        {
            lines.Bad($"{concern}");
        }

        if (document.Pages > 0)
        {
            lines.Line($"{Figures.Count(document.Labels.Count, "label", "labels")} on {Figures.Count(document.Pages, "sheet", "sheets")}: {document.Labels[0].File}");
            return;
        }

        foreach (LabelPart label in document.Labels)
        {
            lines.Line($"disc {label.Disc}, {label.Label}{(label.Copy is { } copy ? $", copy {copy}" : "")}: {label.File}");
        }
    }
}
