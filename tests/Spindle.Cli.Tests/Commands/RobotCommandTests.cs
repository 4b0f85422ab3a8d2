// SPDX-License-Identifier: MIT
using Spindle.Changers.Opening;
using Spindle.Cli.Commands;
using Spindle.Cli.Terminals;
using Spindle.Station.Robots;

namespace Spindle.Cli.Tests.Commands;

public sealed class RobotCommandTests
{
    [Fact]
    public void Each_setting_of_a_robot_is_an_option()
    {
        RobotRequest request = Parse("load 7 /dev/sr1 --robot jukebox --driver command --device /dev/sg2 --program /bin/mtx --drives /dev/sr0,left --drives right --slots 9 --opens-trays --move-seconds 60");

        Assert.Equal((RobotTask.Load, "7", "/dev/sr1"), (request.Task, request.From, request.To));
        Assert.Equal(["/dev/sr0", "left", "right"], request.Robot.Drives);
        Assert.Equal(
            ("jukebox", RobotDriver.Command, "/dev/sg2", "/bin/mtx", 9, true, 60),
            (request.Robot.Name, request.Robot.Driver!.Value, request.Robot.Device, request.Robot.Program, request.Robot.Slots!.Value, request.Robot.OpensTrays!.Value, request.Robot.MoveSeconds!.Value));
    }

    [Fact]
    public void What_is_not_said_is_left_to_the_file()
    {
        RobotChoice robot = Parse("status").Robot;

        Assert.Equal((null, null, null, null, null), (robot.Name, robot.Driver, robot.Slots, robot.OpensTrays, robot.MoveSeconds));
        Assert.Empty(robot.Drives);
    }

    [Fact]
    public void A_disc_goes_out_of_a_drive_into_a_slot()
    {
        RobotRequest request = Parse("unload drive1 9");

        Assert.Equal((RobotTask.Unload, "drive1", "9"), (request.Task, request.From, request.To));
    }

    [Fact]
    public void Slots_are_looked_into_for_a_catalogue()
    {
        RobotRequest request = Parse("import 3 4 --again --catalogue c.db --copy B");

        Assert.Equal(["3", "4"], request.Slots);
        Assert.Equal((true, "c.db", "B"), (request.Again, request.Catalogue, request.Copy));
    }

    private static RobotRequest Parse(string words)
    {
        using Terminal terminal = new(() => TextReader.Null) { Output = TextWriter.Null, Error = TextWriter.Null };
        RobotCommand command = new(new(terminal));
        return command.ToRequest(command.Parse(words));
    }
}
