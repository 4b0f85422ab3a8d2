// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Batches;

/// <summary>Where discs of a batch go when they come out of a drive: bins of slots that were named, piles, or the slot that they came from.</summary>
internal sealed class DiscTargets
{
    private readonly Lock _lock = new();
    private readonly Queue<RobotPlace> _accept, _reject;
    private readonly bool _hasPiles;
    private readonly (bool Accept, bool Reject) _isNamed;

    /// <exception cref="OperationFailedException"><c>usage</c>: a bin has a place that the robot has not, or the list needs.</exception>
    public DiscTargets(DiscMover mover, BatchRequest request, RobotView view)
    {
        _hasPiles = mover.Robot.Kind == RobotKind.Stacker;
        _isNamed = (request.Accept.Count > 0, request.Reject.Count > 0);
        (_accept, _reject) = (Bin(request.Accept, view), Bin(request.Reject, view));
    }

    /// <summary>Chooses a place, and keeps it for this disc.</summary>
    /// <param name="row">The disc.</param>
    /// <param name="isAccepted">Whether it was imaged whole.</param>
    /// <param name="concern">Told where the bin is full.</param>
    public RobotPlace For(BatchRow row, bool isAccepted, Action<Failure> concern)
    {
        if (_hasPiles)
        {
            return isAccepted ? RobotPlace.Accept : RobotPlace.Reject;
        }

        lock (_lock)
        {
            if ((isAccepted ? _accept : _reject).TryDequeue(out RobotPlace place))
            {
                return place;
            }
        }

        if (isAccepted ? _isNamed.Accept : _isNamed.Reject)
        {
            concern(BinIsFull(isAccepted));
        }

        return RobotPlace.TryParse(row.Slot, out RobotPlace home) ? home : RobotPlace.Reject;
    }

    private static Failure BinIsFull(bool isAccepted) => new(
        "bin-full", $"the slots for discs that were {(isAccepted ? "accepted" : "rejected")} are full: further ones went back to where they came from", "manifest.csv tells of each where it is");

    private Queue<RobotPlace> Bin(IReadOnlyList<string> texts, RobotView view) => new(texts.Select(text =>
        !_hasPiles && RobotPlace.TryParse(text, out RobotPlace place) && place.Kind is PlaceKind.Slot or PlaceKind.Mail && view.Inventory[place] is not null ? place
            : throw Usage.Error(_hasPiles ? "a stacker has its own piles for discs that are done" : $"the robot has no slot {text}", _hasPiles ? "leave --accept and --reject out" : "'spindle robot status' tells which it has"))
        .Distinct().Where(place => view.Inventory[place]!.Content != PlaceContent.Full));
}
