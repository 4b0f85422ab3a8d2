// SPDX-License-Identifier: MIT
using Spindle.Changers.Moving;
using Spindle.Changers.Smc;
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Files.Locks;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.Changers;

namespace Spindle.Changers.Tests.Moving;

public sealed class DiscMoverTests : IDisposable
{
    private const string Key = "robot";

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory _folder = new();
    private readonly SimulatedChanger _changer = new(["VOL001", "VOL002", "VOL003", null, null]);
    private readonly FakeDrive[] _drives;

    public DiscMoverTests() => _drives = [.. Enumerable.Range(0, 2).Select(number => new FakeDrive($"/dev/sr{number}", () => _changer[SimulatedChanger.FirstDrive + number] is not null))];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_disc_comes_into_the_drive_and_what_is_known_of_it_goes_with_it()
    {
        using DiscMover mover = Create();
        mover.Know(RobotPlace.Slot(2), new("uuid:2", Now) { Name = "Two", Barcode = "VOL002" }, Stop);
        _ = mover.Look(anew: false, Stop); // it was switched on: all that was known is forgotten
        mover.Know(RobotPlace.Slot(2), new("uuid:2", Now) { Name = "Two", Barcode = "VOL002" }, Stop);

        MoveResult result = mover.Move(RobotPlace.Slot(2), RobotPlace.Drive(1), Stop);

        Assert.Equal(new(RobotPlace.Slot(2), RobotPlace.Drive(1), MoveOutcome.Moved) { At = RobotPlace.Drive(1), IsReady = true }, result);
        KeyValuePair<RobotPlace, KnownDisc> known = Assert.Single(mover.Look(anew: false, Stop).Known);
        Assert.Equal((RobotPlace.Drive(1), "uuid:2", "2"), (known.Key, known.Value.Identity, known.Value.Home));

        Assert.True(mover.Move(RobotPlace.Drive(1), RobotPlace.Slot(5), Stop).IsDone);
        Assert.Equal(RobotPlace.Slot(5), Assert.Single(mover.Look(anew: false, Stop).Known).Key);
    }

    [Fact]
    public void The_move_is_written_down_before_the_robot_is_told_of_it()
    {
        UnfinishedMove? written = null;
        using DiscMover mover = Create(new Watched(_changer, command => written ??= command[0] == 0xA5 ? RobotMemory.Open(_folder.Path, Key).Move : null));

        Assert.True(mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).IsDone);

        Assert.Equal(("1", "drive0"), (written!.From, written.To));
        Assert.Null(RobotMemory.Open(_folder.Path, Key).Move);
    }

    [Fact]
    public void Nothing_is_moved_from_where_nothing_is_and_to_where_something_is()
    {
        using DiscMover mover = Create();

        Assert.Equal(MoveOutcome.SourceEmpty, mover.Move(RobotPlace.Slot(4), RobotPlace.Drive(0), Stop).Outcome);
        Assert.Equal(MoveOutcome.DestinationFull, mover.Move(RobotPlace.Slot(1), RobotPlace.Slot(2), Stop).Outcome);
        Assert.Equal(MoveOutcome.NoSuchPlace, mover.Move(RobotPlace.Slot(77), RobotPlace.Drive(0), Stop).Outcome);
        Assert.Equal(0, _changer.Moves);
    }

    [Fact]
    public void A_robot_that_says_that_it_moved_and_did_not_is_not_believed()
    {
        _changer.Lies.Add(1);
        using DiscMover mover = Create();

        MoveResult result = mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop);

        Assert.Equal((MoveOutcome.Refused, RobotPlace.Slot(1)), (result.Outcome, result.At));
        Assert.Contains("nothing has moved", result.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "arm")]
    [InlineData(SimulatedChanger.FirstSlot + 4, "5")]
    public void A_disc_that_went_astray_is_found(int address, string place)
    {
        _changer.Astray[1] = address;
        using DiscMover mover = Create();

        MoveResult result = mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop);

        Assert.Equal((MoveOutcome.Jammed, place), (result.Outcome, result.At.ToString()));
    }

    [Fact]
    public void A_disc_that_has_come_has_come_whatever_the_robot_complains_of()
    {
        using DiscMover mover = Create(new Watched(_changer, _ => { }) { Instead = reply => new(false, 0, new(SenseKey.HardwareError, 0x15, 0x01)) });

        MoveResult result = mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop);

        Assert.Equal(MoveOutcome.Moved, result.Outcome);
        Assert.Contains("15/01", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_robot_that_dies_in_a_move_leaves_it_open_until_it_can_be_asked()
    {
        _changer.DiesAt = 1;
        using DiscMover mover = Create();

        Assert.Equal(MoveOutcome.Unknown, mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).Outcome);
        Assert.NotNull(RobotMemory.Open(_folder.Path, Key).Move);

        _changer.IsDead = false;
        RobotView view = mover.Look(anew: false, Stop);
        Assert.Equal((MoveOutcome.Jammed, RobotPlace.Arm), (view.Interrupted!.Outcome, view.Interrupted.At!.Value));
        Assert.Null(mover.Look(anew: false, Stop).Interrupted);
        Assert.True(mover.Move(RobotPlace.Arm, RobotPlace.Slot(1), Stop).IsDone);
    }

    [Fact]
    public void A_drive_that_does_not_let_go_keeps_its_disc_and_the_robot_is_not_told()
    {
        using DiscMover mover = Create();
        Assert.True(mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).IsDone);
        _drives[0].KeepsIt = new("disc-mounted", "the disc in /dev/sr0 is mounted at /mnt", null);

        MoveResult result = mover.Move(RobotPlace.Drive(0), RobotPlace.Slot(1), Stop);

        Assert.Equal((MoveOutcome.Locked, 1), (result.Outcome, _changer.Moves));
        Assert.Contains("/mnt", result.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drive_whose_disc_is_locked_is_told_as_such()
    {
        using DiscMover mover = Create();
        Assert.True(mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).IsDone);
        _changer.Locked.Add(0);

        Assert.Equal((MoveOutcome.Locked, RobotPlace.Drive(0)), mover.Move(RobotPlace.Drive(0), RobotPlace.Slot(1), Stop) is var result ? (result.Outcome, result.At!.Value) : default);
    }

    [Fact]
    public void Trays_are_opened_for_a_robot_that_does_not_do_so_itself()
    {
        using DiscMover mover = Create(needsOpenTray: true);

        Assert.True(mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).IsDone);
        Assert.True(mover.Move(RobotPlace.Drive(0), RobotPlace.Slot(1), Stop).IsDone);

        Assert.Equal(["open", "close", "release", "open", "close"], _drives[0].Told);
    }

    [Fact]
    public void What_a_robot_does_not_see_the_drive_says()
    {
        _changer.Silent.Add(4);
        using DiscMover mover = Create();

        Assert.Equal(MoveOutcome.Moved, mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop).Outcome);
        Assert.Equal(MoveOutcome.DestinationFull, mover.Move(RobotPlace.Slot(2), RobotPlace.Drive(0), Stop).Outcome);
        Assert.Equal(MoveOutcome.Moved, mover.Move(RobotPlace.Drive(0), RobotPlace.Slot(1), Stop).Outcome);
    }

    [Theory]
    [InlineData(0x28, 0x01)]
    [InlineData(0x28, 0x00)]
    [InlineData(0x29, 0x00)]
    public void When_hands_were_in_it_nothing_that_was_known_is_believed(byte code, byte qualifier)
    {
        using DiscMover mover = Create();
        _ = mover.Look(anew: false, Stop);
        mover.Know(RobotPlace.Slot(1), new("uuid:1", Now) { Barcode = "VOL001" }, Stop);
        Assert.Single(mover.Look(anew: false, Stop).Known);
        _changer.SayFirst(code, qualifier);

        RobotView view = mover.Look(anew: false, Stop);

        Assert.Equal([RobotPlace.Slot(1)], view.Forgotten);
        Assert.Empty(view.Known);
    }

    [Fact]
    public void A_slot_with_another_barcode_or_none_is_unknown_again()
    {
        using DiscMover mover = Create();
        _ = mover.Look(anew: false, Stop);
        foreach (int slot in new[] { 1, 2, 3 })
        {
            mover.Know(RobotPlace.Slot(slot), new($"uuid:{slot}", Now) { Barcode = $"VOL00{slot}" }, Stop);
        }

        _changer[SimulatedChanger.FirstSlot] = "OTHER";
        _changer[SimulatedChanger.FirstSlot + 1] = null;

        Assert.Equal([RobotPlace.Slot(3)], mover.Look(anew: false, Stop).Known.Keys);
    }

    [Fact]
    public void Who_has_the_robot_for_too_long_is_told()
    {
        using FileLock other = RobotMemory.TryLock(_folder.Path, Key)!;
        using DiscMover mover = new(Robot(_changer), _drives, (_folder.Path, Key), TimeProvider.System) { ForTurn = TimeSpan.FromMilliseconds(300) };

        Assert.Equal("robot-busy", Assert.Throws<OperationFailedException>(() => mover.Look(anew: false, Stop)).Failure.Code);
    }

    [Fact]
    public void What_is_written_down_and_can_not_be_read_is_told_before_anything_moves()
    {
        Directory.CreateDirectory(_folder["robots"]);
        File.WriteAllText(Path.Combine(_folder["robots"], "robot.json"), "{ half");
        using DiscMover mover = Create();

        Assert.Equal("robot-state-unreadable", Assert.Throws<OperationFailedException>(() => mover.Move(RobotPlace.Slot(1), RobotPlace.Drive(0), Stop)).Failure.Code);
        Assert.Equal(0, _changer.Moves);
    }

    [Fact]
    public async Task Two_programs_and_two_drives_never_tell_the_robot_two_things_at_once()
    {
        int inside = 0, most = 0;
        SimulatedChanger changer = new(Enumerable.Range(1, 12).Select(number => $"V{number:D3}"));
        Watched Watch() => new(changer, _ => most = Math.Max(most, Interlocked.Increment(ref inside))) { Afterwards = () => Interlocked.Decrement(ref inside) };

        DiscMover[] movers = [.. Enumerable.Range(0, 2).Select(_ => new DiscMover(Robot(Watch()), [null, null], (_folder.Path, Key), TimeProvider.System))];
        await Task.WhenAll(movers.Select((mover, drive) => Task.Run(() =>
        {
            for (int slot = 1 + drive; slot <= 12; slot += 2)
            {
                Assert.True(mover.Move(RobotPlace.Slot(slot), RobotPlace.Drive(drive), Stop).IsDone);
                Assert.True(mover.Move(RobotPlace.Drive(drive), RobotPlace.Slot(slot), Stop).IsDone);
            }
        })));
        Array.ForEach(movers, mover => mover.Dispose());

        Assert.Equal(24, changer.Moves);
        Assert.Equal(1, most);
    }

    /// <summary>Whatever moment a program is ended at: what is written down of a disc is of the disc that lies there, or nothing is.</summary>
    [Fact]
    public void Killed_at_any_command_nothing_that_is_known_is_wrong()
    {
        Random random = Seed.Random();
        for (int round = 0; round < 40; round++)
        {
            SimulatedChanger changer = new(["A", "B", "C", "D", null, null]) { ReadsTags = round % 2 == 0 };
            if (round % 4 == 3)
            {
                changer.Silent.Add(4);
            }

            using TempDirectory folder = new();
            using (DiscMover mover = new(Robot(changer), [null, null], (folder.Path, Key), TimeProvider.System))
            {
                _ = mover.Look(anew: false, Stop);
                for (int slot = 1; slot <= 4; slot++)
                {
                    mover.Know(RobotPlace.Slot(slot), new(changer[SimulatedChanger.FirstSlot + slot - 1]!, Now) { Barcode = changer.ReadsTags ? changer[SimulatedChanger.FirstSlot + slot - 1] : null }, Stop);
                }
            }

            for (int kill = 0; kill < 12; kill++)
            {
                int left = random.Next(1, 40);
                bool isAfter = random.Next(2) == 0;
                void Count(bool after)
                {
                    if (after == isAfter && --left == 0)
                    {
                        throw new Killed();
                    }
                }

                try
                {
                    using DiscMover mover = new(Robot(new Watched(changer, _ => Count(false)) { Afterwards = () => Count(true) }), [null, null], (folder.Path, Key), TimeProvider.System);
                    for (int move = 0; move < 6; move++)
                    {
                        RobotPlace Somewhere() => random.Next(3) == 0 ? RobotPlace.Drive(random.Next(2)) : RobotPlace.Slot(random.Next(1, 7));
                        _ = mover.Move(Somewhere(), Somewhere(), Stop);
                    }
                }
                catch (Killed)
                {
                    // Nothing of it has run since then, not even what ends in order.
                }

                using DiscMover next = new(Robot(changer), [null, null], (folder.Path, Key), TimeProvider.System);
                RobotView view = next.Look(anew: false, Stop);
                Assert.All(view.Known, pair => Assert.Equal(pair.Value.Identity, changer[AddressOf(pair.Key)]));
                Assert.Null(RobotMemory.Open(folder.Path, Key).Move);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static int AddressOf(RobotPlace place) => place.Kind switch
    {
        PlaceKind.Drive => SimulatedChanger.FirstDrive + place.Number,
        PlaceKind.Slot => SimulatedChanger.FirstSlot + place.Number - 1,
        _ => 0,
    };

    private static SmcRobot Robot(IScsiTransport transport, bool needsOpenTray = false) => new("/dev/sg2", transport, TimeProvider.System) { NeedsOpenTray = needsOpenTray };

    private DiscMover Create(IScsiTransport? transport = null, bool needsOpenTray = false) =>
        new(Robot(transport ?? _changer, needsOpenTray), _drives, (_folder.Path, Key), TimeProvider.System) { ForNotice = TimeSpan.FromMilliseconds(50) };

    private sealed class Killed : Exception;

    /// <summary>A robot with somebody who sees each command on its way.</summary>
    private sealed class Watched(IScsiTransport robot, Action<byte[]> before) : IScsiTransport
    {
        public Action? Afterwards { get; init; }

        /// <summary>What is answered to a move instead.</summary>
        public Func<ScsiReply, ScsiReply>? Instead { get; init; }

        public ScsiReply Execute(ReadOnlySpan<byte> command, Span<byte> data, TimeSpan timeout)
        {
            before(command.ToArray());
            ScsiReply reply = robot.Execute(command, data, timeout);
            Afterwards?.Invoke();
            return command[0] == 0xA5 && Instead is not null ? Instead(reply) : reply;
        }

        public ScsiReply Send(ReadOnlySpan<byte> command, ReadOnlySpan<byte> data, TimeSpan timeout) => robot.Send(command, data, timeout);

        public void Dispose()
        {
            // The robot stays for the next program.
        }
    }
}
