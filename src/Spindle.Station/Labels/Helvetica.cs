// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Station.Labels;

/// <summary>How wide letters are, in the font that each reader of PDF has (ISO 32000-1 §9.6.2.2), and that browsers take Arial or another one of its widths for.</summary>
internal static class Helvetica
{
    private const int First = 0x20, Other = 556, Units = 1000; // widths are in thousandths of the size

    // Of U+0020 to U+007E, as Adobe's font metrics (AFM) have them.
    private static readonly short[] Regular =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private static readonly short[] Bold =
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ];

    /// <summary>The width of a text, in the unit of its size. Letters of other scripts count as wide as a figure, or twice that where they are square.</summary>
    public static double Width(string text, double size, bool isBold)
    {
        short[] widths = isBold ? Bold : Regular;
        long sum = 0;
        foreach (Rune letter in text.EnumerateRunes())
        {
            int index = letter.Value - First;
            sum += index >= 0 && index < widths.Length ? widths[index] : letter.Value >= 0x1100 ? Units : Other;
        }

        return sum * size / Units;
    }
}
