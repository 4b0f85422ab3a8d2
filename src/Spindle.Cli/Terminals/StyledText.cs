// SPDX-License-Identifier: MIT
using System.Globalization;
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
internal sealed class StyledText(IAnsiConsole console, LiveLines live)
{
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
    public void MarkupLineInterpolated(FormattableString line) => MarkupLine(string.Format(
        CultureInfo.InvariantCulture, line.Format, [.. line.GetArguments().Select(value => value is string text ? Markup.Escape(text) : value)]));
}
