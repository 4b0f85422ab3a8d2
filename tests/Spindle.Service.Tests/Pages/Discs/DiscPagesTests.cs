// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using Spindle.Service.Documents;
using Spindle.Service.Pages.Discs;

namespace Spindle.Service.Tests.Pages.Discs;

public sealed class DiscPagesTests
{
    private const string Document = """
        {"schema":"spindle/image/1","id":"0189aaaa-0000-7000-8000-000000000000","outcome":"success","verified":true,"image":"/discs/box12-07/box12-07.iso","source":{"path":"/dev/sr0","volumeIdentifier":"MINUTES","bytes":734003200},
         "sectors":{"unreadable":0},"readings":[{"hashes":{"md5":"0123456789abcdef0123456789abcdef","sha256":"feedface00112233445566778899aabbccddeeff00112233445566778899aabb"}}],"concerns":[]}
        """;

    [Fact]
    public void What_a_document_says_of_an_image_is_read()
    {
        ImageFacts facts = ImageFacts.Of(Document)!;

        Assert.Equal(("box12-07", "MINUTES", "verified"), (facts.Name, facts.Volume, facts.Word));
        Assert.Equal(["Result", "Image", "Volume", "Size", "SHA256"], facts.Lines().Select(line => line.Name));
    }

    [Theory]
    [InlineData("\"verified\":true", "\"verified\":false", "not verified")]
    [InlineData("\"unreadable\":0", "\"unreadable\":5", "damaged")]
    public void Verified_is_said_of_nothing_else(string from, string to, string word) => Assert.Equal(word, ImageFacts.Of(Document.Replace(from, to, StringComparison.Ordinal))!.Word);

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"source":3}""")]
    [InlineData("""{"source":{},"readings":{},"sectors":[],"image":7}""")]
    public void Another_document_says_nothing(string document) => Assert.Null(ImageFacts.Of(document)?.Hash);

    [Fact]
    public void A_label_is_a_drawing_with_all_that_names_the_disc()
    {
        Label label = new("box12-07", "Board <minutes>", "2026-11-29", "urn:uuid:0189aaaa-0000-7000-8000-000000000000", "sha256 feedface0011");

        XElement drawing = XElement.Parse(label.ToSvg().Markup);

        Assert.Equal(["box12-07", "Board <minutes>", "2026-11-29", "sha256 feedface0011", "0189aaaa-0000-7000-8000-000000000000"], drawing.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value));
        Assert.NotEmpty(drawing.Descendants().Single(element => element.Name.LocalName == "path").Attribute("d")!.Value);
    }

    [Fact]
    public void A_long_name_is_made_smaller_and_then_shorter()
    {
        XElement drawing = XElement.Parse(new Label(new string('W', 10_000), SomeJobs.Hostile, null, "urn:uuid:0", null).ToSvg().Markup);

        string shown = drawing.Descendants().First(element => element.Name.LocalName == "text").Value;
        Assert.EndsWith("…", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 10, 60);
    }
}
