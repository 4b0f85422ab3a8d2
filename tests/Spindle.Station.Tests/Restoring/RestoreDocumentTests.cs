// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Restoring;

namespace Spindle.Station.Tests.Restoring;

public sealed class RestoreDocumentTests
{
    private static readonly NeededDiscPart Disc = new(1, "Set_0001", [], 1, 1, AtHand: false);

    private static readonly RestoreDocument Whole = new()
    {
        DryRun = false,
        Catalogue = "catalogue.db",
        FilesRestored = 1,
        FilesPresent = 0,
        FilesNotRestored = 0,
        OthersNotRestored = 0,
        OthersRestored = 0,
        Bytes = 1,
        DiscsUsed = [Disc],
        DiscsMissing = [],
        Missing = [],
        Damaged = [],
        NamesChanged = 0,
        Renamed = [],
        Problems = [],
        Concerns = [],
    };

    [Fact]
    public void All_that_was_asked_for_is_there() => Assert.Equal((Outcome.Done, 1), (Whole.Outcome, Whole.Swaps));

    [Fact]
    public void Anything_that_is_not_there_is_lacking()
    {
        RestoreDocument[] lacking =
        [
            Whole with { FilesNotRestored = 1 },
            Whole with { OthersNotRestored = 1 },
            Whole with { NamesChanged = 1 },
            Whole with { DiscsMissing = [Disc] },
            Whole with { Missing = [new("a", 1, [], [])] },
            Whole with { Damaged = [new("a", 1, 1, null, [])] },
            Whole with { Problems = [new Failure("target-failed", "x")] },
        ];

        Assert.All(lacking, document => Assert.Equal(Outcome.Lacking, document.Outcome));
    }

    [Fact]
    public void On_a_dry_run_a_disc_may_still_be_brought() => Assert.Equal(Outcome.Done, (Whole with { DryRun = true, DiscsMissing = [Disc] }).Outcome);
}
