// SPDX-License-Identifier: MIT
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Robots;

/// <summary>Looks which discs lie in slots: each is brought into a drive, looked at, and brought back; as many at a time as there are drives.</summary>
internal sealed class RobotImport(DiscMover mover, RobotRequest request, string? name, Work work)
{
    private readonly List<MoveResult> _moves = [];
    private readonly List<ImportedDiscPart> _discs = [];
    private readonly Queue<RobotElement> _left = new();
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>What was moved.</summary>
    public IReadOnlyList<MoveResult> Moves => _moves;

    /// <summary>Why it came to an end before all were looked at; null where it did not.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Looks.</summary>
    /// <returns>The discs, in the order of their slots.</returns>
    public IReadOnlyList<ImportedDiscPart> Run(RobotView view, CancellationToken stop)
    {
        if (request.Copy is not null && request.Catalogue is null)
        {
            throw Usage.Error("--copy is for a catalogue, and none is named", "--catalogue FILE");
        }

        if (request.Catalogue is { } catalogue)
        {
            CatalogueDatabase.OpenForReading(catalogue).Dispose(); // it can be used, before anything is moved
        }

        RobotPlace[] drives = [.. view.Inventory.Of(PlaceKind.Drive).Where(drive => drive.Content != PlaceContent.Full && mover.Drives.ElementAtOrDefault(drive.Place.Number) is not null).Select(drive => drive.Place)];
        if (drives.Length == 0)
        {
            throw Usage.Error("the robot has no empty drive that is one of this computer's", "'spindle robot status' tells; --drives says which drives it has");
        }

        foreach (RobotElement slot in Wanted(view))
        {
            _left.Enqueue(slot);
        }

        _count = _left.Count;
        Tell();
        Task.WaitAll([.. drives.Select(drive => Task.Run(() => Lane(drive, stop), CancellationToken.None))], CancellationToken.None);
        Enter(stop);
        return [.. _discs.OrderBy(disc => RobotPlace.TryParse(disc.Slot, out RobotPlace slot) ? slot.Number : 0)];
    }

    private IEnumerable<RobotElement> Wanted(RobotView view)
    {
        if (request.Slots.Count > 0)
        {
            return request.Slots.Select(text => RobotPlace.TryParse(text, out RobotPlace place) && place.Kind is PlaceKind.Slot or PlaceKind.Mail && view.Inventory[place] is { } element
                ? element : throw Usage.Error($"the robot has no slot {text}", "'spindle robot status' tells which it has")).DistinctBy(element => element.Place);
        }

        return view.Inventory.Of(PlaceKind.Slot).Where(slot => slot.Content != PlaceContent.Empty && (request.Again || !view.Known.ContainsKey(slot.Place)));
    }

    private void Lane(RobotPlace drive, CancellationToken stop)
    {
        while (Next(stop) is { } slot)
        {
            try
            {
                LookInto(slot, drive, stop);
            }
            catch (OperationFailedException e)
            {
                End(slot, e.Failure);
            }
            catch (OperationCanceledException)
            {
                End(slot, new("cancelled", "stopped; discs that were looked at are known"));
            }
        }
    }

    private RobotElement? Next(CancellationToken stop)
    {
        lock (_lock)
        {
            if (stop.IsCancellationRequested && _left.Count > 0)
            {
                Failure ??= new("cancelled", "stopped; discs that were looked at are known");
            }

            return Failure is null && _left.TryDequeue(out RobotElement? slot) ? slot : null;
        }
    }

    private void LookInto(RobotElement slot, RobotPlace drive, CancellationToken stop)
    {
        if (!Move(slot, slot.Place, drive, stop))
        {
            return;
        }

        ImportedDiscPart disc = new(slot.Place.ToString(), slot.Barcode, null, null, null, null, null);
        try
        {
            DiscLook look = DiscLook.At(mover.Drives[drive.Number]!.Path, work.Equipment);
            mover.Know(drive, new(look.Identity, work.Equipment.Time.GetUtcNow()) { Name = look.Name, Barcode = slot.Barcode, Home = slot.Place.ToString() }, CancellationToken.None);
            disc = disc with { Identity = look.Identity, Name = look.Name };
        }
        catch (OperationFailedException e)
        {
            disc = disc with { Error = e.Failure };
        }

        // It goes back whatever came of it, and whoever wants to stop.
        if (Move(slot, drive, slot.Place, CancellationToken.None))
        {
            Add(disc);
        }
    }

    /// <returns>Whether the disc is there. Where not, the slot has got its word already.</returns>
    private bool Move(RobotElement slot, RobotPlace from, RobotPlace to, CancellationToken stop)
    {
        MoveResult move = mover.Move(from, to, stop);
        lock (_lock)
        {
            _moves.Add(move);
        }

        if (MoveFailure.Of(move) is not { } failure)
        {
            return true;
        }

        if (MoveFailure.IsEnd(move) || from.Kind == PlaceKind.Drive)
        {
            End(slot, failure); // the next disc would come upon this one
        }
        else
        {
            Add(new(slot.Place.ToString(), slot.Barcode, null, null, null, null, failure));
        }

        return false;
    }

    private void End(RobotElement slot, Failure failure)
    {
        lock (_lock)
        {
            Failure ??= failure;
        }

        Add(new(slot.Place.ToString(), slot.Barcode, null, null, null, null, failure));
    }

    private void Add(ImportedDiscPart disc)
    {
        lock (_lock)
        {
            _discs.Add(disc);
            Tell();
        }
    }

    private void Tell() => work.Progress.Report(new("looking", _discs.Count, _count, "discs") { Trouble = WorkTrouble.Of(_discs.Count(disc => disc.Error is not null), "discs unknown"), IsOfDrive = true });

    /// <summary>The catalogue gets the places of the archive's discs.</summary>
    private void Enter(CancellationToken stop)
    {
        if (request.Catalogue is not { } catalogue || _discs.All(disc => disc.Identity is null))
        {
            return;
        }

        using CatalogueDatabase database = CatalogueDatabase.OpenToEnter(catalogue, CatalogueWait.ToEnter(work.Progress, stop));
        using SqliteTransaction transaction = database.BeginWriting();
        DiscStore store = new(database);
        Dictionary<string, DiscRecord> known = store.All().ToDictionary(disc => $"uuid:{disc.Uuid}", StringComparer.Ordinal);
        for (int i = 0; i < _discs.Count; i++)
        {
            if (_discs[i] is { Identity: { } identity } disc && known.TryGetValue(identity, out DiscRecord? record))
            {
                _discs[i] = Enter(store, record, disc);
            }
        }

        transaction.Commit();
    }

    private ImportedDiscPart Enter(DiscStore store, DiscRecord record, ImportedDiscPart disc)
    {
        string robot = name ?? "robot", place = $"{robot}:{disc.Slot}";
        string[] here = [.. record.Copies.Where(one => one.Place?.StartsWith($"{robot}:", StringComparison.Ordinal) == true).Select(one => one.Name)];
        string? copy = request.Copy ?? (record.Copies.Count <= 1 ? record.Copies.Select(one => one.Name).FirstOrDefault() ?? "main" : here is [var only] ? only : null);
        if (copy is null)
        {
            string what = $"disc {record.Number} has {record.Copies.Count} copies, and nothing on a disc says which of them it is: its place was not entered";
            return disc with { Disc = record.Number, Error = new("which-copy", what, "--copy NAME, for all that is in the robot") };
        }

        store.SetCopy(record.Number, copy, place, work.Equipment.Time.GetUtcNow());
        return disc with { Disc = record.Number, Copy = copy };
    }
}
