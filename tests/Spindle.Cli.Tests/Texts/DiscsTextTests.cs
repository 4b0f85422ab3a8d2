// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Catalogue.Health;
using Spindle.Cli.Texts;
using Spindle.Station.Discs;

namespace Spindle.Cli.Tests.Texts;

public sealed class DiscsTextTests
{
    private static readonly DiscsDocument Document = new()
    {
        Discs =
        [
            new(0, 357_000, 358_000, 1, 5, "written", "Photos_0000", Guid.Empty, "5a4f", "2026-01-31T12:00:00Z", "discs/Photos_0000.iso", "2026-02-01T12:00:00Z", "whole", [new("B", "bank [vault]", null), new("C\x1b[31m", null, null)]),
            new(12, null, 358_000, null, null, "told", "Photos_0012", Guid.Empty, null, null, null, null, null, []),
        ],
        Sets =
        [
            new(0, default, "closed", 0, 11, [], 2, [Parity(1) with { Sha256 = "aa", Copies = [new("A", "bank\x1b[31m", "", true, "whole"), new("B", null, "", true, "whole"), new("C", null, "", false, "whole")] }, Parity(2) with { Sha256 = "bb" }]),
            new(1, default, "closed", 12, 12, [12], 0, [Parity(1)]),
            new(2, default, "closed", 13, 15, [13, 14], -1, [Parity(1)]),
            new(3, default, "open", 16, 17, [], null, [Parity(1)]),
        ],
        Imaged =
        [
            new("box12-09", "/discs/box12-09.iso", "VOLUME", "MS-1", "Board minutes", "cracked", DateTimeOffset.UnixEpoch, 700_000_000, null, "incomplete", 1, "box 12") { Files = 1, Kinds = ["dvd-video", "data"] },
        ],
    };

    [Fact]
    public void Discs_and_their_copies() => ApprovedText.Is(Document, new DiscsText(), "discs");

    [Fact]
    public void Kinds_of_discs() => ApprovedText.Is(Document with { Kinds = [new("dvd-video", 0, 12_345), new("data", 2, 1)] }, new DiscsText(), "discs.kinds");

    [Fact]
    public void No_disc_of_a_kind() => ApprovedText.Is(new DiscsDocument { Discs = [], Imaged = [], OnlyKind = "photo-cd" }, new DiscsText(), "discs.kind");

    [Fact]
    public void How_discs_age()
    {
        DiscRecord disc = new(3, Guid.Empty, "Photos_0003", "written", 1, 2, 1, 1, null, null, null, [], null, null);
        DiscCheck[] checks = [Check(0, "good", 0, 0), Check(100, "watch", 7, 0), Check(200, "copy-now", 30, 0), Check(300, "copy-now", 33, 1)];
        ApprovedText.Is(
            Document with
            {
                Health = [new(disc, checks), new(disc with { Number = 4 }, [])],
                Chart = "/h.svg",
                Refresh =
                [
                    new(3, "Photos_0003", "B", "bank", [RefreshReason.Damaged, RefreshReason.Margin, RefreshReason.Batch], null, 2, 32),
                    new(4, "Photos_0004", "A", null, [RefreshReason.Age], new(2020, 1, 2, 0, 0, 0, TimeSpan.Zero), null, null),
                ],
            },
            new DiscsText(),
            "discs.health",
            isVerbose: true);
    }

    private static KeptParityDiscPart Parity(int row) => new(row, $"PHOTOS_P{row}", null, null, null, []);

    private static DiscCheck Check(int days, string verdict, int worst, long lost) => new()
    {
        At = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays(days),
        Copy = "B",
        Drive = "/dev/sr0",
        Verdict = verdict,
        Roots = 32,
        Blocks = 100,
        SectorsMissing = 0,
        ChecksumMismatches = 0,
        SilentErrors = 0,
        BlocksLost = lost,
        WorstBlock = worst,
        WorstMargin = 32 - worst,
        LongestBearableBurst = 10,
        CopyNowShare = 0.5,
        BlocksByWrongSectors = [],
    };
}
