// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Changers;

/// <summary>What brings discs into drives and takes them out again. All that differs between robots is behind this.</summary>
/// <remarks>
/// It knows no drive but by its number, and its answers are claims: <see cref="Moving.DiscMover"/> does what must be done around a move. One
/// command at a time: not thread-safe. Every wait has a limit.
/// </remarks>
public interface IDiscRobot : IDisposable
{
    /// <summary>Names it as the user did, such as <c>/dev/sg2</c>.</summary>
    string Name { get; }

    /// <summary>What it says of itself: who made it, and which it is; null where it does not say.</summary>
    string? Description { get; }

    /// <summary>Which discs it reaches.</summary>
    RobotKind Kind { get; }

    /// <summary>Whether it takes a disc only out of a drive whose tray is out, and puts one only there.</summary>
    bool NeedsOpenTray { get; }

    /// <summary>Asks what lies where. Moves nothing, but an arm where it has to look.</summary>
    /// <param name="anew">Whether it is to look again, and not to tell what it remembers; may take minutes.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationFailedException">It does not answer, or its answer is none.</exception>
    RobotInventory Inventory(bool anew, CancellationToken stop);

    /// <summary>Moves one disc, and waits for the end of that.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="stop">Ends a wait before the move begins; a move that has begun is waited for.</param>
    /// <returns>What the robot says of it.</returns>
    MoveReply Move(RobotPlace from, RobotPlace to, CancellationToken stop);
}

/// <summary>Which discs a robot reaches.</summary>
[JsonConverter(typeof(JsonForm.Words<RobotKind>))]
public enum RobotKind
{
    /// <summary>Any one, in slots.</summary>
    Library,

    /// <summary>The next one of a pile, and never that again.</summary>
    Stacker,
}

/// <summary>What became of a move.</summary>
[JsonConverter(typeof(JsonForm.Words<MoveOutcome>))]
public enum MoveOutcome
{
    /// <summary>Nobody knows where the disc is.</summary>
    Unknown,

    /// <summary>The disc is where it was to come.</summary>
    Moved,

    /// <summary>There was no disc where it was to be taken from; nothing moved.</summary>
    SourceEmpty,

    /// <summary>There is a disc already where it was to come; nothing moved.</summary>
    DestinationFull,

    /// <summary>The drive holds its disc fast; nothing moved.</summary>
    Locked,

    /// <summary>The robot has no such place, or can't reach it; nothing moved.</summary>
    NoSuchPlace,

    /// <summary>The robot would not, for a reason of its own; nothing moved, as it says.</summary>
    Refused,

    /// <summary>The robot got stuck in the move.</summary>
    Jammed,
}

/// <summary>What a robot says of a move.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Said">In its own words; null where it did not say more.</param>
public readonly record struct MoveReply(MoveOutcome Outcome, string? Said = null);
