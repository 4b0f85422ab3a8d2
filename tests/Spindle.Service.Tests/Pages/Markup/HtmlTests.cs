// SPDX-License-Identifier: MIT
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Tests.Pages.Markup;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("\" onclick='x'", "&quot; onclick=&#39;x&#39;")]
    [InlineData("a & b", "a &amp; b")]
    [InlineData("a\u001b[2Jb\u0085c\0d", "a?[2Jb?c?d")]
    [InlineData("two\nlines", "two\nlines")]
    [InlineData("Ärger 漢字 🙂", "Ärger 漢字 🙂")]
    [InlineData(null, "")]
    public void What_is_in_a_hole_is_text(string? text, string markup) => Assert.Equal($"<p title=\"{markup}\">{markup}</p>", Html.Of($"<p title=\"{text}\">{text}</p>").Markup);

    [Fact]
    public void Markup_in_a_hole_is_not_encoded_twice() => Assert.Equal("<p><bdi>&lt;</bdi>7</p>", Html.Of($"<p>{Html.Name("<")}{7}</p>").Markup);

    [Fact]
    public void Lists_and_conditions_are_markup() => Assert.Equal(
        "<li>1</li><li>2</li>yes",
        Html.Of($"{Html.All([1, 2], one => Html.Of($"<li>{one}</li>"))}{Html.If(true, () => Html.Of($"yes"))}{Html.If(false, () => Html.Of($"no"))}{Html.If((string?)null, text => Html.Of($"{text}"))}").Markup);

    [Fact]
    public void A_moment_is_for_people_and_for_programs() =>
        Assert.Equal("<time datetime=\"2026-11-29T11:00:00Z\">2026-11-29 11:00 UTC</time>", Html.Moment(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.FromHours(1))).Markup);
}
