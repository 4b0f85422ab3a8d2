// SPDX-License-Identifier: MIT
using Spindle.Changers;
using Spindle.Changers.Moving;
using Spindle.Media;

namespace Spindle.Station.Batches;

/// <summary>What has become of the discs that were under way when the last run of a batch ended, however it did: robot and drives are asked, and the book is brought to what they say.</summary>
internal sealed class BatchRecovery(DiscMover mover, BatchBook book, TimeProvider time)
{
    /// <summary>Settles each row that was under way.</summary>
    /// <returns>Why it can't go on: a disc is nowhere to be seen. Null where it can.</returns>
    public Failure? Settle(RobotView view)
    {
        foreach (BatchRow row in book.Rows.Where(row => row.State is not RowState.Queued && !row.IsOver))
        {
            if (Settled(row, view) is not { } settled)
            {
                return new("batch-unclear", $"{row.Name} was on its way {(row.State == RowState.Loading ? "into" : "in or out of")} {row.Drive}, and is neither there nor in {(row.Slot is null ? "the stack, as far as can be seen" : $"slot {row.Slot}")}", "'spindle robot status' tells what is where; put the disc back where it came from, and give the same command again");
            }

            if (settled != row)
            {
                _ = book.Set(settled);
            }
        }

        return null;
    }

    private BatchRow? Settled(BatchRow row, RobotView view)
    {
        BatchRow queued = row with { State = RowState.Queued, Drive = null, Device = null };
        bool isInDrive = RobotPlace.TryParse(row.Drive, out RobotPlace drive) && mover.ContentOf(view.Inventory, drive) == PlaceContent.Full;
        RobotPlace? home = RobotPlace.TryParse(row.Slot, out RobotPlace slot) ? slot : null;
        PlaceContent atHome = home is { } place ? view.Inventory[place]?.Content ?? PlaceContent.Unknown : PlaceContent.Unknown;
        BatchRow over = row with { State = row.Error is null ? RowState.Done : RowState.Rejected };
        if (isInDrive && atHome != PlaceContent.Full)
        {
            return row.State == RowState.Unloading ? row : row with { State = RowState.InDrive, Begun = row.Begun ?? time.GetUtcNow(), Device = mover.Drives.ElementAtOrDefault(drive.Number)?.Path ?? row.Device };
        }

        if (atHome == PlaceContent.Full)
        {
            return row.State == RowState.Unloading ? over with { At = row.Slot } : queued;
        }

        // It is not in its drive, and its slot is empty, or it came from a pile.
        if (row.State == RowState.Unloading)
        {
            RobotPlace? known = view.Interrupted is { At: { } at } move && move.From == drive && at != drive && at.Kind != PlaceKind.Arm ? at : view.Known.Where(pair => pair.Value.Identity == row.Identity && pair.Key.Kind != PlaceKind.Arm).Select(pair => (RobotPlace?)pair.Key).FirstOrDefault();
            return home is null || known is not null ? over with { At = known?.ToString() } : null;
        }

        return home is null && row.State == RowState.Loading ? queued : null;
    }
}
