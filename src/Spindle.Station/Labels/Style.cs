// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml.Linq;

namespace Spindle.Station.Labels;

/// <summary>How things of a drawing look, as far as a label needs it: what an element does not say, it has from the one around it.</summary>
/// <param name="Fill">The colour as PDF has it, three numbers from 0 to 1; null for none.</param>
/// <param name="Stroke">The same, of lines.</param>
/// <param name="StrokeWidth">In the drawing's unit.</param>
/// <param name="FontSize">In the drawing's unit.</param>
/// <param name="IsBold">Whether letters are bold.</param>
/// <param name="Anchor"><c>start</c>, <c>middle</c>, <c>end</c>.</param>
internal sealed record Style(string? Fill, string? Stroke, double StrokeWidth, double FontSize, bool IsBold, string Anchor)
{
    private static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal) { ["black"] = "000000", ["white"] = "ffffff", ["gray"] = "808080", ["grey"] = "808080", ["red"] = "ff0000" };

    /// <summary>What a drawing has that says nothing.</summary>
    public static Style Usual { get; } = new("0 0 0", null, 1, 4, IsBold: false, "start");

    /// <summary>With what an element says.</summary>
    public Style With(XElement element)
    {
        string? Said(string key) => element.Attribute(key)?.Value.Trim();
        double Number(string key, double usual) => Said(key) is not { } text ? usual
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and < 1e4 ? number : throw Failures.NotDrawn($"{key}=\"{text}\"");
        return new(
            Said("fill") is { } fill ? Colour(fill) : Fill, Said("stroke") is { } stroke ? Colour(stroke) : Stroke, Number("stroke-width", StrokeWidth), Number("font-size", FontSize),
            Said("font-weight") is { } weight ? weight == "bold" : IsBold, Said("text-anchor") ?? Anchor);
    }

    private static string? Colour(string text)
    {
        if (text == "none")
        {
            return null;
        }

        string digits = Named.GetValueOrDefault(text) ?? text.TrimStart('#');
        digits = digits.Length == 3 ? string.Concat(digits.Select(digit => new string(digit, 2))) : digits;
        if (digits.Length != 6 || !uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint colour))
        {
            throw Failures.NotDrawn($"the colour {text}");
        }

        string Part(int shift) => Math.Round(((colour >> shift) & 0xFF) / 255.0, 4).ToString(CultureInfo.InvariantCulture);
        return $"{Part(16)} {Part(8)} {Part(0)}";
    }
}
