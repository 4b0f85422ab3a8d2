// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Imaging.Auditing;
using Spindle.Imaging.Hashing;
using Spindle.Media;
using Spindle.Station.Auditing;

namespace Spindle.Cli.Tests.Texts;

public sealed class AuditTextTests
{
    private static readonly DateTimeOffset Then = new(2026, 11, 29, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Images_that_were_audited() => ApprovedText.Is(Document(), new AuditText(), "audit");

    [Fact]
    public void Nothing_but_what_needs_a_person() => ApprovedText.Is(Document(), new AuditText(), "audit.quiet", isQuiet: true);

    [Fact]
    public void A_collection_without_images() => ApprovedText.Is(new AuditDocument([], default), new AuditText(), "audit.nothing");

    private static AuditDocument Document() => new(
        [
            Image(AuditState.Pass, "it has its SHA-256") with { IsFromStorage = true },
            Image(AuditState.Changed, "its SHA-256 is not what b_manifest.json says") with
            {
                Hint = "/mirror/b.iso is whole: put a copy of it in its place",
                Differing = [new SectorRange(341, 2), new SectorRange(1000, 1)],
                FilesHit = ["/a\x1b[31mred", "/2", "/3", "/4", "/5", "/6", "/7"],
            },
            Image(AuditState.Skipped, "d_manifest.json is of a run that ended as 'failed': there is no image that it vouches for"),
            Image(AuditState.NoRecord, "nothing says what it must be") with { Hint = "--adopt makes a record that vouches for it from now on" },
            Image(AuditState.Unverifiable, "x_manifest.json names an image that is not in its own folder") with { Image = null, Records = ["/discs/x_manifest.json"] },
        ],
        default);

    private static AuditedImage Image(AuditState state, string detail) => new()
    {
        State = state,
        Image = $"/discs/{state}.iso",
        Records = [],
        Size = 4_700_000_000,
        Detail = detail,
        Hashes = [new(HashKind.Sha256, "00", "00")],
        At = Then,
    };
}
