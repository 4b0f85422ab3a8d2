// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Changers;

/// <summary>What a robot says that a place holds. A claim: nobody has seen the disc.</summary>
[JsonConverter(typeof(JsonForm.Words<PlaceContent>))]
public enum PlaceContent
{
    /// <summary>The robot does not say, or can't see it.</summary>
    Unknown,

    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A disc; in a pile, at least one.</summary>
    Full,
}

/// <summary>A place of a robot, as the robot tells of it.</summary>
/// <param name="Place">Which.</param>
/// <param name="Content">What it holds.</param>
public sealed record RobotElement(RobotPlace Place, PlaceContent Content)
{
    /// <summary>What is printed on the disc's case, where the robot can read it; a hint, never proof. Null where there is none.</summary>
    public string? Barcode { get; init; }

    /// <summary>Where the disc was before it came here; null where the robot does not say.</summary>
    public RobotPlace? Source { get; init; }

    /// <summary>What the robot has to say of it, such as that it can't be reached; null for nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Of a drive: who it says that it is; null where the robot does not say.</summary>
    public string? DriveName { get; init; }
}

/// <summary>Something that has happened to a robot since it was asked last.</summary>
[JsonConverter(typeof(JsonForm.Words<RobotEvent>))]
public enum RobotEvent
{
    /// <summary>It was switched on or reset: arms may have been moved by hand.</summary>
    Reset,

    /// <summary>A mail slot was opened.</summary>
    MailOpened,

    /// <summary>Its door was opened, or discs came in and went out some other way.</summary>
    Changed,
}

/// <summary>What lies where in a robot, as it says.</summary>
/// <param name="Elements">All places, each once.</param>
/// <param name="Events">What it told of first; another program may have heard of more.</param>
public sealed record RobotInventory(IReadOnlyList<RobotElement> Elements, IReadOnlyList<RobotEvent> Events)
{
    /// <summary>What it says of a place; null where it has no such place.</summary>
    public RobotElement? this[RobotPlace place] => Elements.FirstOrDefault(element => element.Place == place);

    /// <summary>The places of a kind, in order.</summary>
    public IEnumerable<RobotElement> Of(PlaceKind kind) => Elements.Where(element => element.Place.Kind == kind).OrderBy(element => element.Place.Number);
}
