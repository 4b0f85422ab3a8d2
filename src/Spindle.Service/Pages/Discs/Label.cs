// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Service.Pages.Markup;
using Spindle.Station.Labels;

namespace Spindle.Service.Pages.Discs;

/// <summary>What is written on a disc or its case, as a drawing (SVG 1.1) of 90 mm by 38 mm: number, title, date, a QR code (ISO/IEC 18004) of what names it for ever.</summary>
/// <param name="Number">What it is called by.</param>
/// <param name="Title">What is on it; null where there is nothing to say.</param>
/// <param name="Date">When it was made, or imaged.</param>
/// <param name="Identity">What the QR code says: <c>urn:uuid:…</c> (RFC 9562).</param>
/// <param name="Checksum">The begin of its checksum, with its name; null where there is none.</param>
internal sealed record Label(string Number, string? Title, string? Date, string Identity, string? Checksum)
{
    private const int Width = 900, Height = 380, Margin = 30, Code = 320; // in tenths of a millimetre

    /// <summary>Characters of a checksum that stand on it: 48 bits of SHA-256 tell all the discs of the world apart.</summary>
    public const int ChecksumLength = 12;

    /// <summary>The drawing.</summary>
    public Html ToSvg()
    {
        QrCode code = QrCode.Of(Identity);
        string scale = ((double)Code / code.Size).ToString("F4", CultureInfo.InvariantCulture);
        int textWidth = Width - Code - Margin;
        return Html.Of($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="90mm" height="38mm" viewBox="0 0 {Width} {Height}" role="img" aria-label="Label of {Number}">
            <rect width="{Width}" height="{Height}" fill="#fff"/>
            {Line(Number, Margin, 95, 64, textWidth, "bold")}
            {Line(Title, Margin, 165, 40, textWidth)}
            {Line(Date, Margin, 225, 34, textWidth)}
            {Line(Checksum, Margin, 285, 30, textWidth)}
            {Line(Identity[(Identity.LastIndexOf(':') + 1)..], Margin, 335, 22, textWidth)}
            <path transform="translate({Width - Code} {Margin}) scale({scale})" shape-rendering="crispEdges" d="{code.Path}"/>
            </svg>
            """);
    }

    /// <summary>The page that is printed.</summary>
    public static Page PageOf(PageContext context, string title, IReadOnlyList<Label> labels, string? drawing) => new(title, Html.Of($"""
        <div class="labels">{Html.All(labels, label => label.ToSvg())}</div>
        <p class="row no-print"><button data-print hidden>Print</button> {Html.If(drawing, address => Html.Of($"<a href=\"{context.Root}{address}\" download>Drawing (SVG)</a>"))}</p>
        """)) { Here = "station" };

    /// <summary>A line of text that is as wide as there is room at most: letters of any script count as six tenths of their height.</summary>
    private static Html Line(string? text, int x, int y, int height, int width, string weight = "normal")
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Html.Empty;
        }

        const double LetterWidth = 0.6;
        const int Smallest = 18;
        StringInfo letters = new(text);
        int fitting = Math.Max(1, (int)(width / (LetterWidth * Smallest)));
        string shown = letters.LengthInTextElements <= fitting ? text : $"{letters.SubstringByTextElements(0, fitting - 1)}…";
        int size = Math.Clamp((int)(width / (LetterWidth * new StringInfo(shown).LengthInTextElements)), Smallest, height);
        return Html.Of($"<text x=\"{x}\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"#000\">{shown}</text>");
    }
}
