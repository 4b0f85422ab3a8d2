// SPDX-License-Identifier: MIT
namespace Spindle.Changers.Moving;

/// <summary>What became of a move, as far as that could be seen.</summary>
/// <param name="From">Where the disc was.</param>
/// <param name="To">Where it was to go.</param>
/// <param name="Outcome">In one word; what was seen goes before what the robot says.</param>
public sealed record MoveResult(RobotPlace From, RobotPlace To, MoveOutcome Outcome)
{
    /// <summary>What the robot, or the drive, said of it; null for nothing.</summary>
    public string? Said { get; init; }

    /// <summary>Where the disc is now; null where nobody knows.</summary>
    public RobotPlace? At { get; init; }

    /// <summary>Whether the drive can do something with the disc that came; null where none came into a drive of this computer.</summary>
    public bool? IsReady { get; init; }

    /// <summary>Whether the disc is where it was to come.</summary>
    public bool IsDone => Outcome == MoveOutcome.Moved;
}

/// <summary>What lies where: what a robot says, and what is known of the discs.</summary>
/// <param name="Inventory">What it says.</param>
/// <param name="Known">The discs that were looked at, and of which nothing says that they are not there any more.</param>
/// <param name="Forgotten">Places of which something was known that is not believed any more.</param>
/// <param name="Interrupted">A move whose program was ended in the middle of it, and what came of it; null where there was none.</param>
public sealed record RobotView(RobotInventory Inventory, IReadOnlyDictionary<RobotPlace, KnownDisc> Known, IReadOnlyList<RobotPlace> Forgotten, MoveResult? Interrupted);
