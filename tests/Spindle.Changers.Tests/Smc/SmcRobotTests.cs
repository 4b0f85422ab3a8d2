// SPDX-License-Identifier: MIT
using Spindle.Changers.Smc;
using Spindle.Drives.Mmc;
using Spindle.Media;
using Spindle.Testing.Changers;

namespace Spindle.Changers.Tests.Smc;

public sealed class SmcRobotTests : DiscRobotContract
{
    private readonly SimulatedChanger _changer = new(["VOL001", "VOL002", null, null]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_device_of_another_kind_is_no_robot()
    {
        _changer.DeviceType = 5;

        Assert.Equal("not-a-robot", Assert.Throws<OperationFailedException>(Create).Failure.Code);
    }

    [Fact]
    public void Tells_barcodes_sources_and_which_drive_is_which()
    {
        using IDiscRobot robot = Create();
        Assert.Equal(MoveOutcome.Moved, robot.Move(RobotPlace.Slot(2), RobotPlace.Drive(1), Stop).Outcome);

        RobotInventory inventory = robot.Inventory(anew: false, Stop);

        Assert.Equal("VOL001", inventory[RobotPlace.Slot(1)]!.Barcode);
        Assert.Equal(new(RobotPlace.Drive(1), PlaceContent.Full) { Barcode = "VOL002", Source = RobotPlace.Slot(2), DriveName = "SIM DRIVE SER00001" }, inventory[RobotPlace.Drive(1)]);
    }

    [Fact]
    public void What_it_has_to_say_first_is_told_once()
    {
        using IDiscRobot robot = Create();
        Assert.Equal([RobotEvent.Reset], robot.Inventory(anew: false, Stop).Events);
        _changer.SayFirst(0x28, 0x01);

        Assert.Equal([RobotEvent.MailOpened], robot.Inventory(anew: false, Stop).Events);
        Assert.Empty(robot.Inventory(anew: false, Stop).Events);
    }

    [Fact]
    public void Is_asked_for_less_where_it_has_no_reader_of_barcodes_and_no_names()
    {
        (_changer.ReadsTags, _changer.TellsNames) = (false, false);
        using IDiscRobot robot = Create();

        RobotInventory inventory = robot.Inventory(anew: false, Stop);

        Assert.Equal(PlaceContent.Full, inventory[RobotPlace.Slot(1)]!.Content);
        Assert.Null(inventory[RobotPlace.Slot(1)]!.Barcode);
        Assert.Null(inventory[RobotPlace.Drive(0)]!.DriveName);
    }

    [Fact]
    public void Slots_that_it_tells_nothing_of_are_unknown_and_not_empty()
    {
        _changer.Silent.Add(2);
        using IDiscRobot robot = Create();

        Assert.Equal([PlaceContent.Unknown, PlaceContent.Unknown, PlaceContent.Unknown, PlaceContent.Unknown], robot.Inventory(anew: false, Stop).Of(PlaceKind.Slot).Select(element => element.Content));
    }

    [Fact]
    public void Two_hundred_slots_are_asked_for_by_forties()
    {
        SimulatedChanger large = new(Enumerable.Range(1, 200).Select(number => number % 3 == 0 ? null : $"V{number:D3}")) { MostAtOnce = 40 };
        using SmcRobot robot = new("/dev/sg2", large, TimeProvider.System);

        RobotElement[] slots = [.. robot.Inventory(anew: false, Stop).Of(PlaceKind.Slot)];

        Assert.Equal(200, slots.Length);
        Assert.All(slots, slot => Assert.Equal(slot.Place.Number % 3 == 0 ? PlaceContent.Empty : PlaceContent.Full, slot.Content));
        Assert.Equal("V200", slots[^1].Barcode);
    }

    [Fact]
    public void Which_slots_there_are_is_asked_by_the_longer_command_where_the_shorter_is_not_known()
    {
        _changer.Unknown.UnionWith([0x1A, 0x00]);
        using IDiscRobot robot = Create();

        Assert.Equal(4, robot.Inventory(anew: false, Stop).Of(PlaceKind.Slot).Count());
    }

    [Theory]
    [InlineData(SenseKey.IllegalRequest, 0x3B, 0x0D, MoveOutcome.DestinationFull)]
    [InlineData(SenseKey.IllegalRequest, 0x3B, 0x0E, MoveOutcome.SourceEmpty)]
    [InlineData(SenseKey.IllegalRequest, 0x3B, 0x11, MoveOutcome.Locked)]
    [InlineData(SenseKey.IllegalRequest, 0x53, 0x02, MoveOutcome.Locked)]
    [InlineData(SenseKey.IllegalRequest, 0x21, 0x01, MoveOutcome.NoSuchPlace)]
    [InlineData(SenseKey.NotReady, 0x04, 0x03, MoveOutcome.Refused)]
    [InlineData(SenseKey.HardwareError, 0x15, 0x01, MoveOutcome.Jammed)]
    [InlineData(SenseKey.HardwareError, 0x53, 0x00, MoveOutcome.Jammed)]
    [InlineData(SenseKey.AbortedCommand, 0x00, 0x00, MoveOutcome.Unknown)]
    public void A_move_that_is_refused_says_why(SenseKey key, byte code, byte qualifier, MoveOutcome outcome)
    {
        _changer.Refused[1] = new(key, code, qualifier);
        using IDiscRobot robot = Create();

        MoveReply reply = robot.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop);

        Assert.Equal(outcome, reply.Outcome);
        Assert.Contains($"{code:X2}/{qualifier:X2}", reply.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_robot_that_has_no_power_is_told_as_silent_and_its_move_as_unknown()
    {
        _changer.DiesAt = 1;
        using IDiscRobot robot = Create();

        Assert.Equal(MoveOutcome.Unknown, robot.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).Outcome);
        Assert.Equal("robot-silent", Assert.Throws<OperationFailedException>(() => robot.Inventory(anew: false, Stop)).Failure.Code);
    }

    [Fact]
    public void A_move_is_not_sent_before_the_robot_is_ready()
    {
        using IDiscRobot robot = Create();
        _ = robot.Inventory(anew: false, Stop);
        _changer.SayFirst(0x28, 0x01);

        Assert.Equal(MoveOutcome.Moved, robot.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).Outcome);
        Assert.Equal([RobotEvent.MailOpened], robot.Inventory(anew: false, Stop).Events);
    }

    [Theory]
    [InlineData(0x00, SenseKey.NotReady, 0x04, 0x03, "robot-not-ready")]
    [InlineData(0xB8, SenseKey.HardwareError, 0x44, 0x00, "robot-refused")]
    public void A_robot_that_tells_nothing_is_told_in_its_own_words(byte command, SenseKey key, byte code, byte qualifier, string failure)
    {
        _changer.Answers[command] = new(key, code, qualifier);
        using IDiscRobot robot = Create();

        Failure told = Assert.Throws<OperationFailedException>(() => robot.Inventory(anew: false, Stop)).Failure;

        Assert.Equal(failure, told.Code);
        Assert.Contains($"{code:X2}/{qualifier:X2}", told.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_robot_whose_slots_lie_among_its_mail_slots_is_not_moved()
    {
        SimulatedChanger odd = new(["VOL001"]) { MailAmongSlots = true };
        using SmcRobot robot = new("/dev/sg2", odd, TimeProvider.System);

        Assert.Equal("robot-nonsense", Assert.Throws<OperationFailedException>(() => robot.Inventory(anew: false, Stop)).Failure.Code);
    }

    protected override IDiscRobot Create() => new SmcRobot("/dev/sg2", _changer, TimeProvider.System);
}
