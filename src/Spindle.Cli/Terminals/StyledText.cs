// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Spectre.Console;
using Spindle.Imaging.Contents;
using Spindle.Media;

namespace Spindle.Cli.Terminals;

/// <summary>Coloured lines for people.</summary>
/// <remarks>
/// Names come from discs, from strangers: here, and in no report, they lose what would move the cursor, change the colours or begin
/// another line. A line that can't be written is dropped: the results tell of it at the end, and no work stops for it.
/// </remarks>
/// <param name="console">Makes colours of markup.</param>
/// <param name="live">What is drawn in place stands above what is written here.</param>
internal sealed partial class StyledText(IAnsiConsole console, LiveLines live)
{
    private static readonly ConcurrentDictionary<string, string> Plain = new(StringComparer.Ordinal); // of formats, which are those of the code

    /// <summary>Writes a line of markup.</summary>
    public void MarkupLine(string markup)
    {
        live.End();
        try
        {
            // The console has a table of widths that ends before U+FFFF, which is no character, but may be in a name.
            console.MarkupLine(EntryText.Printable(markup).Replace('\uFFFF', '\uFFFD'));
        }
        catch (Exception e) when (e is IOException or OperationFailedException)
        {
            // Remembered by the stream.
        }
    }

    /// <summary>Writes a line of markup, in which values are what they are, and no markup.</summary>
    public void MarkupLineInterpolated(FormattableString line)
    {
        if (console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors)
        {
            MarkupLine(string.Format(
                CultureInfo.InvariantCulture, line.Format, [.. line.GetArguments().Select(value => value is string text ? Markup.Escape(text) : value)]));
            return;
        }

        // A million lines for a program or a file: without colours there is nothing to lay out.
        live.End();
        string format = Plain.GetOrAdd(line.Format, static format => Tag().Replace(format, match => match.Length == 2 ? match.Value[..1] : ""));
        try
        {
            console.Profile.Out.Writer.WriteLine(EntryText.Printable(string.Format(CultureInfo.InvariantCulture, format, line.GetArguments())).Replace('\uFFFF', '\uFFFD'));
        }
        catch (Exception e) when (e is IOException or OperationFailedException)
        {
            // Remembered by the stream.
        }
    }

    [GeneratedRegex(@"\[\[|\]\]|\[[^\]]*\]")]
    private static partial Regex Tag();
}
