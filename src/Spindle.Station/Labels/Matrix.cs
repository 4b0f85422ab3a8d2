// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace Spindle.Station.Labels;

/// <summary>Where things of a drawing are on paper (SVG 1.1 §7.4): x' = A x + C y + E, y' = B x + D y + F.</summary>
internal readonly partial record struct Matrix(double A, double B, double C, double D, double E, double F)
{
    public static Matrix Identity { get; } = new(1, 0, 0, 1, 0, 0);

    /// <summary>How much longer lines become: the square root of how much larger areas do.</summary>
    public double Scale => Math.Sqrt(Math.Abs((A * D) - (B * C)));

    public static Matrix Translate(double x, double y) => new(1, 0, 0, 1, x, y);

    public static Matrix Stretch(double x, double y) => new(x, 0, 0, y, 0, 0);

    public static Matrix Rotate(double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        return new(cos, sin, -sin, cos, 0, 0);
    }

    /// <summary>First the other one, then this one.</summary>
    public Matrix Then(Matrix inner) => new(
        (A * inner.A) + (C * inner.B), (B * inner.A) + (D * inner.B), (A * inner.C) + (C * inner.D), (B * inner.C) + (D * inner.D),
        (A * inner.E) + (C * inner.F) + E, (B * inner.E) + (D * inner.F) + F);

    public (double X, double Y) At(double x, double y) => ((A * x) + (C * y) + E, (B * x) + (D * y) + F);

    /// <summary>The value of an attribute <c>transform</c>.</summary>
    /// <exception cref="Media.OperationFailedException"><c>not-a-template</c>: it has something else than translate, scale, rotate, matrix.</exception>
    public static Matrix Parse(string? text)
    {
        Matrix all = Identity;
        if (string.IsNullOrWhiteSpace(text))
        {
            return all;
        }

        if (Word().Replace(text, "").Trim(' ', ',', '\t', '\r', '\n').Length > 0)
        {
            throw Failures.NotDrawn($"the transform {text}");
        }

        foreach (Match match in Word().Matches(text))
        {
            double[] numbers = [.. Numbers(match.Groups[2].Value, text)];
            all = all.Then((match.Groups[1].Value, numbers) switch
            {
                ("translate", [var x]) => Translate(x, 0),
                ("translate", [var x, var y]) => Translate(x, y),
                ("scale", [var both]) => Stretch(both, both),
                ("scale", [var x, var y]) => Stretch(x, y),
                ("rotate", [var degrees]) => Rotate(degrees),
                ("rotate", [var degrees, var x, var y]) => Translate(x, y).Then(Rotate(degrees)).Then(Translate(-x, -y)),
                ("matrix", [var a, var b, var c, var d, var e, var f]) => new(a, b, c, d, e, f),
                _ => throw Failures.NotDrawn($"the transform {text}"),
            });
        }

        return all;
    }

    private static IEnumerable<double> Numbers(string list, string whole) => list.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw Failures.NotDrawn($"the transform {whole}"));

    [GeneratedRegex(@"([a-z]+)\s*\(([^()]*)\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Word();
}
