// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Station.Discs;
using Spindle.Station.Finding;

namespace Spindle.Cli.Tests.Texts;

public sealed class FindTextTests
{
    private static readonly FoundPlacePart Place = new(3, "Photos_0003", null, 0, 5_000_000, "written", "2026-01-31T12:00:00Z", "whole", [new("B", "bank vault"), new("C", null)]);

    private static readonly ImagedDiscPart Imaged = new("box12-09", "/discs/box12-09.iso", null, null, null, null, DateTimeOffset.UnixEpoch, 700_000_000, null, "incomplete", 5, "box 12");

    private static readonly WhereDocument Document = new()
    {
        Matches =
        [
            new("photos/beach.jpg", 5_000_000, "5a4f", DateTimeOffset.UnixEpoch, 2, null, [Place], null),
            new("photos/beach.jpg", 12_000_000_000, "5a4e", DateTimeOffset.UnixEpoch, 1, 2, [Place with { Part = 2, Copies = [], LastVerified = null }], null),
            new("photos/[new].jpg", 1, null, null, 3, null, [], null),
            new("README.TXT", 100, null, null, null, null, [], Imaged),
        ],
    };

    [Fact]
    public void Files_and_where_they_are() => ApprovedText.Is(Document, new FindText(), "find");

    [Fact]
    public void Nothing_at_all() => ApprovedText.Is(new WhereDocument { Matches = [] }, new FindText(), "find.nothing");
}
