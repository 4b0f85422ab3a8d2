// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Pages.Archive;
using Spindle.Service.Pages.Markup;
using Spindle.Station.Finding;

namespace Spindle.Service.Tests.Pages.Archive;

public sealed class ArchivePagesTests
{
    [Fact]
    public void A_found_file_says_where_it_is()
    {
        FoundFilePart file = new("photos/<1998>.jpg", 2_000_000, null, SomeJobs.Now, 1, null, [new(3, "FAMILY_0003", null, 0, 2_000_000, "written", null, null, [new("main", "shelf 2"), new("second", null)])], null);

        Page page = FindPage.Of(SomeJobs.Context, "/srv/a b.db", ["/srv/a b.db"], "*.jpg", [file], null);

        foreach (string part in new[] { "photos/&lt;1998&gt;.jpg", "2.00 MB", "disc 3", "FAMILY_0003", "shelf 2", "nobody said where", "1 file" })
        {
            Assert.Contains(part, page.Body.Markup, StringComparison.Ordinal);
        }

        Assert.Equal("spindle find '*.jpg' --catalogue '/srv/a b.db'", page.CommandLine);
    }

    [Fact]
    public void A_file_on_no_disc_is_said_to_be_on_none() =>
        Assert.Contains("on no disc", FindPage.Of(SomeJobs.Context, "/c", [], "x", [new("x", 1, null, null, 1, null, [], null)], null).Body.Markup, StringComparison.Ordinal);

    [Fact]
    public void More_than_are_shown_is_said()
    {
        FoundFilePart[] files = [.. Enumerable.Range(0, FindPage.Most + 1).Select(number => new FoundFilePart($"f{number}", 1, null, null, 1, null, [], null))];

        string page = FindPage.Of(SomeJobs.Context, "/c", [], "f*", files, null).Body.Markup;

        Assert.Contains("The first 200 files; there are more", page, StringComparison.Ordinal);
        Assert.DoesNotContain("f200<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_told_with_what_to_do()
    {
        Page page = DiscsPage.Of(SomeJobs.Context, "/c", [], null, new Failure("no-catalogue", "there is no catalogue /c", "check the name"));

        Assert.Equal(422, page.Status);
        Assert.Contains("check the name", page.Body.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_say_what_sets_them() =>
        Assert.Contains("<code>--root</code>", SettingsPage.Of(SomeJobs.Context, [("Folders", "--root", ["/srv"])]).Body.Markup, StringComparison.Ordinal);
}
