// SPDX-License-Identifier: MIT
using Spindle.Changers.Hand;
using Spindle.Changers.Moving;
using Spindle.Changers.Scripts;
using Spindle.Changers.Smc;
using Spindle.Drives;
using Spindle.Media;

namespace Spindle.Changers.Opening;

/// <summary>What robots need of the machine; a test puts simulated ones here.</summary>
public sealed record RobotPorts
{
    /// <summary>Opens a changer.</summary>
    public Func<string, IScsiTransport> OpenChanger { get; init; } = DiscDevices.OpenRobot;

    /// <summary>The changers of this machine.</summary>
    public Func<IReadOnlyList<string>> Changers { get; init; } = DiscDevices.Robots;

    /// <summary>Makes a drive of a path.</summary>
    public Func<string, IRobotDrive> OpenDrive { get; init; } = path => new RobotDrive(path, DiscDevices.TryOpen, TimeProvider.System);
}

/// <summary>Opens robots by their settings: the only place that knows all drivers.</summary>
public sealed class RobotOpener
{
    private const int UsualSeconds = 300; // as Bareos' MaximumChangerWait

    /// <summary>What it needs of the machine.</summary>
    public RobotPorts Ports { get; init; } = new();

    /// <summary>The station's folder, where what is known of robots is kept.</summary>
    public required string Folder { get; init; }

    /// <summary>Asks a person for a move, in a sentence: whether it was done.</summary>
    public required Func<string, CancellationToken, bool> Ask { get; init; }

    /// <summary>The path of a drive by its path, identity or name; null where there is none.</summary>
    public required Func<string, string?> DrivePath { get; init; }

    /// <summary>The drives of this computer: their paths, and their identities where they have one.</summary>
    public required Func<IReadOnlyList<(string Path, string? Identity)>> Drives { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Opens a robot.</summary>
    /// <param name="settings">Which, and how.</param>
    /// <exception cref="OperationFailedException">The settings do not fit together, or it does not answer.</exception>
    public DiscMover Open(RobotSettings settings)
    {
        if (settings.MoveSeconds is < 1 or > 24 * 60 * 60 || settings.Slots is < 0 or > RobotPlace.MostNumber)
        {
            throw Failures.Settings("a move may take 1 to 86400 seconds, and a shelf have up to 65535 places");
        }

        TimeSpan forMove = TimeSpan.FromSeconds(settings.MoveSeconds ?? UsualSeconds);
        string[] paths = [.. settings.Drives.Select(drive => DrivePath(drive) ?? throw Failures.NoSuchDrive(drive))];
        return settings.Driver switch
        {
            RobotDriver.Smc => OpenSmc(settings, paths, forMove),
            RobotDriver.Command => Of(
                new ScriptRobot(
                    settings.Program ?? throw Failures.Settings("the driver command needs a program: the script that moves the discs"),
                    settings.Device ?? throw Failures.Settings("the driver command needs a device, which the script gets"), paths, forMove)
                {
                    NeedsOpenTray = settings.OpensTrays,
                },
                paths, $"command-{settings.Device}"),
            _ => Of(
                new HandRobot(paths.Length > 0 ? paths : throw Failures.Settings("the driver hand needs the drives"), settings.Slots, path => Ports.OpenDrive(path).Status(), Ask),
                paths, "hand"),
        };
    }

    private DiscMover OpenSmc(RobotSettings settings, string[] paths, TimeSpan forMove)
    {
        string device = settings.Device ?? (Ports.Changers() is [{ } only] ? only : throw Failures.WhichChanger(Ports.Changers()));
        SmcRobot robot = new(device, Ports.OpenChanger(device), Time) { NeedsOpenTray = settings.OpensTrays, ForMove = forMove };
        try
        {
            return Of(robot, paths.Length > 0 ? paths : ByTheirNames(robot), robot.Identity ?? $"smc-{device}");
        }
        catch
        {
            robot.Dispose();
            throw;
        }
    }

    private DiscMover Of(IDiscRobot robot, IReadOnlyList<string?> paths, string key) =>
        new(robot, [.. paths.Select(path => path is null ? null : Ports.OpenDrive(path))], (Folder, key), Time);

    /// <summary>Which drive of this computer is which of the robot's: where it tells their serial numbers. A drive that is not told, or told twice, is none of ours.</summary>
    private string?[] ByTheirNames(SmcRobot robot)
    {
        IReadOnlyList<(string Path, string? Identity)> own = Drives();
        return [.. robot.DriveNames(CancellationToken.None).Select(name =>
        {
            string? serial = name?.Split(' ')[^1];
            string[] fitting = [.. own.Where(drive => serial is { Length: > 3 } && drive.Identity?.EndsWith(serial, StringComparison.Ordinal) == true).Select(drive => drive.Path)];
            return fitting is [var path] ? path : null;
        })];
    }
}
