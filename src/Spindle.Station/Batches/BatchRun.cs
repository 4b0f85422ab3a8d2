// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Robots;

namespace Spindle.Station.Batches;

/// <summary>Works through a batch: a lane for each drive, one robot for all of them.</summary>
/// <remarks>Nothing is tried again by itself: what goes wrong with a disc is its row's, and what goes wrong with the robot ends the batch, with each disc where the book says.</remarks>
internal sealed class BatchRun(DiscMover mover, BatchRequest request, BatchBook book, Work work)
{
    private readonly Lock _lock = new();
    private readonly List<Failure> _concerns = [];
    private readonly BatchImaging _imaging = new(request, book, work);
    private DiscTargets _targets = null!; // made before the first lane
    private bool _takesNoMore;

    /// <summary>What ended it early; null where it came to its end.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>What somebody must look at.</summary>
    public IReadOnlyList<Failure> Concerns => _concerns;

    /// <summary>Runs it.</summary>
    /// <param name="view">What lies where.</param>
    /// <param name="stop">Ends it: discs that are read stay in their drives, and are gone on with.</param>
    public void Run(RobotView view, CancellationToken stop)
    {
        _targets = new(mover, request, view);
        Failure = new BatchRecovery(mover, book, work.Equipment.Time).Settle(view);
        if (Failure is not null)
        {
            return;
        }

        RobotPlace[] drives = [.. view.Inventory.Of(PlaceKind.Drive).Select(drive => drive.Place).Where(place => mover.Drives.ElementAtOrDefault(place.Number) is not null)];
        RobotPlace[] lanes = [.. drives.Where(drive => RowIn(drive) is not null || mover.ContentOf(view.Inventory, drive) != PlaceContent.Full)];
        _concerns.AddRange(drives.Except(lanes).Select(drive => new Failure("drive-occupied", $"there is a disc in {drive.InWords()} that is none of the batch: it was left alone", "'spindle robot unload' takes it out")));
        if (lanes.Length == 0)
        {
            throw Usage.Error("the robot has no empty drive that is one of this computer's", "'spindle robot status' tells; --drives says which drives it has");
        }

        int full = CountFull(view.Inventory);
        Tell();
        Task.WaitAll([.. lanes.Select(drive => Task.Run(() => Lane(drive, stop), CancellationToken.None))], CancellationToken.None);
        if (stop.IsCancellationRequested && book.Rows.Any(row => !row.IsOver))
        {
            Failure ??= new("cancelled", "stopped; what was read is kept", "the same command goes on");
        }

        book.WriteManifest();
        if (Failure is null)
        {
            Count(full);
        }
    }

    private void Lane(RobotPlace drive, CancellationToken stop)
    {
        try
        {
            for (BatchRow? row = RowIn(drive) ?? Next(drive, stop); row is not null; row = Next(drive, stop))
            {
                if (!Work(row, drive, stop))
                {
                    return;
                }

                Tell();
            }
        }
        catch (OperationFailedException e)
        {
            End(e.Failure);
        }
        catch (OperationCanceledException)
        {
            // The row is in the book, in its drive.
        }
    }

    private BatchRow? RowIn(RobotPlace drive) => book.Rows.FirstOrDefault(row => row.Drive == drive.ToString() && row.State is RowState.InDrive or RowState.Reading or RowState.Unloading);

    private BatchRow? Next(RobotPlace drive, CancellationToken stop)
    {
        lock (_lock)
        {
            return Failure is not null || _takesNoMore || stop.IsCancellationRequested ? null : book.Take(drive.ToString(), mover.Drives[drive.Number]!.Path);
        }
    }

    /// <returns>Whether the drive is ready for the next one.</returns>
    private bool Work(BatchRow row, RobotPlace drive, CancellationToken stop)
    {
        if (row.State == RowState.Loading)
        {
            if (Load(row, drive, stop) is not { } loaded)
            {
                return book.Rows[row.Number - 1].State == RowState.Rejected; // it never came: the drive is as empty as it was
            }

            row = loaded;
        }

        if (row.State != RowState.Unloading)
        {
            row = _imaging.Work(row, drive, mover, stop);
        }

        return Unload(row, drive);
    }

    private BatchRow? Load(BatchRow row, RobotPlace drive, CancellationToken stop)
    {
        RobotPlace from = row.Slot is { } text && RobotPlace.TryParse(text, out RobotPlace slot) ? slot : RobotPlace.Next;
        MoveResult move;
        try
        {
            move = mover.Move(from, drive, stop);
        }
        catch (OperationCanceledException)
        {
            _ = book.Set(row with { State = RowState.Queued, Drive = null, Device = null }); // it waited for its turn
            throw;
        }

        if (move.IsDone)
        {
            BatchRow there = row with { State = RowState.InDrive, Begun = work.Equipment.Time.GetUtcNow() };
            return book.Set(move.IsReady != false ? there : there with
            {
                State = RowState.Unloading,
                Error = new("disc-unreadable", $"{there.Device} makes nothing of the disc", "another drive may; look at it"),
            });
        }

        Failure failure = MoveFailure.Of(move)!;
        bool isOfTheStack = from.IsPile;
        if (MoveFailure.IsEnd(move))
        {
            End(failure); // the row stays as it is: where its disc is has to be seen first
        }
        else if (isOfTheStack || move.Outcome == MoveOutcome.DestinationFull)
        {
            _ = book.Set(row with { State = RowState.Queued, Drive = null, Device = null });
            if (move.Outcome == MoveOutcome.SourceEmpty)
            {
                Concern(new("stack-empty", "the stack is empty, and the list has more discs", "count the discs of both piles: each that was listed must be there"));
            }
            else
            {
                End(failure);
            }
        }
        else
        {
            Reject(book.Set(row with { State = RowState.Rejected, Error = failure, At = move.Outcome == MoveOutcome.SourceEmpty ? null : row.Slot, Ended = work.Equipment.Time.GetUtcNow() }));
        }

        return null;
    }

    /// <returns>Whether the drive is empty now.</returns>
    private bool Unload(BatchRow row, RobotPlace drive)
    {
        bool isAccepted = row.Error is null;
        lock (_lock)
        {
            if (Failure is not null)
            {
                return false; // the robot is not to be moved before somebody has looked at it: the disc stays, and the book says so
            }
        }

        RobotPlace to = _targets.For(row, isAccepted, Concern);
        MoveResult move = mover.Move(drive, to, CancellationToken.None); // what was read is out before it ends
        if (!move.IsDone)
        {
            End(MoveFailure.Of(move)!);
            return false;
        }

        BatchRow over = book.Set(row with { State = isAccepted ? RowState.Done : RowState.Rejected, At = to.ToString(), Ended = work.Equipment.Time.GetUtcNow() });
        if (!isAccepted)
        {
            Reject(over);
        }

        return true;
    }

    private void Reject(BatchRow row)
    {
        bool isOutOfStep = mover.Robot.Kind == RobotKind.Stacker && row.Error?.Code == "unexpected-disc";
        if (request.OnReject == RejectPolicy.Stop || (request.OnReject == RejectPolicy.AsUsual && isOutOfStep))
        {
            lock (_lock)
            {
                _takesNoMore = true;
            }

            if (book.Rows.Any(other => other.State == RowState.Queued))
            {
                Concern(new("batch-stopped", $"no further disc was begun, for {row.Name} was rejected: {row.Error!.What}", "look at that disc; the same command goes on with the others"));
            }
        }
    }

    private void End(Failure failure)
    {
        lock (_lock)
        {
            Failure ??= failure;
        }
    }

    private void Concern(Failure concern)
    {
        lock (_lock)
        {
            if (_concerns.All(other => other.Code != concern.Code))
            {
                _concerns.Add(concern);
            }
        }
    }

    /// <summary>As many discs as there were are there still; two that a stacker drops at once are seen by that alone.</summary>
    private void Count(int full)
    {
        RobotInventory after = mover.Look(anew: false, CancellationToken.None).Inventory;
        if (mover.Robot.Kind == RobotKind.Library && CountFull(after) != full)
        {
            Concern(new("count-differs", $"{full} discs were in the robot, and {CountFull(after)} are", "was the mail slot used? 'spindle robot status' tells what is where"));
        }

        if (after[RobotPlace.Next]?.Content == PlaceContent.Full && book.Rows.All(row => row.IsOver))
        {
            Concern(new("discs-left", "there are discs left in the stack, and the list has no more", "the list and the stack are out of step: hold the volumes of manifest.csv against the list"));
        }
    }

    private static int CountFull(RobotInventory inventory) => inventory.Elements.Count(element => element.Content == PlaceContent.Full);

    private void Tell()
    {
        IReadOnlyList<BatchRow> rows = book.Rows;
        int rejected = rows.Count(row => row.State == RowState.Rejected);
        work.Progress.Report(new("imaging-discs", rows.Count(row => row.IsOver), rows.Count, "discs") { Trouble = WorkTrouble.Of(rejected, "discs rejected"), IsOfDrive = true });
    }
}
