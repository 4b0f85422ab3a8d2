// SPDX-License-Identifier: MIT
using Spindle.Cli.Texts;
using Spindle.Media;
using Spindle.Station.Archiving;
using Spindle.Station.Restoring;

namespace Spindle.Cli.Tests.Texts;

public sealed class ArchivingTextTests
{
    private static readonly ScannedSourcePart Source = new()
    {
        Source = "/home/photos",
        Prefix = "",
        Scan = 2,
        Resumed = true,
        Files = 12_345,
        Directories = 1,
        Others = 1,
        Bytes = 4_700_000_000,
        FilesRead = 1,
        BytesRead = 5,
        Added = 1_000,
        Changed = 2,
        Moved = 3,
        Deleted = 0,
        ProblemCount = 22,
        Problems = [.. Enumerable.Range(0, 22).Select(number => new Failure("source-denied", $"{number}\x1b[31m may not be read"))],
        Concerns = [new("other-file-system", "/home/photos/mnt is another file system", "leave --one-file-system out")],
        DurationSeconds = 83,
    };

    private static readonly PlanDocument Plan = new()
    {
        CapacitySectors = 358_000,
        ImageSectors = 300_000,
        LowerBound = 1,
        Gap = 1,
        Fill = 0.985,
        Cohesion = 1,
        Spread = 1,
        Files = 12_345,
        Bytes = 4_700_000_000,
        References = 1,
        NamesUnknown = 0,
        Waiting = [1, 2],
        Sets = [new(0, default, 3, 4, 2), new(1, default, 5, 5, 1)],
        Warnings = [new("no-rim-protection", "discs are damaged at their rims first", "plan with --parity 10%, too")],
        Discs = [new(3, "Photos_0003", 357_000, 12_344, 4_600_000_000), new(4, "Photos_[4]", 1_000, 1, 1)],
        Divisions = [new("", "file", 2, "larger-than-a-disc"), new("photos", "directory", 3, "larger-than-a-disc")],
    };

    private static readonly WriteDocument Written = new()
    {
        Discs =
        [
            new(3, true, "/out/Photos_0003.iso", 357_000, "5a4f", true, false, []) { Files = 1 },
            new(4, true, "/out/Photos_0004.iso", 1, "5a4f", false, true, []) { Files = 2 },
            new(5, true, null, 1, null, false, false, []) { Files = 2 },
            new(6, false, "/out/Photos_0006.iso.part", 1, null, false, false, [.. Enumerable.Range(0, 21).Select(number => new SourceProblemPart($"{number}", "source-changed", $"{number} has changed"))]),
        ],
        Sets =
        [
            new(0, [], true, [new(1, "PHOTOS_S000_P1", "/out/Photos_S000_P1.iso", 1, "5a4f")]),
            new(1, [5, 6], false, [new(1, "PHOTOS_S001_P1", null, null, null)]),
        ],
    };

    [Fact]
    public void A_tree_that_was_scanned() => ApprovedText.Is(new ScanDocument { Catalogue = "/c.db", Sources = [Source] }, new ScanText(), "scan");

    [Fact]
    public void Discs_that_were_planned() => ApprovedText.Is(Plan, new PlanText(), "plan");

    [Fact]
    public void Nothing_new_to_plan() => ApprovedText.Is(Plan with { Discs = [], Waiting = [], Sets = [], Warnings = [] }, new PlanText(), "plan.nothing");

    [Fact]
    public void Names_that_come_onto_no_disc() => ApprovedText.Is(
        Plan with { Discs = [], Sets = [], Warnings = [], NamesUnknown = 1, NamesOnNoDisc = new("names-on-no-disc", "no content is new, but 1 name is", "--names plans a disc for them") }, new PlanText(), "plan.names");

    [Fact]
    public void Discs_that_were_made() => ApprovedText.Is(Written, new WriteText(), "write");

    [Fact]
    public void All_in_one_go() => ApprovedText.Is(
        new ArchiveDocument { Catalogue = "/c.db", Sources = [Source], Plan = Plan, Discs = Written.Discs }, new WriteText(), "archive.quiet", isQuiet: true);

    [Fact]
    public void What_was_got_back() => ApprovedText.Is(
        new RestoreDocument
        {
            DryRun = false,
            Catalogue = "/c.db",
            FilesRestored = 12_345,
            FilesPresent = 1,
            FilesNotRestored = 1,
            OthersNotRestored = 2,
            OthersRestored = 0,
            Bytes = 4_700_000_000,
            DiscsUsed = [new(1, "Set_0001", [], 1, 1, AtHand: true)],
            DiscsMissing = [new(2, "Set_0002", ["B: bank vault"], 1, 2048, AtHand: false)],
            Missing = [new("a\x1b[31m", 10, [2, 3], []), new("b", 10, [], [new(0, 1)])],
            Damaged = [new("c", 10, 1, "c.damaged", [new(0, 5), new(7, 1)]), new("d", 10, 1, "d.damaged.2", [])],
            NamesChanged = 1001,
            Renamed = [new("g:\x07", "g__"), new("h/a", "h/a~2")],
            Problems = [new("already-there", "e is there, and is something else", "--overwrite replaces it")],
            Concerns = [new("no-archive-disc", "x.iso is no disc of an archive")],
        },
        new RestoreText(),
        "restore");

    [Fact]
    public void Nothing_lacks() => ApprovedText.Is(
        new RestoreDocument
        {
            DryRun = false,
            Catalogue = "/c.db",
            FilesRestored = 1,
            FilesPresent = 0,
            FilesNotRestored = 0,
            OthersNotRestored = 0,
            OthersRestored = 0,
            Bytes = 1,
            DiscsUsed = [new(1, "Set_0001", [], 1, 1, AtHand: true)],
            DiscsMissing = [],
            Missing = [],
            Damaged = [],
            NamesChanged = 0,
            Renamed = [],
            Problems = [],
            Concerns = [],
            DiscsMadeAgain = ["Set_0002.iso"],
        },
        new RestoreText(),
        "restore.whole");
}
