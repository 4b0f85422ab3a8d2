// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Restoring.Verifying;
using Spindle.Station.Verifying;

namespace Spindle.Cli.Tests.Texts;

public sealed class VerifyTextTests
{
    private static readonly VerifyDocument Document = new()
    {
        Discs =
        [
            new(0, "Photos_0000", Guid.Empty, "discs/Photos_0000.iso", DiscVerdict.Whole, 12_345, 0, 100, [], [], null, 4096, 4096),
            new(
                1,
                "Photos_0001",
                Guid.Empty,
                "/dev/sr0",
                DiscVerdict.Damaged,
                1,
                22,
                0,
                [
                    new("DATA/a\x1b[31mred", DamageKind.Unreadable, "some of it can't be read", [new(2048, 2048), new(10_240, 1)]),
                    .. Enumerable.Range(0, 21).Select(number => new DamagedFilePart($"DATA/{number} [b]", DamageKind.Differs, "it is not what was archived", [])),
                ],
                [new("UDF004", "ECMA-167 3/7.2", 2048, "...")],
                DiscVerdict.Damaged,
                4096,
                4095)
            {
                FindingsInAll = 1,
            },
        ],
        Missing = [new(2, "Photos_0002", true), new(3, "Photos_0003", null)],
        Refused = [new("no-archive-disc", "holiday.iso is no disc of an archive", "'spindle inspect holiday.iso' says what it is")],
        Concerns = [new("other-disc", "game.iso is another disc")],
    };

    [Fact]
    public void Discs_that_were_verified() => ApprovedText.Is(Document, new VerifyText(), "verify");

    [Fact]
    public void All_that_is_damaged() => ApprovedText.Is(Document, new VerifyText(), "verify.verbose", isVerbose: true);

    [Fact]
    public void Nothing_but_what_is_wrong() => ApprovedText.Is(Document, new VerifyText(), "verify.quiet", isQuiet: true);
}
