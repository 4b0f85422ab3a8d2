// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Changers.Moving;
using Spindle.Changers.Opening;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Drives;

namespace Spindle.Station.Robots;

/// <summary>Which robot is meant, by its name in <c>robots.json</c>, and what of its settings is otherwise this time.</summary>
public sealed record RobotChoice
{
    /// <summary>Its name; null for the only one that there is, or one that the other settings are enough for.</summary>
    public string? Name { get; init; }

    /// <summary>How it is spoken to.</summary>
    [JsonConverter(typeof(JsonForm.Words<RobotDriver>))]
    public RobotDriver? Driver { get; init; }

    /// <summary>Its device, such as <c>/dev/sg2</c>.</summary>
    public string? Device { get; init; }

    /// <summary>Of the driver command: the script.</summary>
    public string? Program { get; init; }

    /// <summary>The drives that it serves, by its own numbers from 0; empty where the robot tells.</summary>
    public IReadOnlyList<string> Drives { get; set; } = [];

    /// <summary>Of the driver hand: how many places the shelf has.</summary>
    public int? Slots { get; init; }

    /// <summary>Whether the computer opens the drives' trays, for the robot does not.</summary>
    public bool? OpensTrays { get; init; }

    /// <summary>How long a move may take, in seconds.</summary>
    public int? MoveSeconds { get; init; }

    /// <summary>Opens it.</summary>
    /// <returns>The robot, the settings that it was opened with, and its name, which may be none.</returns>
    /// <exception cref="OperationFailedException">There is no such robot, or it does not answer.</exception>
    internal (DiscMover Mover, RobotSettings Settings, string? Name) Open(Work work)
    {
        (string? name, RobotSettings known) = Named(RobotsFile.In(work.Equipment.Folder));
        RobotSettings settings = known with
        {
            Driver = Driver ?? known.Driver,
            Device = Device ?? known.Device,
            Program = Program ?? known.Program,
            Drives = Drives.Count > 0 ? Drives : known.Drives,
            Slots = Slots ?? known.Slots,
            OpensTrays = OpensTrays ?? known.OpensTrays,
            MoveSeconds = MoveSeconds ?? known.MoveSeconds,
        };
        return (OpenerOf(work).Open(settings), settings, name);
    }

    private (string? Name, RobotSettings Settings) Named(IReadOnlyDictionary<string, RobotSettings> robots)
    {
        if (Name is not null)
        {
            return robots.TryGetValue(Name, out RobotSettings? named) ? (Name, named)
                : throw Usage.Error($"robots.json has no robot {Name}", robots.Count == 0 ? "it has none, or is not there: docs/manual/robots.md" : $"it has {string.Join(", ", robots.Keys)}");
        }

        return Driver is not null || Device is not null || robots.Count == 0 ? (null, new())
            : robots.Count == 1 ? (robots.Keys.Single(), robots.Values.Single())
            : throw Usage.Error("robots.json has several robots", $"name one: --robot {string.Join(", --robot ", robots.Keys)}");
    }

    private static RobotOpener OpenerOf(Work work)
    {
        Equipment equipment = work.Equipment;
        DriveNames names = DriveNames.In(equipment.Folder);
        (string Path, string? Identity)[] drives = [];
        (string Path, string? Identity)[] All() => drives.Length > 0 ? drives : drives = [.. equipment.DrivePaths().Select(path => (path, IdentityOf(equipment, path)))];
        return new()
        {
            Ports = equipment.Robots,
            Folder = equipment.Folder,
            Ask = (sentence, stop) => work.Answers.ConfirmAsync(new("robot-by-hand", sentence), stop).GetAwaiter().GetResult(),
            DrivePath = word => All().Where(drive => drive.Path == word || drive.Identity == word || string.Equals(names[drive.Identity], word, StringComparison.OrdinalIgnoreCase)).Select(drive => drive.Path).FirstOrDefault(),
            Drives = All,
            Time = equipment.Time,
        };
    }

    private static string? IdentityOf(Equipment equipment, string path)
    {
        try
        {
            return equipment.DriveIdentity(path);
        }
        catch (OperationFailedException)
        {
            return null; // a drive that may not be opened is not told apart
        }
    }
}
