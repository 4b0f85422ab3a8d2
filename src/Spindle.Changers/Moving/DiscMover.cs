// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Files.Locks;
using Spindle.Media;

namespace Spindle.Changers.Moving;

/// <summary>Moves the discs of one robot, one after the other, whoever asks: each move is written down before and after, and what the robot says of it is held against what is seen.</summary>
/// <remarks>Thread-safe: drives work in parallel, and one command at a time goes to the robot, from this program and from others.</remarks>
/// <param name="robot">The robot; disposed with this.</param>
/// <param name="drives">Its drives, by their numbers; null for one that is not this computer's.</param>
/// <param name="memory">The station's folder, and the robot's own name.</param>
/// <param name="time">The clock.</param>
public sealed class DiscMover(IDiscRobot robot, IReadOnlyList<IRobotDrive?> drives, (string Folder, string Key) memory, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly Lock _oneAtATime = new();

    /// <summary>The robot.</summary>
    public IDiscRobot Robot => robot;

    /// <summary>Its drives, by their numbers.</summary>
    public IReadOnlyList<IRobotDrive?> Drives => drives;

    /// <summary>How long a disc may take to be ready in a drive.</summary>
    public TimeSpan ForReady { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a drive may say that it is empty after a disc has come.</summary>
    public TimeSpan ForNotice { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the moves of others are waited for.</summary>
    public TimeSpan ForTurn { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Asks what lies where; moves nothing.</summary>
    /// <param name="anew">Whether the robot is to look again, which may take minutes.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="OperationFailedException">The robot does not answer.</exception>
    public RobotView Look(bool anew, CancellationToken stop) => InTurn(store => LookAt(store, anew, stop), stop);

    /// <summary>Moves a disc.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="stop">Ends the wait for the robot, and for the drive to be ready; a move that has begun is waited for.</param>
    /// <exception cref="OperationFailedException">The robot does not answer, or what is known of it can't be written.</exception>
    public MoveResult Move(RobotPlace from, RobotPlace to, CancellationToken stop)
    {
        MoveResult result = InTurn(store => MoveInTurn(store, from, to, stop), stop);
        return result.IsDone && to.Kind == PlaceKind.Drive && DriveAt(to) is { } drive ? result with { IsReady = WaitUntilReady(drive, stop) == MediumStatus.Ready } : result;
    }

    /// <summary>Enters what a disc is that was looked at.</summary>
    /// <param name="place">Where it is now.</param>
    /// <param name="disc">What it is.</param>
    /// <param name="stop">Ends the wait for others.</param>
    public void Know(RobotPlace place, KnownDisc disc, CancellationToken stop) => InTurn(
        store =>
        {
            store.Know(place, disc);
            return true;
        },
        stop);

    /// <summary>Waits until a drive says what it makes of its disc.</summary>
    /// <returns><see cref="MediumStatus.Ready"/>; else what it said at the end of the wait.</returns>
    public MediumStatus WaitUntilReady(IRobotDrive drive, CancellationToken stop)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            MediumStatus status = drive.Status();
            TimeSpan waited = time.GetElapsedTime(begun);
            if (status == MediumStatus.Ready || waited > ForReady || (status != MediumStatus.NotReady && waited > ForNotice))
            {
                return status;
            }

            stop.WaitHandle.WaitOne(BetweenLooks);
            stop.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => robot.Dispose();

    private T InTurn<T>(Func<RobotMemory, T> work, CancellationToken stop)
    {
        lock (_oneAtATime)
        {
            long begun = time.GetTimestamp();
            FileLock? turn;
            while ((turn = RobotMemory.TryLock(memory.Folder, memory.Key)) is null)
            {
                if (time.GetElapsedTime(begun) > ForTurn)
                {
                    throw Failures.Busy(robot.Name);
                }

                stop.WaitHandle.WaitOne(BetweenLooks);
                stop.ThrowIfCancellationRequested();
            }

            using (turn)
            {
                return work(RobotMemory.Open(memory.Folder, memory.Key));
            }
        }
    }

    private RobotView LookAt(RobotMemory store, bool anew, CancellationToken stop)
    {
        RobotInventory inventory = robot.Inventory(anew, stop);
        MoveResult? interrupted = Settle(store, inventory);
        IReadOnlyList<RobotPlace> forgotten = store.Agree(inventory);
        return new(inventory, store.Known.ToDictionary(), forgotten, interrupted);
    }

    private MoveResult MoveInTurn(RobotMemory store, RobotPlace from, RobotPlace to, CancellationToken stop)
    {
        RobotInventory before = LookAt(store, anew: false, stop).Inventory;
        MoveOutcome? impossible = before[from] is null || before[to] is null || from == to ? MoveOutcome.NoSuchPlace
            : ContentOf(before, from) == PlaceContent.Empty ? MoveOutcome.SourceEmpty
            : !to.IsPile && ContentOf(before, to) == PlaceContent.Full ? MoveOutcome.DestinationFull
            : null;
        if (impossible is { } why)
        {
            return new(from, to, why) { Said = "as the robot says, before anything was moved", At = from };
        }

        try
        {
            MakeReady(from, to);
        }
        catch (OperationFailedException e)
        {
            return new(from, to, MoveOutcome.Locked) { Said = e.Failure.What, At = from };
        }

        store.Begin(from, to, time.GetUtcNow());
        MoveReply reply = robot.Move(from, to, stop);
        CloseTrays(from, to);
        RobotInventory after;
        try
        {
            after = robot.Inventory(anew: false, stop: CancellationToken.None); // what has begun is seen to its end
        }
        catch (OperationFailedException e)
        {
            return new(from, to, MoveOutcome.Unknown) { Said = e.Failure.What }; // it stays written down as begun, until the robot answers again
        }

        MoveResult result = Judge(from, to, reply, (before, after));
        store.End(result.At);
        _ = store.Agree(after);
        return result;
    }

    /// <summary>Holds what a robot says of a move against what is seen.</summary>
    private MoveResult Judge(RobotPlace from, RobotPlace to, MoveReply reply, (RobotInventory Before, RobotInventory After) seen)
    {
        bool? gone = from.IsPile ? null : ContentOf(seen.After, from) switch { PlaceContent.Empty => true, PlaceContent.Full => false, _ => null };
        bool? there = to.IsPile ? null : ArrivedAt(seen, to, gone != false) switch { PlaceContent.Full => true, PlaceContent.Empty => false, _ => null };
        MoveResult Result(MoveOutcome outcome, string? said, RobotPlace? at) => new(from, to, outcome) { Said = said, At = at };
        switch (gone, there)
        {
            case (true or null, true):
                string? other = seen.Before[from]?.Barcode is { } tag && seen.After[to]?.Barcode is { } now && tag != now ? $"the robot reads {now} on it now, and read {tag} before" : null;
                return Result(MoveOutcome.Moved, other ?? (reply.Outcome == MoveOutcome.Moved ? null : reply.Said), to);
            case (false, false or null):
                return Result(reply.Outcome is MoveOutcome.Moved or MoveOutcome.Unknown ? MoveOutcome.Refused : reply.Outcome, reply.Outcome == MoveOutcome.Moved ? "the robot says that it did it, and nothing has moved" : reply.Said, from);
            case (true, false):
                return NewlyFull(seen) is [var astray]
                    ? Result(MoveOutcome.Jammed, reply.Outcome == MoveOutcome.Moved ? $"the robot says that it did it, and left the disc in {astray.InWords()}" : reply.Said, astray)
                    : Result(MoveOutcome.Unknown, reply.Said ?? "the robot does not say where it has left the disc", null);
            case (false, true):
                return Result(MoveOutcome.Unknown, reply.Said ?? "both places are full", null);
            default:
                // Nothing can be seen of one end at least: there is but the robot's word.
                return reply.Outcome == MoveOutcome.Moved ? Result(MoveOutcome.Moved, reply.Said, to)
                    : Result(reply.Outcome, reply.Said, reply.Outcome is MoveOutcome.Unknown or MoveOutcome.Jammed ? null : from);
        }
    }

    /// <summary>A move was begun, and the program that began it ended: what is there now says what became of it.</summary>
    private MoveResult? Settle(RobotMemory store, RobotInventory inventory)
    {
        if (store.Move is not { } move)
        {
            return null;
        }

        if (!RobotPlace.TryParse(move.From, out RobotPlace from) || !RobotPlace.TryParse(move.To, out RobotPlace to))
        {
            store.End(null);
            return null;
        }

        PlaceContent source = from.IsPile ? PlaceContent.Unknown : ContentOf(inventory, from), target = to.IsPile ? PlaceContent.Unknown : ContentOf(inventory, to);
        RobotPlace? at = (source, target) switch
        {
            (PlaceContent.Empty, PlaceContent.Full) => to,
            (PlaceContent.Full, PlaceContent.Empty) => from,
            _ => inventory.Of(PlaceKind.Arm).FirstOrDefault(arm => arm.Content == PlaceContent.Full)?.Place,
        };
        store.End(at);
        return new(from, to, at == to ? MoveOutcome.Moved : at == from ? MoveOutcome.Refused : at is not null ? MoveOutcome.Jammed : MoveOutcome.Unknown) { At = at, Said = "the program that began it was ended in the middle" };
    }

    private void MakeReady(RobotPlace from, RobotPlace to)
    {
        if (from.Kind == PlaceKind.Drive && DriveAt(from) is { } source)
        {
            source.Release();
        }

        if (robot.NeedsOpenTray && (DriveAt(from) ?? DriveAt(to)) is { } drive)
        {
            drive.OpenTray();
        }
    }

    private void CloseTrays(RobotPlace from, RobotPlace to)
    {
        if (robot.NeedsOpenTray && (DriveAt(from) ?? DriveAt(to)) is { } drive)
        {
            try
            {
                drive.CloseTray();
            }
            catch (OperationFailedException)
            {
                // What came of the move is seen by what is in the drive.
            }
        }
    }

    private IRobotDrive? DriveAt(RobotPlace place) => place.Kind == PlaceKind.Drive ? drives.ElementAtOrDefault(place.Number) : null;

    /// <summary>What a place holds: of drives, the drive itself is asked, too, for some robots do not see into them.</summary>
    public PlaceContent ContentOf(RobotInventory inventory, RobotPlace place)
    {
        PlaceContent told = inventory[place]?.Content ?? PlaceContent.Unknown;
        return told == PlaceContent.Full || DriveAt(place) is not { } drive ? told
            : StatusOf(drive) switch { MediumStatus.Ready or MediumStatus.NotReady => PlaceContent.Full, MediumStatus.NoDisc => PlaceContent.Empty, _ => told };
    }

    private PlaceContent ArrivedAt((RobotInventory Before, RobotInventory After) seen, RobotPlace place, bool isExpected)
    {
        PlaceContent content = ContentOf(seen.After, place);
        if (content == PlaceContent.Full || !isExpected || DriveAt(place) is not { } drive || NewlyFull(seen).Length > 0)
        {
            return content;
        }

        // The robot sees nothing in the drive, or can't see into it; the drive takes a moment to notice.
        return WaitUntilReady(drive, CancellationToken.None) is MediumStatus.Ready or MediumStatus.NotReady ? PlaceContent.Full : content;
    }

    private static RobotPlace[] NewlyFull((RobotInventory Before, RobotInventory After) seen) =>
        [.. seen.After.Elements.Where(element => element.Content == PlaceContent.Full && seen.Before[element.Place]?.Content != PlaceContent.Full).Select(element => element.Place)];

    private static MediumStatus StatusOf(IRobotDrive drive)
    {
        try
        {
            return drive.Status();
        }
        catch (OperationFailedException)
        {
            return MediumStatus.Unknown; // gone: what the robot says is all that there is
        }
    }
}
