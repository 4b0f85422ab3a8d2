// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Batches;
using Spindle.Station.Contract;
using Spindle.Testing;
using Spindle.Testing.Changers;

namespace Spindle.Station.Tests.Batches;

/// <summary>Discs are images in files, which a simulated changer brings into simulated drives.</summary>
public sealed class BatchVerbTests : IDisposable
{
    private const int Slots = 8;

    private readonly TempDirectory _folder = new();
    private readonly SmallDisc _disc = new();
    private readonly SimulatedChanger _changer;
    private readonly Dictionary<string, string> _images = [];

    public BatchVerbTests()
    {
        _changer = new(Enumerable.Range(1, Slots).Select(slot => slot <= 4 ? $"VOL00{slot}" : null));
        for (int slot = 1; slot <= 4; slot++)
        {
            byte[] bytes = File.ReadAllBytes(_disc.Whole);
            bytes[^1] = (byte)slot;
            bytes[(16 * 2048) + 500] = (byte)slot; // of the descriptor's part for applications: another disc
            _images[$"VOL00{slot}"] = _folder.Write($"disc{slot}.iso", bytes);
        }
    }

    [Fact]
    public async Task Each_disc_is_imaged_once_and_goes_back()
    {
        BatchDocument document = await RunAsync("slot,name,notes\n1,one,red\n2,two,\n3,three,\n4,four,\n");

        Assert.Equal((Outcome.Done, new(4, 4, 0, 0, 0)), (document.Outcome, document.Counts));
        Assert.All(document.Rows, row => Assert.Equal((RowState.Done, "success", row.Slot), (row.State, row.Result, row.At)));
        Assert.Equal(8, _changer.Moves);
        Assert.Equal(["VOL001", "VOL002", "VOL003", "VOL004"], Enumerable.Range(1, 4).Select(Slot));
        for (int slot = 1; slot <= 4; slot++)
        {
            Assert.Equal(File.ReadAllBytes(_images[$"VOL00{slot}"]), File.ReadAllBytes(document.Rows[slot - 1].Image!));
        }

        string[] manifest = File.ReadAllLines(document.Manifest);
        Assert.Equal(5, manifest.Length);
        Assert.StartsWith("1,1,one,done,success,", manifest[1], StringComparison.Ordinal);
        Assert.EndsWith(",red", manifest[1], StringComparison.Ordinal);

        BatchDocument again = await RunAsync("slot,name,notes\n1,one,red\n2,two,\n3,three,\n4,four,\n");
        Assert.Equal((8, document.Counts), (_changer.Moves, again.Counts)); // nothing is done twice
    }

    [Fact]
    public async Task What_is_rejected_has_a_row_with_its_reason_and_goes_into_the_bin()
    {
        _images["VOL003"] = _folder.Write("empty.iso", []);

        BatchDocument document = await RunAsync("slot,name,expect\n1,one,Something Else\n2,two,\n3,three,\n6,six,\n", request => request with { Reject = ["7", "8"] });

        Assert.Equal((Outcome.Lacking, new(4, 1, 3, 0, 0)), (document.Outcome, document.Counts));
        Assert.Equal("unexpected-disc", document.Rows[0].Error!.Code);
        Assert.Equal("place-empty", document.Rows[3].Error!.Code);
        Assert.Null(document.Rows[0].Image);
        Assert.Equal(["VOL001", "VOL003"], new[] { Slot(7), Slot(8) }.Order());
        Assert.Equal("VOL002", Slot(2));
    }

    [Fact]
    public async Task A_bin_that_is_full_sends_discs_home_and_says_so()
    {
        BatchDocument document = await RunAsync("slot,name,expect\n1,one,Other\n2,two,Other\n", request => request with { Reject = ["7"] });

        Assert.Contains(document.Concerns, concern => concern.Code == "bin-full");
        Assert.Equal(2, new[] { Slot(1), Slot(2), Slot(7) }.Count(disc => disc is not null));
    }

    [Fact]
    public async Task The_same_disc_twice_is_told()
    {
        _images["VOL002"] = _images["VOL001"];

        BatchDocument document = await RunAsync("slot,name\n1,one\n2,two\n");

        Assert.Single(document.Rows, row => row.SameAs is not null);
    }

    [Fact]
    public async Task After_a_disc_that_is_rejected_no_other_is_begun_where_that_is_wanted()
    {
        BatchDocument document = await RunAsync("slot,name,expect\n1,one,Other\n2,two,Other\n3,three,\n4,four,\n", request => request with { OnReject = RejectPolicy.Stop });

        Assert.True(document.Counts.Waiting >= 1);
        Assert.Contains(document.Concerns, concern => concern.Code == "batch-stopped");

        BatchDocument rest = await RunAsync("slot,name,expect\n1,one,Other\n2,two,Other\n3,three,\n4,four,\n");
        Assert.Equal(0, rest.Counts.Waiting);
    }

    [Fact]
    public async Task A_robot_that_gets_stuck_ends_the_batch_and_when_it_is_freed_the_batch_goes_on()
    {
        _changer.Astray[3] = 0; // the third move ends in the arm

        BatchDocument stuck = await RunAsync("slot,name\n1,one\n2,two\n3,three\n4,four\n");

        Assert.Equal((Outcome.Failed, "robot-jammed"), (stuck.Outcome, stuck.Error!.Code));
        Assert.Equal("batch-unclear", (await RunAsync("slot,name\n1,one\n2,two\n3,three\n4,four\n")).Error!.Code); // its disc is in the arm still
        int home = int.Parse(Assert.Single(stuck.Rows, row => !row.IsOver && _changer[0] == $"VOL00{row.Number}").Slot!, System.Globalization.CultureInfo.InvariantCulture);
        (_changer[SimulatedChanger.FirstSlot + home - 1], _changer[0]) = (_changer[0], null); // somebody puts it back

        BatchDocument whole = await RunAsync("slot,name\n1,one\n2,two\n3,three\n4,four\n");
        Assert.Equal((Outcome.Done, 4), (whole.Outcome, whole.Counts.Accepted));
    }

    [Fact]
    public async Task A_batch_that_was_begun_with_another_list_is_left_alone()
    {
        _ = await RunAsync("slot,name\n1,one\n");

        Assert.Equal("another-batch", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync("slot,name\n2,one\n"))).Failure.Code);
        File.WriteAllText(_folder["batch/batch.json"], "{ half");
        Assert.Equal("batch-unreadable", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync("slot,name\n1,one\n"))).Failure.Code);
    }

    [Fact]
    public async Task Names_without_a_list_are_made_of_the_slots()
    {
        BatchDocument document = await RunAsync(null, request => request with { Names = "BOX-{slot}" });

        Assert.Equal(["BOX-001", "BOX-002", "BOX-003", "BOX-004"], document.Rows.Select(row => row.Name));
        Assert.Equal(4, document.Counts.Accepted);
    }

    [Fact]
    public async Task A_list_without_slots_and_another_number_of_discs_is_refused() =>
        Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync("name\none\ntwo\n"))).Failure.Code);

    [Fact]
    public async Task A_drive_with_a_disc_of_somebody_else_is_left_alone()
    {
        _changer[SimulatedChanger.FirstDrive] = "OTHER";

        BatchDocument document = await RunAsync("slot,name\n1,one\n2,two\n");

        Assert.Equal("drive-occupied", Assert.Single(document.Concerns).Code);
        Assert.Equal(2, document.Counts.Accepted);
        Assert.Equal("OTHER", _changer[SimulatedChanger.FirstDrive]);
    }

    /// <summary>Whatever was written down last: what is there says what is left to be done, and no disc is imaged twice.</summary>
    [Theory]
    [InlineData(RowState.Loading, false)]
    [InlineData(RowState.Loading, true)]
    [InlineData(RowState.InDrive, true)]
    [InlineData(RowState.Reading, true)]
    [InlineData(RowState.Unloading, true)]
    [InlineData(RowState.Unloading, false)]
    public async Task A_batch_that_was_cut_off_in_any_state_goes_on(RowState state, bool isInDrive)
    {
        Directory.CreateDirectory(_folder["batch"]);
        BatchBook book = BatchBook.Begin(_folder["batch"], [new("1", "one", null, null), new("2", "two", null, null)]);
        _ = book.Set(book.Rows[0] with { State = state, Drive = "drive0", Device = "/dev/sr0", Result = state == RowState.Unloading ? "success" : null });
        if (isInDrive)
        {
            (_changer[SimulatedChanger.FirstDrive], _changer[SimulatedChanger.FirstSlot]) = (_changer[SimulatedChanger.FirstSlot], null);
        }

        BatchDocument document = await RunAsync("slot,name\n1,one\n2,two\n");

        Assert.Equal((Outcome.Done, 2), (document.Outcome, document.Counts.Accepted));
        Assert.Equal("VOL001", Slot(1));
        Assert.Equal(state == RowState.Unloading, document.Rows[0].Image is null); // what was known is not done again
    }

    [Fact]
    public async Task An_image_that_was_made_before_the_book_knew_of_it_is_taken_for_what_it_is()
    {
        BatchDocument first = await RunAsync("slot,name\n1,one\n");
        BatchBook book = BatchBook.GoOn(_folder["batch"], null);
        _ = book.Set(book.Rows[0] with { State = RowState.InDrive, Result = null, Image = null, Sha256 = null }); // cut off twice: while it was read, and before it was read again
        (_changer[SimulatedChanger.FirstDrive], _changer[SimulatedChanger.FirstSlot]) = (_changer[SimulatedChanger.FirstSlot], null);
        _ = book.Set(book.Rows[0] with { Drive = "drive0", Device = "/dev/sr0" });
        DateTime made = File.GetLastWriteTimeUtc(first.Rows[0].Image!);

        BatchRow row = Assert.Single((await RunAsync("slot,name\n1,one\n")).Rows);

        Assert.Equal((RowState.Done, "success", first.Rows[0].Sha256, made), (row.State, row.Result, row.Sha256, File.GetLastWriteTimeUtc(row.Image!)));
    }

    [Fact]
    public async Task An_image_of_somebody_else_is_not_replaced()
    {
        Directory.CreateDirectory(_folder["batch/one"]);
        File.WriteAllText(_folder["batch/one/one.iso"], "somebody's");

        BatchDocument document = await RunAsync("slot,name\n1,one\n2,two\n");

        Assert.Equal("already-exists", document.Rows[0].Error!.Code);
        Assert.Equal("somebody's", File.ReadAllText(_folder["batch/one/one.iso"]));
        Assert.Equal(RowState.Done, document.Rows[1].State);
    }

    [Fact]
    public async Task A_disc_that_is_nowhere_stops_it_before_anything_moves()
    {
        Directory.CreateDirectory(_folder["batch"]);
        BatchBook book = BatchBook.Begin(_folder["batch"], [new("1", "one", null, null), new("2", "two", null, null)]);
        _ = book.Set(book.Rows[0] with { State = RowState.Reading, Drive = "drive0", Device = "/dev/sr0" });
        _changer[SimulatedChanger.FirstSlot] = null;

        BatchDocument document = await RunAsync("slot,name\n1,one\n2,two\n");

        Assert.Equal(("batch-unclear", 0), (document.Error!.Code, _changer.Moves));
    }

    [Fact]
    public async Task By_hand_a_stack_is_worked_through_and_somebody_else_than_expected_stops_it()
    {
        Queue<string> stack = new(["VOL001", "VOL002", "VOL003"]);
        List<string> accepted = [], rejected = [];
        Hands hands = new(sentence =>
        {
            ref string? inDrive = ref _inDrive;
            if (sentence.StartsWith("Take the next disc", StringComparison.Ordinal))
            {
                return stack.TryDequeue(out inDrive);
            }

            (sentence.Contains("accept", StringComparison.Ordinal) ? accepted : rejected).Add(inDrive!);
            inDrive = null;
            return true;
        });
        File.WriteAllText(_folder["form.csv"], "name,expect\none,\ntwo,Other\nthree,\n");
        BatchRequest request = new() { Task = BatchTask.Image, Robot = new() { Drives = ["/dev/sr0"] }, Form = _folder["form.csv"], Directory = _folder["batch"] };

        BatchDocument document = await BatchVerb.Verb.RunAsync(request, new(EquipmentOf(_ => _inDrive), new Progress<WorkProgress>(), hands), TestContext.Current.CancellationToken);

        Assert.Equal(["VOL001"], accepted);
        Assert.Equal(["VOL002"], rejected);
        Assert.Equal(new(3, 1, 1, 0, 1), document.Counts);
        Assert.Equal("batch-stopped", Assert.Single(document.Concerns).Code);
    }

    public void Dispose()
    {
        _disc.Dispose();
        _folder.Dispose();
    }

    private string? _inDrive;

    private string? Slot(int number) => _changer[SimulatedChanger.FirstSlot + number - 1];

    private Equipment EquipmentOf(Func<int, string?> inDrive)
    {
        string PathOf(string path) => path.StartsWith("/dev/sr", StringComparison.Ordinal) ? _images.GetValueOrDefault(inDrive(path[^1] - '0') ?? "") ?? _folder["no-such.iso"] : path;
        return Equipment.OfThisMachine() with
        {
            Folder = _folder.Path,
            DrivePaths = () => ["/dev/sr0", "/dev/sr1"],
            DriveIdentity = path => path,
            OpenMedium = path => Equipment.OfThisMachine().OpenMedium(PathOf(path)),
            Imager = new(request => DiscSource.Open(PathOf(request.Source)), new ImageFiles(), TimeProvider.System),
            Robots = new() { OpenChanger = _ => _changer, Changers = () => ["/dev/sg2"], OpenDrive = path => new FakeDrive(path, () => inDrive(path[^1] - '0') is not null) },
        };
    }

    private Task<BatchDocument> RunAsync(string? form, Func<BatchRequest, BatchRequest>? change = null)
    {
        if (form is not null)
        {
            File.WriteAllText(_folder["form.csv"], form);
        }

        BatchRequest request = new() { Task = BatchTask.Image, Robot = new() { Device = "/dev/sg2", Drives = ["/dev/sr0", "/dev/sr1"] }, Form = form is null ? null : _folder["form.csv"], Directory = _folder["batch"] };
        return BatchVerb.Verb.RunAsync(change?.Invoke(request) ?? request, Work.Unattended(EquipmentOf(drive => _changer[SimulatedChanger.FirstDrive + drive])), TestContext.Current.CancellationToken);
    }

    private sealed class Hands(Func<string, bool> does) : IAnswers
    {
        public Task<bool> ConfirmAsync(Question question, CancellationToken cancellationToken) => Task.FromResult(does(question.Text));

        public void Tell(string what)
        {
            // Nothing else is asked.
        }
    }
}
