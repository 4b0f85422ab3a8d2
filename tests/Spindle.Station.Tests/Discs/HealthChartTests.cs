// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Health;
using Spindle.Station.Discs;

namespace Spindle.Station.Tests.Discs;

public sealed class HealthChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Is_one_valid_document_that_needs_nothing_from_elsewhere()
    {
        XDocument chart = Parsed(Disc(0, "<Photos> & \"more\" \u0001 \U0001F4BF", Check(0, "good", 0, "A & B"), Check(400, "watch", 3, "A & B"), Check(800, "copy-now", 12, null)));

        XElement root = chart.Root!;
        Assert.Equal(Svg + "svg", root.Name);
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.All(root.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Single(root.Elements(), element => element.Attribute("id")?.Value == id));
        Assert.DoesNotContain(chart.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src");
        Assert.Contains("prefers-color-scheme: dark", root.Element(Svg + "style")!.Value, StringComparison.Ordinal);
        Assert.Equal(3, chart.Descendants(Svg + "title").Count(title => title.Value.StartsWith("Disc 0", StringComparison.Ordinal)));
        Assert.Equal(2 + 2, chart.Descendants(Svg + "line").Count(line => line.Attribute("class")!.Value.StartsWith("limit", StringComparison.Ordinal))); // legend and panel
    }

    [Fact]
    public void Has_its_colours_where_style_sheets_are_not_known()
    {
        XElement chart = Parsed(Disc(0, "A", Check(0, "good", 0, null), Check(10, "watch", 5, null), Check(40, "copy-now", 40, null))).Root!;

        Assert.Equal("#1b1f24", chart.Attribute("fill")!.Value);
        Assert.All(chart.Descendants(Svg + "line"), line => Assert.StartsWith("#", line.Attribute("stroke")!.Value, StringComparison.Ordinal));
        Assert.All(
            chart.Descendants().Where(element => element.Name.LocalName is "rect" or "circle" or "path"),
            shape => Assert.StartsWith("#", shape.Attribute("fill")!.Value, StringComparison.Ordinal));
        Assert.Equal("none", chart.Descendants(Svg + "polyline").Single().Attribute("fill")!.Value);
        Assert.DoesNotContain("var(", chart.Element(Svg + "style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Worse_is_higher_and_later_is_further_right()
    {
        XDocument chart = Parsed(Disc(0, "A", Check(0, "good", 0, null), Check(10, "watch", 5, null), Check(40, "copy-now", 40, null)));

        string[] points = chart.Descendants(Svg + "polyline").Single().Attribute("points")!.Value.Split(' ');
        double[] x = [.. points.Select(point => double.Parse(point.Split(',')[0], CultureInfo.InvariantCulture))];
        double[] y = [.. points.Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.Equal(x.Order(), x);
        Assert.Equal(y.OrderDescending(), y);
        Assert.Equal(3, (x[2] - x[1]) / (x[1] - x[0]), 1);
    }

    [Fact]
    public void Each_disc_has_its_panel_and_those_never_checked_have_none()
    {
        XDocument chart = Parsed(Disc(0, "A", Check(0, "good", 0, null)), Disc(1, "B"), Disc(2, "C", Check(0, "good", 0, "x"), Check(0, "good", 0, "y")));

        Assert.Equal(["Disc 0  A", "Disc 2  C"], chart.Descendants(Svg + "text").Where(text => text.Attribute("class")?.Value == "name").Select(text => text.Value));
        Assert.Equal("No disc was checked yet.", Parsed(Disc(0, "A")).Descendants(Svg + "desc").Single().Value);
    }

    private static XDocument Parsed(params DiscHealth[] discs)
    {
        using MemoryStream stream = new();
        HealthChart.Write(discs, stream);
        stream.Position = 0;
        using XmlReader reader = XmlReader.Create(stream, new() { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }

    private static DiscHealth Disc(int number, string label, params DiscCheck[] checks) =>
        new(new DiscRecord(number, Guid.Empty, label, "written", 1, 1, 1, 1, null, null, null, [], null, null), checks);

    private static DiscCheck Check(int day, string verdict, int worst, string? copy) => new()
    {
        At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day),
        Copy = copy,
        Verdict = verdict,
        Roots = 43,
        Blocks = 100,
        SectorsMissing = worst,
        ChecksumMismatches = 0,
        SilentErrors = 0,
        BlocksLost = 0,
        WorstBlock = worst,
        WorstMargin = 43 - worst,
        LongestBearableBurst = (43 - worst) * 100,
        CopyNowShare = 0.25,
        BlocksByWrongSectors = [],
    };
}
