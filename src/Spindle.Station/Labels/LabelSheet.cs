// SPDX-License-Identifier: MIT
using System.Xml.Linq;

namespace Spindle.Station.Labels;

/// <summary>Paper, and how many labels of a size go onto a sheet of it.</summary>
internal sealed class LabelSheet
{
    private const double Between = 4; // mm, to cut
    private const double Border = 5; // mm, where printers don't print

    private static readonly Dictionary<string, (double Width, double Height)> Papers = new(StringComparer.Ordinal) { ["a4"] = (210, 297), ["letter"] = (215.9, 279.4), ["a3"] = (297, 420) };

    private readonly double _width, _height, _labelWidth, _labelHeight;
    private readonly int _columns, _rows;

    /// <param name="paper">Its name.</param>
    /// <param name="template">What is drawn.</param>
    /// <exception cref="Media.OperationFailedException"><c>usage</c>: it is larger than the paper.</exception>
    public LabelSheet(string paper, LabelTemplate template)
    {
        (double width, double height) = Papers[paper];
        (_labelWidth, _labelHeight) = (template.Width, template.Height);
        (int columns, int rows) upright = (Fitting(width, _labelWidth), Fitting(height, _labelHeight)), across = (Fitting(height, _labelWidth), Fitting(width, _labelHeight));
        bool isAcross = across.columns * across.rows > upright.columns * upright.rows;
        (_columns, _rows) = isAcross ? across : upright;
        (_width, _height) = isAcross ? (height, width) : (width, height);
        if (_columns * _rows == 0)
        {
            throw Failures.TooLarge(_labelWidth, _labelHeight, paper);
        }
    }

    /// <summary>The papers that are known.</summary>
    public static IReadOnlyList<string> Known { get; } = ["a4", "letter", "a3"];

    /// <summary>Lays drawings onto sheets.</summary>
    public List<PdfPage> Lay(IReadOnlyList<XElement> drawings)
    {
        List<PdfPage> pages = [];
        double left = (_width - (_columns * (_labelWidth + Between)) + Between) / 2, top = (_height - (_rows * (_labelHeight + Between)) + Between) / 2;
        for (int i = 0; i < drawings.Count; i++)
        {
            int place = i % (_columns * _rows);
            if (place == 0)
            {
                pages.Add(new(_width, _height));
            }

            pages[^1].Draw(drawings[i], left + (place % _columns * (_labelWidth + Between)), top + (place / _columns * (_labelHeight + Between)));
        }

        return pages;
    }

    /// <summary>How many; one may come nearer to the edge than printers like.</summary>
    private static int Fitting(double room, double length) => length > room ? 0 : Math.Max(1, (int)((room - (2 * Border) + Between) / (length + Between)));
}
