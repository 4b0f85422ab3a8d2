// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Changers;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Robots;
using Spindle.Testing;
using Spindle.Testing.Changers;

namespace Spindle.Station.Tests.Robots;

public sealed class RobotVerbTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly SimulatedChanger _changer = new(["VOL001", "VOL002", null, null]);
    private readonly Dictionary<string, string> _images = []; // by what is printed on the case

    [Fact]
    public async Task Status_moves_nothing()
    {
        RobotDocument document = await RunAsync(RobotTask.Status);

        Assert.Equal(Outcome.Done, document.Outcome);
        Assert.Equal(("/dev/sg2", "SPINDLE SIMULATED CHANG 1.0"), (document.Robot.Device, document.Robot.Description));
        Assert.Equal(["drive0", "drive1", "arm", "mail1", "1", "2", "3", "4"], document.Places.Select(place => place.Place));
        Assert.Equal(("/dev/sr0", "/dev/sr1"), (document.Places[0].Drive, document.Places[1].Drive));
        Assert.Equal(0, _changer.Moves);
    }

    [Fact]
    public async Task A_disc_comes_into_the_first_empty_drive_and_goes_where_it_came_from()
    {
        RobotDocument loaded = await RunAsync(RobotTask.Load, from: "2");
        RobotDocument second = await RunAsync(RobotTask.Load, from: "1");
        RobotDocument unloaded = await RunAsync(RobotTask.Unload, from: "/dev/sr0");

        Assert.Equal(("2", "drive0", MoveOutcome.Moved, true), Assert.Single(loaded.Moves) is var move ? (move.From, move.To, move.Outcome, move.Ready!.Value) : default);
        Assert.Equal("drive1", Assert.Single(second.Moves).To);
        Assert.Equal(("drive0", "2"), Assert.Single(unloaded.Moves) is var back ? (back.From, back.To) : default);
    }

    [Theory]
    [InlineData(RobotTask.Load, "3", null, "place-empty")]
    [InlineData(RobotTask.Move, "1", "2", "place-full")]
    [InlineData(RobotTask.Move, "1", "99", "no-such-robot-place")]
    public async Task What_can_not_be_moved_is_told_with_all_that_lies_where(RobotTask task, string from, string? to, string code)
    {
        RobotDocument document = await RunAsync(task, from, to);

        Assert.Equal((Outcome.Failed, code), (document.Outcome, document.Error!.Code));
        Assert.Equal(8, document.Places.Count);
        Assert.Equal(0, _changer.Moves);
    }

    [Fact]
    public async Task What_goes_wrong_in_the_robot_has_a_code_of_its_own()
    {
        _changer.Astray[1] = 0;
        _changer.Lies.Add(3);
        Assert.Equal("robot-jammed", (await RunAsync(RobotTask.Load, from: "1")).Error!.Code);
        Assert.Equal(Outcome.Lacking, (await RunAsync(RobotTask.Status)).Outcome); // a disc in the arm
        Assert.Null((await RunAsync(RobotTask.Move, "arm", "1")).Error);
        Assert.Equal("move-refused", (await RunAsync(RobotTask.Load, from: "1")).Error!.Code);
        Assert.Null((await RunAsync(RobotTask.Load, from: "1")).Error);
        _changer.Locked.Add(0);
        Assert.Equal("drive-keeps-disc", (await RunAsync(RobotTask.Unload)).Error!.Code);
        _changer.DiesAt = 5;
        Assert.Equal("robot-lost-disc", (await RunAsync(RobotTask.Load, from: "2")).Error!.Code);
        _changer.IsDead = false;
        Assert.Equal(("2", "drive1", "arm"), (await RunAsync(RobotTask.Status)).Interrupted is { } cut ? (cut.From, cut.To, cut.At) : default);
    }

    [Theory]
    [InlineData(RobotTask.Load, null, null)]
    [InlineData(RobotTask.Load, "1", "mail1")]
    [InlineData(RobotTask.Unload, null, null)]
    [InlineData(RobotTask.Move, "one", "2")]
    public async Task What_makes_no_sense_is_refused(RobotTask task, string? from, string? to)
    {
        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(task, from, to));

        Assert.Equal("usage", e.Failure.Code);
        Assert.Equal(0, _changer.Moves);
    }

    [Fact]
    public async Task Discs_of_an_archive_get_their_places_in_its_catalogue()
    {
        using TestArchive archive = new();
        archive.Write("a", TestArchive.Bytes(100_000, 1));
        _images["VOL002"] = Assert.Single(await archive.ArchiveAsync());
        _images["VOL001"] = _folder.Write("noise.iso", new byte[100 * 2048]);

        RobotDocument document = await RunAsync(new() { Task = RobotTask.Import, Robot = new() { Name = "jukebox" }, Catalogue = archive.CataloguePath });

        Assert.Equal(["1", "2"], document.Discs.Select(disc => disc.Slot));
        Assert.StartsWith("volume:", document.Discs[0].Identity, StringComparison.Ordinal);
        Assert.Equal((0, "main"), (document.Discs[1].Disc!.Value, document.Discs[1].Copy));
        Assert.All(document.Places.Where(place => place.Place is "1" or "2"), place => Assert.NotNull(place.Disc));
        using CatalogueDatabase database = CatalogueDatabase.OpenForReading(archive.CataloguePath);
        Assert.Equal("jukebox:2", Assert.Single(new DiscStore(database).Get(0).Copies).Place);
        Assert.Equal(4, _changer.Moves);

        Assert.Empty((await RunAsync(RobotTask.Import)).Discs); // all is known
    }

    [Fact]
    public async Task A_disc_with_several_copies_gets_no_place_that_nobody_knows()
    {
        using TestArchive archive = new();
        archive.Write("a", TestArchive.Bytes(100_000, 1));
        _images["VOL001"] = _images["VOL002"] = Assert.Single(await archive.ArchiveAsync());
        using (CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(archive.CataloguePath))
        {
            new DiscStore(database).SetCopy(0, "A", null, DateTimeOffset.UnixEpoch);
            new DiscStore(database).SetCopy(0, "B", null, DateTimeOffset.UnixEpoch);
        }

        RobotDocument document = await RunAsync(new() { Task = RobotTask.Import, Robot = new() { Name = "jukebox" }, Slots = ["1"], Catalogue = archive.CataloguePath });

        Assert.Equal("which-copy", Assert.Single(document.Discs).Error!.Code);
        Assert.Equal(Outcome.Lacking, document.Outcome);
    }

    [Fact]
    public async Task A_disc_that_tells_nothing_is_brought_back_and_stays_unknown()
    {
        RobotDocument document = await RunAsync(new() { Task = RobotTask.Import, Robot = new() { Name = "jukebox" }, Slots = ["1"] });

        Assert.Equal("no-such-source", Assert.Single(document.Discs).Error!.Code); // no image stands for it
        Assert.Equal((2, PlaceContent.Full), (_changer.Moves, document.Places.Single(place => place.Place == "1").Content));
    }

    [Fact]
    public async Task An_import_ends_where_the_robot_gets_stuck()
    {
        _changer.Astray[1] = 0;
        _images["VOL001"] = _images["VOL002"] = _folder.Write("noise.iso", new byte[100 * 2048]);

        RobotDocument document = await RunAsync(RobotTask.Import);

        Assert.Equal("robot-jammed", document.Error!.Code);
        Assert.InRange(_changer.Moves, 1, 3); // the other drive may have had its disc already, and gives it back
    }

    [Theory]
    [InlineData("{ half")]
    [InlineData("{\"robots\": []}")]
    [InlineData("{\"robots\": {\"a\": {\"driver\": \"magic\"}}}")]
    [InlineData("{\"robots\": {\"a\": {\"speed\": 3}}}")]
    [InlineData("{\"robots\": {\"a:b\": {}}}")]
    public async Task A_file_of_robots_that_is_odd_is_told(string file)
    {
        File.WriteAllText(_folder["robots.json"], file);

        Assert.Equal("robots-unreadable", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new() { Task = RobotTask.Status }))).Failure.Code);
    }

    [Fact]
    public async Task A_robot_that_is_not_in_the_file_is_told() =>
        Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(() => RunAsync(new() { Task = RobotTask.Status, Robot = new() { Name = "none" } }))).Failure.Code);

    public void Dispose() => _folder.Dispose();

    private Task<RobotDocument> RunAsync(RobotTask task, string? from = null, string? to = null) => RunAsync(new() { Task = task, From = from, To = to });

    private Task<RobotDocument> RunAsync(RobotRequest request)
    {
        if (!File.Exists(_folder["robots.json"]))
        {
            File.WriteAllText(_folder["robots.json"], "{ \"robots\": { \"jukebox\": { \"device\": \"/dev/sg2\", \"drives\": [\"/dev/sr0\", \"usb-second\"], }, } } // the only one");
        }

        string? In(int drive) => _changer[SimulatedChanger.FirstDrive + drive];
        Equipment equipment = Equipment.OfThisMachine() with
        {
            Folder = _folder.Path,
            DrivePaths = () => ["/dev/sr0", "/dev/sr1"],
            DriveIdentity = path => path == "/dev/sr0" ? "usb-first" : "usb-second",
            OpenMedium = path => Equipment.OfThisMachine().OpenMedium(path.StartsWith("/dev/sr", StringComparison.Ordinal) ? _images.GetValueOrDefault(In(path[^1] - '0') ?? "") ?? _folder["no-such.iso"] : path),
            Robots = new() { OpenChanger = _ => _changer, Changers = () => ["/dev/sg2"], OpenDrive = path => new FakeDrive(path, () => In(path[^1] - '0') is not null) },
        };
        return RobotVerb.Verb.RunAsync(request, Work.Unattended(equipment), TestContext.Current.CancellationToken);
    }
}
