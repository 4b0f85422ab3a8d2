// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Media;

namespace Spindle.Station.Robots;

/// <summary>Why a disc is not where it was to come, and what to do then.</summary>
internal static class MoveFailure
{
    /// <summary>Whether nothing more may be moved before somebody has looked at the robot.</summary>
    public static bool IsEnd(MoveResult move) => move.Outcome is MoveOutcome.Jammed or MoveOutcome.Unknown;

    /// <summary>Null where it is there.</summary>
    public static Failure? Of(MoveResult move)
    {
        string from = move.From.InWords(), to = move.To.InWords(), said = move.Said is null ? "" : $": {move.Said}";
        return move.Outcome switch
        {
            MoveOutcome.Moved => null,
            MoveOutcome.SourceEmpty => new("place-empty", $"there is no disc in {from}", "'spindle robot status' tells where discs are"),
            MoveOutcome.DestinationFull => new("place-full", $"there is a disc already in {to}", "'spindle robot status' tells what is empty"),
            MoveOutcome.Locked => new("drive-keeps-disc", $"{from} does not let go of its disc{said}", "end what uses the disc, and try again"),
            MoveOutcome.NoSuchPlace => new("no-such-robot-place", $"the robot has no such place as {from}, or {to}", "'spindle robot status' tells which it has"),
            MoveOutcome.Refused => new("move-refused", $"the robot did not move the disc from {from} to {to}{said}", "nothing was moved; look at it, and try again"),
            MoveOutcome.Jammed => new("robot-jammed", $"the robot got stuck between {from} and {to}{(move.At is { } at && at != move.From ? $", and the disc is in {at.InWords()}" : "")}{said}", "look at the robot; 'spindle robot move arm 7' brings a disc that is in its arm into a slot"),
            _ => new("robot-lost-disc", $"nobody knows where the disc is that was to go from {from} to {to}{said}", "look at the robot, and where the disc is; then 'spindle robot status'"),
        };
    }
}
