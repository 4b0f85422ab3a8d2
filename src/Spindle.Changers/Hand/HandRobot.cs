// SPDX-License-Identifier: MIT
using Spindle.Drives;

namespace Spindle.Changers.Hand;

/// <summary>A person who moves discs when asked to. What is in the drives is asked of the drives; of slots and piles nobody says anything.</summary>
/// <param name="drives">The drives' devices.</param>
/// <param name="slots">How many places the shelf has; 0 where there is only a pile.</param>
/// <param name="status">What a drive says of its disc.</param>
/// <param name="ask">Asks for a move, in a sentence, and waits: whether it was done.</param>
public sealed class HandRobot(IReadOnlyList<string> drives, int slots, Func<string, MediumStatus> status, Func<string, CancellationToken, bool> ask) : IDiscRobot
{
    /// <inheritdoc/>
    public string Name => "hand";

    /// <inheritdoc/>
    public string? Description => "a person";

    /// <inheritdoc/>
    public RobotKind Kind => slots > 0 ? RobotKind.Library : RobotKind.Stacker;

    /// <inheritdoc/>
    public bool NeedsOpenTray => true;

    /// <inheritdoc/>
    public RobotInventory Inventory(bool anew, CancellationToken stop) => new(
        [
            .. drives.Select((path, number) => new RobotElement(RobotPlace.Drive(number), status(path) switch
            {
                MediumStatus.NoDisc => PlaceContent.Empty,
                MediumStatus.Ready => PlaceContent.Full,
                _ => PlaceContent.Unknown, // an open tray may have a disc in it
            })),
            .. Enumerable.Range(1, slots).Select(slot => new RobotElement(RobotPlace.Slot(slot), PlaceContent.Unknown)),
            .. (slots > 0 ? Array.Empty<RobotPlace>() : [RobotPlace.Next, RobotPlace.Accept, RobotPlace.Reject]).Select(pile => new RobotElement(pile, PlaceContent.Unknown)),
        ],
        []);

    /// <inheritdoc/>
    public MoveReply Move(RobotPlace from, RobotPlace to, CancellationToken stop)
    {
        if (!Has(from) || !Has(to))
        {
            return new(MoveOutcome.NoSuchPlace);
        }

        string sentence = (from.Kind, to.Kind) switch
        {
            (PlaceKind.Next, _) => $"Take the next disc of the stack, put it into {Words(to)}, and close the tray. Is it in?",
            (_, PlaceKind.Drive) => $"Take the disc from {Words(from)}, put it into {Words(to)}, and close the tray. Is it in?",
            (PlaceKind.Drive, _) => $"Take the disc out of {Words(from)}, put it into {Words(to)}, and close the empty tray. Is that done?",
            _ => $"Take the disc from {Words(from)}, and put it into {Words(to)}. Is that done?",
        };
        return ask(sentence, stop) ? new(MoveOutcome.Moved) : new(MoveOutcome.Refused, "nobody did it");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // People stay as they are.
    }

    private bool Has(RobotPlace place) => place.Kind switch
    {
        PlaceKind.Drive => place.Number < drives.Count,
        PlaceKind.Slot => place.Number <= slots,
        PlaceKind.Next or PlaceKind.Accept or PlaceKind.Reject => slots == 0,
        _ => false,
    };

    private string Words(RobotPlace place) => place.Kind == PlaceKind.Drive ? drives[place.Number] : place.InWords();
}
