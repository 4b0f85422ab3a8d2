// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Mounting;

namespace Spindle.Cli.Texts;

/// <summary>A drive that was.</summary>
internal sealed class MountText : IText<MountDocument>
{
    public void Write(MountDocument document, TextLines lines)
    {
        if (document.Problem is { } problem)
        {
            lines.Failures([problem], isBad: true);
        }

        if (lines.IsQuiet)
        {
            return;
        }

        lines.Line($"{document.Directory} is not a drive any more.");
        lines.Value("Opened", $"{TextLines.Count(document.FilesOpened, "file", "files")}, {Figures.Size(document.Bytes)} read");
        if (document.Refused > 0)
        {
            lines.Value("Not at hand", $"{TextLines.Count(document.Refused, "request", "requests")} failed: the disc was not there, or did not give it");
        }
    }
}
