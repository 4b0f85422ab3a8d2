// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Service.Orders;
using Spindle.Station;
using Spindle.Station.Contract;
using Spindle.Testing;

namespace Spindle.Service.Tests.Orders;

public sealed class RootsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private string Root => Path.Combine(_directory.Path, "root");

    [Theory]
    [InlineData("root", true)]
    [InlineData("root/a/b", true)]
    [InlineData("root/./b", true)]
    [InlineData("root/a/../b", false)]
    [InlineData("root/", true)]
    [InlineData("root-2", false)]
    [InlineData("roo", false)]
    [InlineData("root/../other", false)]
    [InlineData("", false)]
    [InlineData("root/inside/b", true)] // a link to a folder in the root
    [InlineData("root/outside", false)] // a link out of it
    [InlineData("root/outside/b", false)]
    [InlineData("root/outside/../a", false)]
    [InlineData("root/chain/b", false)] // a link to that link
    [InlineData("root/nowhere", false)] // a link to what is not there, outside
    [InlineData("entry/b", true)] // a link from without into it
    public void A_path_counts_for_what_it_leads_to(string path, bool isInside)
    {
        Directory.CreateDirectory(Path.Combine(Root, "a"));
        Directory.CreateDirectory(Path.Combine(_directory.Path, "other"));
        File.CreateSymbolicLink(Path.Combine(Root, "inside"), Path.Combine(Root, "a"));
        File.CreateSymbolicLink(Path.Combine(Root, "outside"), "../other");
        File.CreateSymbolicLink(Path.Combine(Root, "chain"), "outside");
        File.CreateSymbolicLink(Path.Combine(Root, "nowhere"), Path.Combine(_directory.Path, "missing"));
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "entry"), Root);
        Roots roots = Of([Root]);

        // Not by Path.Combine alone: that would mend what is to be tried.
        Assert.Equal(isInside ? null : "outside-root", Code(() => roots.Require($"{_directory.Path}/{path}")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_no_file_is_called_is_told_so(bool isLimited) =>
        Assert.Equal("not-a-request", Code(() => Of(isLimited ? [Root] : null).Require($"{Root}/a\0b")));

    [Fact]
    public void The_root_itself_may_be_a_link_or_all_there_is()
    {
        Directory.CreateDirectory(Root);
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "link"), Root);

        Assert.Null(Code(() => Of([Path.Combine(_directory.Path, "link")]).Require(Path.Combine(Root, "a"))));
        Assert.Null(Code(() => Of([Path.GetPathRoot(_directory.Path)!]).Require(_directory.Path)));
        Assert.Null(Code(() => Of(null).Require(_directory.Path)));
        Assert.Equal("outside-root", Code(() => Of([]).Require(_directory.Path)));
    }

    [Theory]
    [InlineData("image", """{"source":"/dev/sr7","directory":"ROOT/out"}""", true)]
    [InlineData("image", """{"source":"/dev/sr7","directory":"/elsewhere"}""", false)]
    [InlineData("image", """{"source":"/dev/sda","directory":"ROOT/out"}""", false)] // a disk is no drive
    [InlineData("image", """{"source":"/dev/sr7","directory":"ROOT/out","catalogue":"/elsewhere/c.db"}""", false)]
    [InlineData("image", """{"source":"ROOT/a.iso","directory":"ROOT/out","map":"/elsewhere/a.map"}""", false)]
    [InlineData("image", """{"source":"/dev/sr7","directory":"ROOT/out","catalogue":"/dev/sr7"}""", false)] // a drive is no catalogue
    [InlineData("verify", """{"sources":["ROOT/a.iso","/elsewhere/b.iso"]}""", false)]
    [InlineData("verify", """{"sources":["ROOT/a.iso","ROOT/b.iso"]}""", true)]
    [InlineData("verify", """{"sources":["ROOT/b/../a.iso"]}""", true)]
    [InlineData("verify", """{"sources":["ROOT/../a.iso"]}""", false)]
    [InlineData("inspect", """{"sources":["ROOT/a.iso"],"map":"none"}""", true)]
    [InlineData("merge", """{"output":"ROOT/o.iso","sources":[{"image":"ROOT/a.iso"},{"image":"/elsewhere/b.iso"}]}""", false)]
    [InlineData("scan", """{"catalogue":"ROOT/c.db","what":{"sources":["/"]}}""", false)]
    public void Each_path_of_a_request_is_held_against_the_roots(string verb, string request, bool isFine)
    {
        using JsonDocument json = JsonDocument.Parse(request.Replace("ROOT", Root, StringComparison.Ordinal));

        Assert.Equal(isFine ? null : "outside-root", Code(() => Of([Root]).Check(
            Ordering.Of(Verbs.All.Single(known => known.Name == verb), json.RootElement, path => path.StartsWith("/dev/", StringComparison.Ordinal) ? $"id of {path}" : null, OrderDetails.None))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_says_by_a_request_which_programs_are_run(bool isLimited)
    {
        using JsonDocument json = JsonDocument.Parse($$"""{"paths":["{{Root}}/a"],"programPath":"{{Root}}"}""");
        Roots roots = Of(isLimited ? [Root] : null);

        Assert.Equal("not-a-request", Code(() => roots.Check(Ordering.Of(Verbs.All.Single(known => known.Name == "access"), json.RootElement, _ => null, OrderDetails.None))));
    }

    private static Roots Of(IReadOnlyList<string>? folders) => new(folders, Equipment.OfThisMachine() with { DrivePaths = () => ["/dev/sr7"] });

    private static string? Code(Action action) => Record.Exception(action) is { } thrown ? Assert.IsType<OperationFailedException>(thrown).Failure.Code : null;
}
