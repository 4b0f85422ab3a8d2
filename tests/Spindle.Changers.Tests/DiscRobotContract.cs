// SPDX-License-Identifier: MIT
using Spindle.Testing;

namespace Spindle.Changers.Tests;

/// <summary>What each robot with slots must do, whatever it is told by.</summary>
/// <remarks>Each has four slots, of which 1 and 2 hold discs, two drives, and nothing in them.</remarks>
public abstract class DiscRobotContract : IDisposable
{
    private protected TempDirectory Folder { get; } = new();

    /// <summary>Makes one.</summary>
    protected abstract IDiscRobot Create();

    [Fact]
    public void Tells_each_place_once()
    {
        using IDiscRobot robot = Create();

        RobotInventory inventory = robot.Inventory(anew: false, TestContext.Current.CancellationToken);

        Assert.Equal(inventory.Elements.Count, inventory.Elements.Select(element => element.Place).Distinct().Count());
        Assert.Equal([1, 2, 3, 4], inventory.Of(PlaceKind.Slot).Select(element => element.Place.Number));
        Assert.Equal([0, 1], inventory.Of(PlaceKind.Drive).Select(element => element.Place.Number));
        AssertHolds(robot, full: [RobotPlace.Slot(1), RobotPlace.Slot(2)], empty: [RobotPlace.Slot(3), RobotPlace.Slot(4), RobotPlace.Drive(0), RobotPlace.Drive(1)]);
    }

    [Fact]
    public void Looks_again_when_it_is_told_to()
    {
        using IDiscRobot robot = Create();

        Assert.NotEmpty(robot.Inventory(anew: true, TestContext.Current.CancellationToken).Elements);
    }

    [Fact]
    public void Brings_a_disc_into_a_drive_and_back_to_another_slot()
    {
        using IDiscRobot robot = Create();
        _ = robot.Inventory(anew: false, TestContext.Current.CancellationToken);

        Assert.Equal(MoveOutcome.Moved, Move(robot, RobotPlace.Slot(2), RobotPlace.Drive(1)));
        AssertHolds(robot, full: [RobotPlace.Slot(1), RobotPlace.Drive(1)], empty: [RobotPlace.Slot(2), RobotPlace.Drive(0)]);

        Assert.Equal(MoveOutcome.Moved, Move(robot, RobotPlace.Drive(1), RobotPlace.Slot(4)));
        AssertHolds(robot, full: [RobotPlace.Slot(1), RobotPlace.Slot(4)], empty: [RobotPlace.Slot(2), RobotPlace.Drive(1)]);
    }

    [Fact]
    public void Moves_a_disc_from_slot_to_slot()
    {
        using IDiscRobot robot = Create();
        _ = robot.Inventory(anew: false, TestContext.Current.CancellationToken);

        Assert.Equal(MoveOutcome.Moved, Move(robot, RobotPlace.Slot(1), RobotPlace.Slot(3)));

        AssertHolds(robot, full: [RobotPlace.Slot(2), RobotPlace.Slot(3)], empty: [RobotPlace.Slot(1)]);
    }

    [Fact]
    public void A_place_that_it_does_not_have_is_none()
    {
        using IDiscRobot robot = Create();
        _ = robot.Inventory(anew: false, TestContext.Current.CancellationToken);

        Assert.NotEqual(MoveOutcome.Moved, Move(robot, RobotPlace.Slot(99), RobotPlace.Drive(0)));
        Assert.Equal(MoveOutcome.NoSuchPlace, Move(robot, RobotPlace.Next, RobotPlace.Drive(0)));
        AssertHolds(robot, full: [RobotPlace.Slot(1), RobotPlace.Slot(2)], empty: [RobotPlace.Drive(0)]);
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private static MoveOutcome Move(IDiscRobot robot, RobotPlace from, RobotPlace to) => robot.Move(from, to, TestContext.Current.CancellationToken).Outcome;

    /// <summary>A robot that does not see a place may say that it does not know; it must not say what is wrong.</summary>
    private static void AssertHolds(IDiscRobot robot, IEnumerable<RobotPlace> full, IEnumerable<RobotPlace> empty)
    {
        RobotInventory inventory = robot.Inventory(anew: false, TestContext.Current.CancellationToken);
        Assert.All(full, place => Assert.NotEqual(PlaceContent.Empty, inventory[place]!.Content));
        Assert.All(empty, place => Assert.NotEqual(PlaceContent.Full, inventory[place]!.Content));
    }
}
