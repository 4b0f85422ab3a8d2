// SPDX-License-Identifier: MIT
using Spindle.Burning;
using Spindle.Cli.Texts;
using Spindle.Station.Burning;

namespace Spindle.Cli.Tests.Texts;

/// <summary>Discs that were burned: one that is a copy, and all the ways in which one is none.</summary>
public sealed class BurnTextTests
{
    private static readonly BurnedCopy Copy = new()
    {
        Number = 1,
        Drive = "/dev/sr0",
        Kind = "BD-R",
        MediumId = "MAKER/TYP/000",
        Method = "sequential",
        State = CopyState.Verified,
        SectorsWritten = 12_000_000,
        SectorsOnDisc = 12_000_000,
        LowestBuffer = 92,
        Times = new Dictionary<BurnStep, TimeSpan> { [BurnStep.Burning] = TimeSpan.FromSeconds(1400), [BurnStep.Verifying] = TimeSpan.FromSeconds(1366) },
        WasReloaded = true,
        Comparison = new() { Sectors = 12_000_000, Unreadable = [], Different = [], Slow = [new(11_000_000, 64)] },
        Notes = [new("spare-used", "/dev/sr0 replaced 32 bad sectors of the disc by spare ones", "the disc is not one of the best: check it sooner than others")],
    };

    [Fact]
    public void Copies_that_hold() => ApprovedText.Is(Document(Copy, Copy with { Number = 2, Drive = "/dev/sr1", Notes = [] }), new BurnText(), "burn");

    [Fact]
    public void Discs_that_are_no_copies() => ApprovedText.Is(
        Document(
            2,
            Copy with
            {
                State = CopyState.Spoiled,
                Comparison = new() { Sectors = 12_000_000, Unreadable = [new(1000, 3)], Different = [new(2000, 1)], Slow = [] },
                Failure = new("copy-differs", "the disc is not the image", "mark the disc"),
                Notes = [],
            },
            Bare(CopyState.Refused) with { Failure = new("disc-used", "there is something on the disc", "insert a blank disc") },
            Bare(CopyState.Cancelled) with { Failure = new("cancelled", "stopped") }),
        new BurnText(),
        "burn.none");

    [Fact]
    public void A_quiet_terminal_hears_of_what_is_wrong() => ApprovedText.Is(
        Document(1, Copy, Bare(CopyState.Spoiled) with { Failure = new("write-failed", "sector 7 could not be written", "another disc") }), new BurnText(), "burn.quiet", isQuiet: true);

    [Fact]
    public void What_nobody_has_read_is_called_that() => ApprovedText.Is(
        Document(Copy with { State = CopyState.Burned, Comparison = null, Notes = [] }, Copy with { State = CopyState.Burned, Comparison = null, Notes = [] }), new BurnText(), "burn.unverified");

    [Fact]
    public void A_simulation_made_no_copy() => ApprovedText.Is(
        Document(Copy with { State = CopyState.Simulated, Comparison = null, Notes = [] }) with { Simulated = true }, new BurnText(), "burn.simulated");

    [Fact]
    public void Discs_of_an_archive_until_each_has_its_copies() => ApprovedText.Is(
        new BurnDocument
        {
            Images =
            [
                Image("Set_0003.iso", 0, Copy) with { Disc = 3, CopiesHeld = 1 },
                Image("Set_0004.iso", 1) with { Disc = 4, Bytes = null, Sectors = null, Sha256 = null, Error = new("image-changed", "Set_0004.iso is not what its record says", "'spindle audit' tells") },
            ],
            Discs = [new(Copy with { Notes = [] }) { Image = "Set_0003.iso", Remembered = new(3, "B") }],
            Catalogue = "catalogue.db",
        },
        new BurnText(),
        "burn.archive");

    [Fact]
    public void Nothing_need_be_burned() => ApprovedText.Is(
        new BurnDocument { Images = [Image("Set_0003.iso", 0) with { Disc = 3, Bytes = null, Sectors = null, Sha256 = null, CopiesHeld = 2 }], Discs = [], Catalogue = "catalogue.db" },
        new BurnText(),
        "burn.nothing");

    private static BurnedCopy Bare(CopyState state) => new() { Number = 2, Drive = "/dev/sr1", State = state };

    private static BurnDocument Document(params BurnedCopy[] copies) => Document(0, copies);

    private static BurnDocument Document(int lacking, params BurnedCopy[] copies) => new()
    {
        Images = [Image("disc.iso", lacking, copies)],
        Discs = [.. copies.Select(copy => new BurnedDiscPart(copy) { Image = "disc.iso" })],
    };

    private static BurnedImagePart Image(string path, int lacking, params BurnedCopy[] copies) => new()
    {
        Image = path,
        Bytes = 24_576_000_000,
        Sectors = 12_000_000,
        Sha256 = new('a', 64),
        Recorded = true,
        CopiesWanted = 2,
        CopiesVerified = copies.Count(copy => copy.State == CopyState.Verified),
        CopiesUnverified = copies.Count(copy => copy.State == CopyState.Burned),
        CopiesLacking = lacking,
    };
}
