// SPDX-License-Identifier: MIT
using Spindle.Service.Pages.Markup;

namespace Spindle.Service.Tests.Pages.Markup;

public sealed class FrameTests
{
    [Fact]
    public void A_page_has_one_heading_its_place_in_the_menu_and_its_command_line()
    {
        string page = Frame.Draw(SomeJobs.Context, new("Discs & <more>", Html.Of($"<p>body</p>")) { Here = "discs", CommandLine = "spindle discs --catalogue 'a b.db'" });

        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Discs &amp; &lt;more&gt; – spindle</title>", page, StringComparison.Ordinal);
        Assert.Contains("<h1 class=\"name\"><bdi>Discs &amp; &lt;more&gt;</bdi></h1>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/spindle/discs\" aria-current=\"page\">Discs</a>", page, StringComparison.Ordinal);
        Assert.Single(page.Split("aria-current")[1..]);
        Assert.Contains("<code>spindle discs --catalogue &#39;a b.db&#39;</code>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("demonstration", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_not_let_in_gets_no_menu_and_no_script()
    {
        string page = Frame.Draw(SomeJobs.Context, new("Sign in", Html.Empty), isOpen: false);

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nav", page, StringComparison.Ordinal);
        Assert.DoesNotContain(SomeJobs.Context.Station, page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_demonstration_says_so_on_each_page() =>
        Assert.Contains("This is a demonstration", Frame.Draw(SomeJobs.Context with { IsDemonstration = true }, new("Now", Html.Empty)), StringComparison.Ordinal);

    [Fact]
    public void Fields_have_labels_and_what_they_have_is_text()
    {
        string field = Fields.Text("name", "Name", "\"><x", "Help", required: true).Markup;

        Assert.Contains("<label for=\"name\">Name</label>", field, StringComparison.Ordinal);
        Assert.Contains("value=\"&quot;&gt;&lt;x\"", field, StringComparison.Ordinal);
        Assert.Contains(" required aria-describedby=\"name-help\">", field, StringComparison.Ordinal);
    }
}
