// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;

namespace Spindle.Station.Robots;

/// <summary>A robot brings the discs of an archive, each once; what it has not, somebody else is asked for.</summary>
/// <remarks>Which slot has which disc is known since <c>robot import</c>, or by the catalogue's places. Each disc that comes is looked at: another one than was wanted goes back, and is known from then on.</remarks>
internal sealed class RobotFetcher : IDiscFetcher, IDisposable
{
    private readonly DiscMover _mover;
    private readonly string _name;
    private readonly Dictionary<int, string> _identities;
    private readonly Work _work;
    private readonly Dictionary<RobotPlace, RobotPlace> _loaded = []; // drives that were filled here, and the slots that their discs came from
    private readonly HashSet<RobotPlace> _tried = [];
    private readonly HashSet<int> _given = []; // discs that were brought: who asks for one again could do nothing with it
    private Failure? _stuck;

    /// <param name="robot">Which robot.</param>
    /// <param name="catalogue">Knows which disc has which number; null where there is none.</param>
    /// <param name="work">Whom it is told, and who else brings discs.</param>
    public RobotFetcher(RobotChoice robot, CatalogueDatabase? catalogue, Work work)
    {
        (DiscMover mover, _, string? name) = robot.Open(work);
        (_mover, _name, _work) = (mover, name ?? "robot", work);
        _identities = catalogue is null ? [] : new DiscStore(catalogue).All().ToDictionary(disc => disc.Number, disc => $"uuid:{disc.Uuid}");
    }

    /// <summary>Why it brings nothing any more; null where it does.</summary>
    public Failure? Stuck => _stuck;

    /// <inheritdoc/>
    public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
    {
        _tried.Clear();
        while (_stuck is null && !_given.Contains(disc.Number))
        {
            RobotView view = _mover.Look(anew: false, cancellationToken);
            if (PlaceOf(disc, view) is not { } place)
            {
                break;
            }

            if (place.Kind == PlaceKind.Drive)
            {
                return Given(disc, place);
            }

            _tried.Add(place);
            if (DriveFor(view, cancellationToken) is { } drive && Load(place, drive, cancellationToken) && IsThat(disc, place, drive))
            {
                return Given(disc, drive);
            }
        }

        return _work.Fetcher?.Fetch(disc, cancellationToken);
    }

    /// <summary>Brings what was loaded back to where it was.</summary>
    public void Dispose()
    {
        foreach (RobotPlace drive in _loaded.Keys.ToArray())
        {
            _ = _stuck is null && Unload(drive);
        }

        _mover.Dispose();
    }

    private string Given(DiscWanted disc, RobotPlace drive)
    {
        _given.Add(disc.Number);
        return _mover.Drives[drive.Number]!.Path;
    }

    /// <summary>Where the disc is, by its own identity, else by the place that the catalogue has for it.</summary>
    private RobotPlace? PlaceOf(DiscWanted disc, RobotView view)
    {
        string? identity = _identities.GetValueOrDefault(disc.Number);
        IEnumerable<RobotPlace> known = view.Known.Where(pair => pair.Value.Identity == identity).Select(pair => pair.Key);
        IEnumerable<RobotPlace> told = disc.Places.Select(place => place.LastIndexOf($"{_name}:", StringComparison.Ordinal) is >= 0 and var at && RobotPlace.TryParse(place[(at + _name.Length + 1)..].TrimEnd(')'), out RobotPlace slot) ? (RobotPlace?)slot : null)
            .OfType<RobotPlace>().Where(slot => !view.Known.ContainsKey(slot));
        return known.Concat(told).Where(place => !_tried.Contains(place) && view.Inventory[place] is { Content: not PlaceContent.Empty } && IsOfUse(place)).Select(place => (RobotPlace?)place).FirstOrDefault();
    }

    /// <summary>A drive of another computer is none, and neither is what a move has left in the arm.</summary>
    private bool IsOfUse(RobotPlace place) => place.Kind is PlaceKind.Slot or PlaceKind.Mail || (place.Kind == PlaceKind.Drive && _mover.Drives.ElementAtOrDefault(place.Number) is not null);

    /// <summary>An empty drive, or one that was filled here: its disc was read.</summary>
    private RobotPlace? DriveFor(RobotView view, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RobotPlace? empty = view.Inventory.Of(PlaceKind.Drive).Select(drive => drive.Place).Where(IsOfUse).Where(drive => _mover.ContentOf(view.Inventory, drive) != PlaceContent.Full).Select(drive => (RobotPlace?)drive).FirstOrDefault();
        return empty ?? (_loaded.Count > 0 && _loaded.Keys.First() is var own && Unload(own) ? own : null);
    }

    private bool Load(RobotPlace slot, RobotPlace drive, CancellationToken cancellationToken)
    {
        bool isThere = IsDone(_mover.Move(slot, drive, cancellationToken));
        if (isThere)
        {
            _loaded[drive] = slot;
        }

        return isThere;
    }

    private bool Unload(RobotPlace drive)
    {
        bool isOut = _loaded.TryGetValue(drive, out RobotPlace slot) && IsDone(_mover.Move(drive, slot, CancellationToken.None));
        _loaded.Remove(drive);
        return isOut;
    }

    private bool IsDone(MoveResult move)
    {
        if (MoveFailure.IsEnd(move))
        {
            _stuck = MoveFailure.Of(move);
        }

        return move.IsDone;
    }

    private bool IsThat(DiscWanted disc, RobotPlace slot, RobotPlace drive)
    {
        try
        {
            DiscLook look = DiscLook.At(_mover.Drives[drive.Number]!.Path, _work.Equipment);
            _mover.Know(drive, new(look.Identity, _work.Equipment.Time.GetUtcNow()) { Name = look.Name, Home = slot.ToString(), Barcode = _mover.Look(anew: false, CancellationToken.None).Inventory[drive]?.Barcode }, CancellationToken.None);
            if (_identities.TryGetValue(disc.Number, out string? wanted) ? look.Identity == wanted : look.Archive?.Number == disc.Number)
            {
                return true;
            }
        }
        catch (OperationFailedException)
        {
            // Nothing can be read of it: it is none that would help.
        }

        _ = Unload(drive);
        return false;
    }
}
