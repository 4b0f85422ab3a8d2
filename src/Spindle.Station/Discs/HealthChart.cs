// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Spindle.Catalogue.Health;
using Spindle.Files;
using Spindle.Media;

namespace Spindle.Station.Discs;

/// <summary>How discs age, as a drawing (SVG 1.1) that needs nothing else: one panel a disc, one line a copy.</summary>
/// <remarks>Verdicts differ in shape as well as in colour, and every mark says in words what it stands for.</remarks>
internal static class HealthChart
{
    private const int Width = 720;
    private const int PanelHeight = 230;
    private const int PlotLeft = 64;
    private const int PlotRight = 696;
    private const int PlotTop = 38; // within the panel
    private const int PlotBottom = 186;
    private const int LegendHeight = 44;
    private const int LabelWidth = 78; // of a date

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly string[] Dashes = ["none", "7 4", "2 3", "9 3 2 3"];

    /// <summary>Colours on dark paper. All else is in attributes: not every program that shows drawings knows style sheets.</summary>
    private const string Style = """
        @media (prefers-color-scheme: dark) {
          .paper { fill: #0d1117; } text { fill: #e6edf3; } text.axis { fill: #9198a1; }
          .grid { stroke: #30363d; } .line { stroke: #9198a1; }
          .good { fill: #3fb950; } .watch { fill: #d29922; } .copy-now { fill: #ff7b72; }
          .limit.watch { stroke: #d29922; } .limit.copy-now { stroke: #ff7b72; }
        }
        """;

    private static readonly Dictionary<string, (string Name, string Value)[]> Looks = new()
    {
        ["paper"] = [("fill", "#ffffff")],
        ["name"] = [("font-size", "14"), ("font-weight", "600")],
        ["axis"] = [("fill", "#6a737d")],
        ["grid"] = [("stroke", "#d8dee4")],
        ["line"] = [("stroke", "#6a737d"), ("stroke-width", "1.5"), ("fill", "none")],
        ["limit watch"] = [("stroke", "#9a6700"), ("stroke-width", "1.5"), ("stroke-dasharray", "6 4")],
        ["limit copy-now"] = [("stroke", "#cf222e"), ("stroke-width", "1.5"), ("stroke-dasharray", "6 4")],
        ["good"] = [("fill", "#1a7f37")],
        ["watch"] = [("fill", "#9a6700")],
        ["copy-now"] = [("fill", "#cf222e")],
    };

    /// <summary>Draws the discs that were checked into a file, which is there whole or not at all.</summary>
    /// <exception cref="OperationFailedException"><c>already-exists</c>, <c>target-failed</c>.</exception>
    public static void Write(IReadOnlyList<DiscHealth> discs, string path, bool overwrite)
    {
        if (File.Exists(path) && !overwrite)
        {
            throw new OperationFailedException(new("already-exists", $"there is a file {path}", "another name, or --overwrite"));
        }

        WholeFile.Write(path, stream => Write(discs, stream));
    }

    /// <summary>Draws the discs that were checked, as UTF-8.</summary>
    public static void Write(IReadOnlyList<DiscHealth> discs, Stream stream)
    {
        using XmlWriter writer = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, NewLineChars = "\n" });
        Draw(discs).Save(writer);
    }

    private static XDocument Draw(IReadOnlyList<DiscHealth> discs)
    {
        DiscHealth[] checkedDiscs = [.. discs.Where(disc => disc.Checks.Count > 0)];
        int height = LegendHeight + (Math.Max(1, checkedDiscs.Length) * PanelHeight);
        XElement drawing = new(
            Svg + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"),
            new XAttribute("width", Width),
            new XAttribute("height", height),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XAttribute("font-size", 12),
            new XAttribute("fill", "#1b1f24"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", "title description"),
            new XElement(Svg + "title", new XAttribute("id", "title"), "Health of discs"),
            new XElement(Svg + "desc", new XAttribute("id", "description"), Describe(checkedDiscs)),
            new XElement(Svg + "style", "\n" + Style + "\n"),
            new XElement(Svg + "rect", Look("paper"), new XAttribute("width", Width), new XAttribute("height", height)),
            Legend());
        drawing.Add(checkedDiscs.Length == 0
            ? Text(PlotLeft, LegendHeight + PlotTop, "name", "No disc was checked yet.")
            : checkedDiscs.Select((disc, index) => Panel(disc, LegendHeight + (index * PanelHeight))));
        return new(new XDeclaration("1.0", "utf-8", null), drawing);
    }

    private static string Describe(DiscHealth[] discs) => discs.Length == 0
        ? "No disc was checked yet."
        : "For each check, the share of its parity that the worst block of a disc has used up. " + string.Join(' ', discs.SelectMany(disc => disc.Trends.Select(trend =>
            $"Disc {disc.Disc.Number}{CopyOf(trend.Copy)}: {Number(trend.Checks.Count)} checks, the last one {Sentence(trend.Checks[^1])}.")));

    private static string Sentence(DiscCheck check) =>
        $"on {Date(check.At)}: {check.WorstBlock} of {check.Roots} roots used, {Words(check.Verdict)}" + (check.BlocksLost > 0 ? $", {Figures.Count(check.BlocksLost, "block", "blocks")} lost" : "");

    private static string CopyOf(string? copy) => copy is null ? "" : $", copy {Clean(copy)}";

    private static string Words(string verdict) => verdict.Replace('-', ' ');

    private static IEnumerable<XElement> Legend()
    {
        int x = PlotLeft;
        foreach (string verdict in (string[])["good", "watch", "copy-now"])
        {
            yield return Mark(x, 24, verdict, null);
            yield return Text(x + 12, 28, null, Words(verdict));
            x += 90;
        }

        yield return Line((x, 24), (x + 26, 24), "limit watch");
        yield return Text(x + 32, 28, null, "watch from here");
        yield return Line((x + 150, 24), (x + 176, 24), "limit copy-now");
        yield return Text(x + 182, 28, null, "copy now above");
    }

    private static XElement Panel(DiscHealth disc, int top)
    {
        DiscCheck last = disc.Checks[^1];
        XElement panel = new(
            Svg + "g",
            new XAttribute("transform", $"translate(0 {top})"),
            Text(PlotLeft, 22, "name", $"Disc {disc.Disc.Number}  {Clean(disc.Disc.Label)}"),
            Text(PlotRight, 22, "axis", "parity that the worst block has used up", "end"));
        foreach (int percent in (int[])[0, 25, 50, 75, 100])
        {
            panel.Add(Line((PlotLeft, Y(percent / 100.0)), (PlotRight, Y(percent / 100.0)), "grid"), Text(PlotLeft - 8, Y(percent / 100.0) + 4, "axis", $"{percent} %", "end"));
        }

        panel.Add(Line((PlotLeft, Y(1.0 / last.Roots)), (PlotRight, Y(1.0 / last.Roots)), "limit watch"));
        panel.Add(Line((PlotLeft, Y(last.CopyNowShare)), (PlotRight, Y(last.CopyNowShare)), "limit copy-now"));

        double lastLabel = double.NegativeInfinity;
        foreach (DiscCheck check in disc.Checks)
        {
            double x = X(disc, check);
            if (x - lastLabel >= LabelWidth)
            {
                panel.Add(Text(x, PlotBottom + 18, "axis", Date(check.At), "middle"));
                lastLabel = x;
            }
        }

        panel.Add(disc.Trends.Select((trend, index) => Trend(disc, trend, index)));
        return panel;
    }

    private static XElement Trend(DiscHealth disc, HealthTrend trend, int index)
    {
        XElement group = new(Svg + "g");
        (double X, double Y)[] points = [.. trend.Checks.Select(check => (X(disc, check), Y(check.UsedShare)))];
        if (points.Length > 1)
        {
            group.Add(new XElement(
                Svg + "polyline",
                Look("line"),
                new XAttribute("stroke-dasharray", Dashes[index % Dashes.Length]),
                new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}")))));
        }

        group.Add(trend.Checks.Zip(points, (check, point) => Mark(point.X, point.Y, check.Verdict, $"Disc {disc.Disc.Number}{CopyOf(trend.Copy)} {Sentence(check)}")));
        if (trend.Copy is not null)
        {
            group.Add(Text(Math.Min(points[^1].X + 8, PlotRight), points[^1].Y - 8, null, $"copy {Clean(trend.Copy)}", points[^1].X > PlotRight - LabelWidth ? "end" : null));
        }

        return group;
    }

    /// <summary>By time; checks at one moment stand in the middle.</summary>
    private static double X(DiscHealth disc, DiscCheck check)
    {
        const int Margin = LabelWidth / 2;
        TimeSpan span = disc.Checks[^1].At - disc.Checks[0].At;
        double share = span > TimeSpan.Zero ? (check.At - disc.Checks[0].At) / span : 0.5;
        return PlotLeft + Margin + (share * (PlotRight - PlotLeft - (2 * Margin)));
    }

    private static double Y(double share) => PlotBottom - (Math.Min(1, share) * (PlotBottom - PlotTop));

    private static XElement Mark(double x, double y, string verdict, string? says)
    {
        XElement mark = verdict switch
        {
            "good" => new(Svg + "circle", new XAttribute("cx", Number(x)), new XAttribute("cy", Number(y)), new XAttribute("r", 5)),
            "watch" => new(Svg + "path", new XAttribute("d", $"M{Number(x)} {Number(y - 6)}l6 11h-12z")),
            _ => new(Svg + "rect", new XAttribute("x", Number(x - 5)), new XAttribute("y", Number(y - 5)), new XAttribute("width", 10), new XAttribute("height", 10)),
        };
        mark.Add(Look(verdict is "good" or "watch" ? verdict : "copy-now"));
        if (says is not null)
        {
            mark.Add(new XElement(Svg + "title", says));
        }

        return mark;
    }

    private static XElement Line((double X, double Y) from, (double X, double Y) to, string kind) => new(
        Svg + "line",
        Look(kind),
        new XAttribute("x1", Number(from.X)),
        new XAttribute("y1", Number(from.Y)),
        new XAttribute("x2", Number(to.X)),
        new XAttribute("y2", Number(to.Y)));

    private static XElement Text(double x, double y, string? kind, string text, string? anchor = null) => new(
        Svg + "text",
        new XAttribute("x", Number(x)),
        new XAttribute("y", Number(y)),
        kind is null ? null : Look(kind),
        anchor is null ? null : new XAttribute("text-anchor", anchor),
        text);

    private static IEnumerable<XAttribute> Look(string kind) => Looks[kind].Select(look => new XAttribute(look.Name, look.Value)).Prepend(new("class", kind));

    private static string Date(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Names are whatever their owner typed; control characters are not allowed in XML.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => rune.Value < 0x20 || rune.Value is 0xFFFE or 0xFFFF ? "?" : rune.ToString()));
}
