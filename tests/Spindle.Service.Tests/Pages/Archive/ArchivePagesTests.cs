// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.Pages.Archive;
using Spindle.Service.Pages.Markup;
using Spindle.Station.Finding;
using Spindle.Station.Vaults;

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
    public void A_vault_says_which_disc_is_wanted_and_by_whom_and_how_to_get_it()
    {
        WantedDiscPart disc = new(17, "FOTO_0017", "uuid", "main: shelf <2>", 3, 2_000_000, SomeJobs.Now.AddHours(-5), ["backup", "reader"], AtHand: false);

        string page = VaultPage.Of(SomeJobs.Context, "/srv/c.db", [], null, [Vault(VaultTask.Wanted) with { Wanted = [disc, disc with { Number = 18, AtHand = true }] }], null).Body.Markup;

        foreach (string part in new[] { "2 discs are wanted", "FOTO_0017", "main: shelf &lt;2&gt;", "its image is at hand", "2.00 MB", "5 hours", "backup, reader", "name=\"verb\" value=\"vault\"", "Fetch what is wanted" })
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_vault_says_how_much_is_where_and_what_becomes_of_objects()
    {
        AmountPart none = new(0, 0);
        VaultStatusPart status = new(new(4, 5_000_000), none, none, none, none, none, none, new(1, 3_000_000), 5_000_000, 9_000_000_000, [new(2, "OLD_0002", 4_000_000, 3_000_000)]);
        BucketPart bucket = new("photos", "backup", SomeJobs.Now, new() { Archive = ["*/data/**"], SmallestSize = 1_000_000, MinimumStay = 1.5, Worm = true });

        string page = VaultPage.Of(SomeJobs.Context, "/srv/a b.db", [], null, [Vault(VaultTask.Status) with { Status = status }, Vault(VaultTask.Ls) with { Buckets = [bucket] }], null).Body.Markup;

        foreach (string part in new[] { "Landed", "5.00 MB", "9.00 GB", "OLD_0002", "3.00 MB", "onto discs: */data/**; from 1.00 MB; stay 1.5 days at least; what is on a disc can&#39;t be deleted", "what=photos" })
        {
            Assert.Contains(part, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Cold", page, StringComparison.Ordinal); // there is none
    }

    [Fact]
    public void Objects_say_where_they_are()
    {
        VaultObjectPart one = new("photos", "2019/<a>.jpg", 2_000_000, SomeJobs.Now, Spindle.Vault.Moving.Standing.Cold, "GLACIER", 2, ["disc 17 'FOTO_0017' (shelf 2)"], "etag", "00");

        Page page = VaultPage.Of(SomeJobs.Context, "/srv/a b.db", [], "photos/2019/", [Vault(VaultTask.Ls) with { Objects = [.. Enumerable.Repeat(one, VaultPage.Most + 1)] }], null);

        foreach (string part in new[] { "2019/&lt;a&gt;.jpg", "cold", "disc 17 &#39;FOTO_0017&#39; (shelf 2)", "The first 200 objects; there are more", "value=\"photos/2019/\"" })
        {
            Assert.Contains(part, page.Body.Markup, StringComparison.Ordinal);
        }

        Assert.Equal("spindle vault ls photos/2019/ --catalogue '/srv/a b.db'", page.CommandLine);
    }

    [Fact]
    public void Settings_say_what_sets_them() =>
        Assert.Contains("<code>--root</code>", SettingsPage.Of(SomeJobs.Context, [("Folders", "--root", ["/srv"])]).Body.Markup, StringComparison.Ordinal);

    private static VaultDocument Vault(VaultTask task) => new() { Task = task, Catalogue = "/srv/a b.db", Landing = "/srv/landing", Copies = 2 };
}
