// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Station.Robots;

/// <summary>What a robot is to do.</summary>
[JsonConverter(typeof(JsonForm.Words<RobotTask>))]
public enum RobotTask
{
    /// <summary>Tell what lies where.</summary>
    Status,

    /// <summary>Look again what lies where, and tell.</summary>
    Inventory,

    /// <summary>Bring a disc into a drive.</summary>
    Load,

    /// <summary>Take a disc out of a drive.</summary>
    Unload,

    /// <summary>Bring a disc from one place to another.</summary>
    Move,

    /// <summary>Look which discs lie in the slots of which that is not known.</summary>
    Import,
}

/// <summary>What a robot is asked.</summary>
public sealed record RobotRequest
{
    /// <summary>What it is to do.</summary>
    [JsonConverter(typeof(JsonForm.Words<RobotTask>))]
    public required RobotTask Task { get; init; }

    /// <summary>Which robot.</summary>
    public RobotChoice Robot { get; set; } = new();

    /// <summary>Where the disc is: <c>7</c>, <c>mail1</c>, <c>drive0</c>, or of drives their paths; null for the only drive with a disc, of unload.</summary>
    public string? From { get; init; }

    /// <summary>Where it goes; null for the first empty drive, of load, and for the slot that it came from, of unload.</summary>
    public string? To { get; init; }

    /// <summary>Of import: the slots that are looked into; empty for all that are full and not known.</summary>
    public IReadOnlyList<string> Slots { get; set; } = [];

    /// <summary>Of import: whether slots are looked into, too, of which it is known what they hold.</summary>
    public bool Again { get; init; }

    /// <summary>Of import: the catalogue in which the places of an archive's discs are entered; null for none.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Of import: which copy the discs in the robot are, where they have several.</summary>
    public string? Copy { get; init; }
}
