// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Spindle.Imaging.AccessCopies;

/// <summary>What is told of a film in a copy of it: its name and its chapters, as ffmpeg reads them (ffmpeg-formats, Metadata 2).</summary>
internal static class FilmText
{
    /// <summary>Writes them.</summary>
    /// <param name="title">The film's name; empty for none.</param>
    /// <param name="chapters">Where chapters begin, in order.</param>
    /// <param name="end">Where the last one ends.</param>
    public static string Of(string title, IReadOnlyList<TimeSpan> chapters, TimeSpan? end)
    {
        StringBuilder text = new(";FFMETADATA1\n");
        _ = title.Length > 0 ? text.Append("title=").Append(Escaped(title)).Append('\n') : text;
        for (int number = 0; number < chapters.Count; number++)
        {
            TimeSpan until = number + 1 < chapters.Count ? chapters[number + 1] : end ?? chapters[number];
            text.Append(CultureInfo.InvariantCulture, $"[CHAPTER]\nTIMEBASE=1/1000\nSTART={(long)chapters[number].TotalMilliseconds}\nEND={(long)Math.Max(chapters[number].TotalMilliseconds + 1, until.TotalMilliseconds)}\ntitle=Chapter {number + 1}\n");
        }

        return text.ToString();
    }

    private static string Escaped(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Select(c => c is '=' or ';' or '#' or '\\' ? $"\\{c}" : c.ToString()));
}
