// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Changers.Opening;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Robots;

/// <summary>What came of asking a robot.</summary>
public sealed record RobotDocument : Document
{
    /// <summary>What it was asked.</summary>
    public required RobotTask Task { get; init; }

    /// <summary>Which robot.</summary>
    public required RobotPart Robot { get; init; }

    /// <summary>What was moved, in order; the last one may be the reason that nothing more was.</summary>
    public IReadOnlyList<MovePart> Moves { get; init; } = [];

    /// <summary>A move that a program had begun that was ended in the middle of it, and what came of it; null where there was none.</summary>
    public MovePart? Interrupted { get; init; }

    /// <summary>What has happened to the robot since it was asked last; another program may have heard of more.</summary>
    public IReadOnlyList<RobotEvent> Events { get; init; } = [];

    /// <summary>Places of which it was known what they hold, and is not any more.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    /// <summary>Of import: the discs that were looked at, in the order of their slots.</summary>
    public IReadOnlyList<ImportedDiscPart> Discs { get; init; } = [];

    /// <summary>All places, and what they hold at the end.</summary>
    public required IReadOnlyList<PlacePart> Places { get; init; }

    /// <summary>Why it was not done.</summary>
    [JsonIgnore]
    internal Failure? Failure { get; init; }

    /// <inheritdoc/>
    protected override Failure? Ended => Failure;

    /// <inheritdoc/>
    protected override Outcome Found =>
        Interrupted is { Outcome: not (MoveOutcome.Moved or MoveOutcome.Refused) } || Discs.Any(disc => disc.Error is not null) || Places.Any(place => place.Trouble is not null || place is { Place: "arm", Content: PlaceContent.Full })
            ? Outcome.Lacking : Outcome.Done;

    /// <inheritdoc/>
    protected override string Verb => RobotVerb.Name;
}

/// <summary>A robot.</summary>
/// <param name="Name">As robots.json has it; null where it is not from there.</param>
/// <param name="Driver">How it is spoken to.</param>
/// <param name="Device">Its device.</param>
/// <param name="Description">What it says of itself; null where it does not.</param>
/// <param name="Kind">Which discs it reaches.</param>
public sealed record RobotPart(string? Name, RobotDriver Driver, string Device, string? Description, RobotKind Kind);

/// <summary>A place of a robot.</summary>
/// <param name="Place">Which: <c>7</c>, <c>mail1</c>, <c>drive0</c>, <c>arm</c>.</param>
/// <param name="Content">What it holds, as the robot says.</param>
/// <param name="Barcode">What the robot reads on the disc's case; null where it reads nothing.</param>
/// <param name="Source">Where the disc came from; null where the robot does not say.</param>
/// <param name="Trouble">What the robot has to say of it; null for nothing.</param>
/// <param name="Drive">Of a drive: its device; null where nobody knows which drive of this computer it is.</param>
/// <param name="Disc">What was seen of the disc when it was in a drive; null where it was not, or that is not believed any more.</param>
public sealed record PlacePart(string Place, PlaceContent Content, string? Barcode, string? Source, string? Trouble, string? Drive, KnownDiscPart? Disc);

/// <summary>A disc that was looked at.</summary>
/// <param name="Identity">Tells it from others.</param>
/// <param name="Name">What people call it; null where it has no name.</param>
/// <param name="Seen">When it was looked at.</param>
public sealed record KnownDiscPart(string Identity, string? Name, DateTimeOffset Seen);

/// <summary>A move.</summary>
/// <param name="From">Where the disc was.</param>
/// <param name="To">Where it was to go.</param>
/// <param name="Outcome">What became of it, as far as that could be seen.</param>
/// <param name="At">Where the disc is now; null where nobody knows.</param>
/// <param name="Said">What the robot said of it; null for nothing.</param>
/// <param name="Ready">Whether the drive can do something with the disc; null where it came into no drive of this computer.</param>
public sealed record MovePart(string From, string To, MoveOutcome Outcome, string? At, string? Said, bool? Ready)
{
    internal static MovePart Of(MoveResult move) => new(move.From.ToString(), move.To.ToString(), move.Outcome, move.At?.ToString(), move.Said, move.IsReady);
}

/// <summary>A disc that was looked at.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Barcode">What the robot reads on its case.</param>
/// <param name="Identity">Tells it from others; null where nothing could be read.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Disc">Its number in the archive; null where it is no disc of one.</param>
/// <param name="Copy">The copy whose place was entered in the catalogue; null where none was.</param>
/// <param name="Error">Why nothing is known of it, or its place was not entered.</param>
public sealed record ImportedDiscPart(string Slot, string? Barcode, string? Identity, string? Name, int? Disc, string? Copy, Failure? Error);
