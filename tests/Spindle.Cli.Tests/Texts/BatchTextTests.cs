// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Changers.Opening;
using Spindle.Cli.Texts;
using Spindle.Station.Batches;

namespace Spindle.Cli.Tests.Texts;

public sealed class BatchTextTests
{
    private static BatchDocument Document => new()
    {
        Task = BatchTask.Image,
        Robot = new("jukebox", RobotDriver.Smc, "/dev/sg2", "LAB VIRTUAL CHANGER 1.0", RobotKind.Library),
        Directory = "box7",
        Manifest = Path.GetFullPath("box7/manifest.csv"),
        Counts = new(5, 2, 1, 1, 1),
        Rows =
        [
            new() { Number = 1, Slot = "1", Name = "BOX7-0001", State = RowState.Done, Volume = "HOLIDAY_98" },
            new() { Number = 2, Slot = "2", Name = "BOX7-0002", State = RowState.Done, Volume = "HOLIDAY_98", SameAs = 1 },
            new() { Number = 3, Slot = "3", Name = "BOX7-0003", State = RowState.Rejected, Error = new("unexpected-disc", "the disc is WORK, and HOLIDAY_99 was expected", null) },
            new() { Number = 4, Slot = "4", Name = "BOX7-0004", State = RowState.Reading, Drive = "drive0" },
            new() { Number = 5, Slot = "5", Name = "BOX7-0005" },
        ],
        Concerns = [new("bin-full", "the slots for discs that were rejected are full: further ones went back to where they came from", "manifest.csv tells of each where it is")],
    };

    [Fact]
    public void Discs_that_were_imaged() => ApprovedText.Is(Document, new BatchText(), "batch");

    [Fact]
    public void What_is_wrong_alone() => ApprovedText.Is(Document, new BatchText(), "batch.quiet", isQuiet: true);

    [Fact]
    public void Piles_are_to_be_counted() => ApprovedText.Is(
        Document with { Robot = Document.Robot with { Kind = RobotKind.Stacker }, Rows = [], Concerns = [], Counts = new(3, 2, 1, 0, 0) }, new BatchText(), "batch.piles");
}
