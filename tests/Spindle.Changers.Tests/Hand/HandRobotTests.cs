// SPDX-License-Identifier: MIT
using Spindle.Changers.Hand;
using Spindle.Drives;

namespace Spindle.Changers.Tests.Hand;

public sealed class HandRobotTests : DiscRobotContract
{
    private readonly List<string> _asked = [];
    private readonly HashSet<string> _full = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Asks_in_sentences()
    {
        using IDiscRobot robot = Create();

        _ = robot.Move(RobotPlace.Slot(2), RobotPlace.Drive(1), Stop);
        _ = robot.Move(RobotPlace.Drive(1), RobotPlace.Slot(4), Stop);

        Assert.Equal(
            ["Take the disc from slot 2, put it into /dev/sr1, and close the tray. Is it in?", "Take the disc out of /dev/sr1, put it into slot 4, and close the empty tray. Is that done?"],
            _asked);
    }

    [Fact]
    public void Who_says_no_has_moved_nothing()
    {
        using HandRobot robot = new(["/dev/sr0"], 0, _ => MediumStatus.NoDisc, (_, _) => false);

        Assert.Equal(MoveOutcome.Refused, robot.Move(RobotPlace.Next, RobotPlace.Drive(0), Stop).Outcome);
    }

    [Fact]
    public void Without_a_shelf_there_are_piles()
    {
        using HandRobot robot = new(["/dev/sr0"], 0, _ => MediumStatus.TrayOpen, (_, _) => true);

        Assert.Equal(RobotKind.Stacker, robot.Kind);
        Assert.Equal([RobotPlace.Drive(0), RobotPlace.Next, RobotPlace.Accept, RobotPlace.Reject], robot.Inventory(anew: false, Stop).Elements.Select(element => element.Place));
        Assert.All(robot.Inventory(anew: false, Stop).Elements, element => Assert.Equal(PlaceContent.Unknown, element.Content));
    }

    protected override IDiscRobot Create() => new HandRobot(["/dev/sr0", "/dev/sr1"], 4, path => _full.Contains(path) ? MediumStatus.Ready : MediumStatus.NoDisc, (sentence, _) =>
    {
        _asked.Add(sentence);
        foreach (string drive in new[] { "/dev/sr0", "/dev/sr1" }.Where(sentence.Contains))
        {
            bool isChanged = sentence.Contains($"out of {drive}", StringComparison.Ordinal) ? _full.Remove(drive) : _full.Add(drive);
            Assert.True(isChanged);
        }

        return true;
    });
}
