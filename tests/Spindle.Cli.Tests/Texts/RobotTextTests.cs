// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Changers.Opening;
using Spindle.Cli.Texts;
using Spindle.Station.Robots;

namespace Spindle.Cli.Tests.Texts;

public sealed class RobotTextTests
{
    private static readonly DateTimeOffset Seen = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly PlacePart[] Places =
    [
        new("drive0", PlaceContent.Full, "VOL002", "2", null, "/dev/sr0", new("uuid:1", "PHOTOS_0002", Seen)),
        new("drive1", PlaceContent.Unknown, null, null, null, null, null),
        new("arm", PlaceContent.Empty, null, null, null, null, null),
        new("mail1", PlaceContent.Empty, null, null, null, null, null),
        new("1", PlaceContent.Full, "VOL001", null, null, null, null),
        new("2", PlaceContent.Empty, null, null, null, null, null),
        new("3", PlaceContent.Full, null, null, "the robot can't reach it now", null, null),
    ];

    private static RobotDocument Document => new() { Task = RobotTask.Status, Robot = new("jukebox", RobotDriver.Smc, "/dev/sg2", "LAB VIRTUAL CHANGER 1.0", RobotKind.Library), Places = Places };

    [Fact]
    public void What_lies_where() => ApprovedText.Is(Document, new RobotText(), "robot");

    [Fact]
    public void What_a_person_must_know_first() => ApprovedText.Is(
        Document with
        {
            Interrupted = new("4", "drive0", MoveOutcome.Jammed, "arm", null, null),
            Events = [RobotEvent.MailOpened],
            Forgotten = ["1", "3"],
            Places = [.. Places.Select(place => place.Place == "arm" ? place with { Content = PlaceContent.Full } : place)],
        },
        new RobotText(),
        "robot.trouble",
        isQuiet: true);

    [Fact]
    public void Discs_that_were_looked_at() => ApprovedText.Is(
        Document with
        {
            Task = RobotTask.Import,
            Discs =
            [
                new("1", "VOL001", "uuid:1", "PHOTOS_0001", 1, "main", null), new("2", null, "volume:2", null, null, null, null),
                new("3", "VOL003", null, null, null, null, new("disc-not-told", "the first sectors of the disc in /dev/sr0 can't be read, so nobody knows which it is", null)),
            ],
        },
        new RobotText(),
        "robot.import");

    [Fact]
    public void A_disc_that_was_moved() => ApprovedText.Is(Document with { Task = RobotTask.Load, Moves = [new("2", "drive0", MoveOutcome.Moved, "drive0", null, false)] }, new RobotText(), "robot.load");
}
