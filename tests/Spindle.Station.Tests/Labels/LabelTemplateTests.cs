// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Station.Labels;
using Spindle.Testing;

namespace Spindle.Station.Tests.Labels;

public sealed class LabelTemplateTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public static TheoryData<string> Forms() => [.. LabelTemplate.Forms];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Each_form_has_a_template_that_is_filled_in_and_printed(string form)
    {
        LabelTemplate template = LabelTemplate.OfForm(form);
        XElement drawing = template.Fill(Fields(new DiscCopy("B", "shelf 2", "2026-11-29T12:00:00Z")), cut => Assert.Fail(cut));

        string text = drawing.ToString();
        Assert.DoesNotContain('{', text);
        Assert.DoesNotContain("data-width", text, StringComparison.Ordinal);
        foreach (string said in new[] { "FAMILY_0003", "copy B", "2026-11-29", "01890000-0000-7000-8000-000000000003" })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }

        PdfPage page = Assert.Single(new LabelSheet("a4", template).Lay([drawing]));
        Assert.Equal(0, page.Unknown);
        Assert.Contains("(FAMILY_0003) Tj", page.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>\"&'", "<script>\"&'")]
    [InlineData("a\u0000b\u001bc\ufffed", "a?b?c?d")]
    [InlineData("{uuid} stays", "{uuid} stays")] // what is filled in is no field
    [InlineData("家族 🎞", "家族 🎞")]
    public void Names_are_texts_whatever_they_look_like(string label, string shown)
    {
        XElement drawing = Template("""<text x="1" y="5">{label}</text>""").Fill(Fields(null, label), _ => { });

        Assert.Equal(shown, Assert.Single(drawing.Elements()).Value);
        Assert.Equal("a?", Template("""<text x="1" y="5">{label}</text>""").Fill(Fields(null, "a\ud800"), _ => { }).Value); // half a letter
        XDocument.Parse(new XDocument(drawing).ToString());
    }

    [Fact]
    public void A_text_that_is_too_wide_is_drawn_smaller_and_then_cut_and_told()
    {
        List<string> cut = [];
        LabelTemplate template = Template("""<text x="1" y="5" font-size="10" data-width="40">{label}</text>""");

        XElement fits = template.Fill(Fields(null, "Short"), cut.Add), smaller = template.Fill(Fields(null, "Rather long"), cut.Add);
        Assert.Empty(cut);
        Assert.Equal(("10", "Short"), (Size(fits), fits.Value));
        Assert.True(double.Parse(Size(smaller)!, System.Globalization.CultureInfo.InvariantCulture) is > 6 and < 10);
        XElement shortened = template.Fill(Fields(null, new string('W', 100)), cut.Add);
        Assert.Equal("6", Size(shortened));
        Assert.EndsWith("W…", shortened.Value, StringComparison.Ordinal);
        Assert.True(Helvetica.Width(shortened.Value, 6, isBold: false) <= 40);
        Assert.Equal(new string('W', 100), Assert.Single(cut));
    }

    [Theory]
    [InlineData("", "not-a-template")]
    [InlineData("<svg/>", "not-a-template")]
    [InlineData("""<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>""", "not-a-template")]
    [InlineData("""<svg xmlns="http://www.w3.org/2000/svg" width="0mm" height="10mm"/>""", "not-a-template")]
    [InlineData("""<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm">&a;</svg>""", "not-a-template")]
    [InlineData("""<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm"><text>{colour}</text></svg>""", "not-a-template")]
    public void What_is_no_template_is_refused(string text, string code)
    {
        File.WriteAllText(_directory["own.svg"], text);

        Assert.Equal(code, Assert.Throws<OperationFailedException>(() => LabelTemplate.Read(_directory["own.svg"])).Failure.Code);
        Assert.Equal("no-such-source", Assert.Throws<OperationFailedException>(() => LabelTemplate.Read(_directory["nothing.svg"])).Failure.Code);
    }

    [Theory]
    [InlineData("""<image href="x.png"/>""")]
    [InlineData("""<path d="M0 0C1 1 2 2 3 3"/>""")]
    [InlineData("""<path d="M0"/>""")]
    [InlineData("""<g transform="skewX(3)"/>""")]
    [InlineData("""<g transform="rotate(a)"/>""")]
    [InlineData("""<rect width="1em" height="3"/>""")]
    [InlineData("""<rect width="1" height="3" fill="url(#a)"/>""")]
    [InlineData("""<svg width="3" height="3" viewBox="0 0 0 0"/>""")]
    [InlineData("""<g transform="scale(1e300) scale(1e300)"><rect width="3" height="3"/></g>""")]
    public void What_a_pdf_here_cannot_show_is_told_and_not_left_out(string element)
    {
        XElement drawing = Template(element).Fill(Fields(null), _ => { });

        Assert.Equal("not-a-template", Assert.Throws<OperationFailedException>(() => new PdfPage(100, 100).Draw(drawing, 0, 0)).Failure.Code);
    }

    [Fact]
    public void Places_on_paper_are_those_of_the_drawing()
    {
        PdfPage page = new(100, 200);
        page.Draw(Template("""<g transform="translate(10 20) rotate(90)"><svg x="5" y="0" width="10" height="10" viewBox="0 0 2 2"><path d="M1 1h1v1z" fill="#f00"/></svg></g>""").Fill(Fields(null), _ => { }), 3, 4);

        // In mm from the left and the top: (1,1) of the inner drawing is (10,5) in the turned one, which is (-5,10) turned, at (10,20), at (3,4): (8,34).
        Assert.StartsWith(FormattableString.Invariant($"1 0 0 rg\n{Points(8)} {Points(200 - 34)} m\n"), page.Content, StringComparison.Ordinal);
        Assert.EndsWith("h\nf\n", page.Content, StringComparison.Ordinal);
    }

    private static double Points(double millimetres) => Math.Round(millimetres * 72 / 25.4, 4);

    private static string? Size(XElement drawing) => drawing.Elements().Single().Attribute("font-size")?.Value;

    private LabelTemplate Template(string inner)
    {
        File.WriteAllText(_directory["own.svg"], $"""<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="50mm" viewBox="0 0 100 50">{inner}</svg>""");
        return LabelTemplate.Read(_directory["own.svg"]);
    }

    private static IReadOnlyDictionary<string, string> Fields(DiscCopy? copy, string label = "FAMILY_0003") => LabelFields.Of(
        new(3, Guid.Parse("01890000-0000-7000-8000-000000000003"), label, "written", 1000, 2000, 12, 3_000_000, new string('a', 64), "2026-11-29T12:00:00Z", null, [], null, null),
        new("a.jpg", "z.jpg", ["photos"], false), copy, 7);
}
