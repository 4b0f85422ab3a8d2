// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Restoring;
using Spindle.Station.Contract;
using Spindle.Station.Restoring;
using Spindle.Station.Robots;
using Spindle.Testing;
using Spindle.Testing.Changers;

namespace Spindle.Station.Tests.Robots;

/// <summary>An archive of several discs in a simulated changer.</summary>
public sealed class RobotFetcherTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly TestArchive _archive = new();
    private readonly Dictionary<string, string> _images = [];
    private readonly List<int> _asked = [];
    private SimulatedChanger _changer = null!;

    [Fact]
    public async Task Each_disc_comes_once_and_goes_back()
    {
        int discs = await FillAsync();
        Assert.Equal(discs, (await RobotAsync(RobotTask.Import)).Discs.Count);
        int before = _changer.Moves;

        RestoreDocument document = await RestoreAsync();

        Assert.Equal((Outcome.Done, discs), (document.Outcome, document.DiscsUsed.Count));
        Assert.Equal(2 * discs, _changer.Moves - before);
        Assert.All(Enumerable.Range(1, discs), slot => Assert.Equal($"VOL{slot}", _changer[SimulatedChanger.FirstSlot + slot - 1]));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Another_disc_than_was_known_goes_back_and_a_person_is_asked()
    {
        int discs = await FillAsync();
        _ = await RobotAsync(RobotTask.Import);
        (_images["VOL1"], _images["VOL2"]) = (_images["VOL2"], _images["VOL1"]); // somebody changed them, and no case has a barcode that tells

        RestoreDocument document = await RestoreAsync();

        Assert.Equal((Outcome.Lacking, 1), (document.Outcome, _asked.Count)); // the other of the two was found where it is now
        Assert.All(Enumerable.Range(1, discs), slot => Assert.Equal($"VOL{slot}", _changer[SimulatedChanger.FirstSlot + slot - 1]));
    }

    [Fact]
    public async Task What_the_robot_has_not_somebody_else_brings()
    {
        _ = await FillAsync();
        _ = await RobotAsync(RobotTask.Import);
        _changer[SimulatedChanger.FirstSlot] = null;

        RestoreDocument document = await RestoreAsync();

        Assert.Equal(Outcome.Lacking, document.Outcome);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_robot_that_gets_stuck_brings_nothing_more_and_that_is_told()
    {
        _ = await FillAsync();
        _ = await RobotAsync(RobotTask.Import);
        _changer.Astray[_changer.Moves + 1] = 0;

        RestoreDocument document = await RestoreAsync();

        Assert.Contains(document.Concerns, concern => concern.Code == "robot-jammed");
        Assert.NotEmpty(_asked);
    }

    [Fact]
    public async Task A_disc_that_was_brought_and_did_not_help_is_not_brought_again()
    {
        _ = await FillAsync();
        _ = await RobotAsync(RobotTask.Import);
        Array.ForEach(Drives, File.Delete); // no source any more

        Assert.Equal(Outcome.Lacking, (await RestoreAsync()).Outcome);
        Assert.Equal(_images.Count, _asked.Count);
    }

    [Fact]
    public async Task Without_discs_and_without_a_robot_there_is_nothing_to_restore_from() =>
        Assert.Equal("usage", (await Assert.ThrowsAsync<OperationFailedException>(() => RestoreVerb.Verb.RunAsync(new(null, new() { Target = _folder["out"] }), SmallCatalogue.Work, TestContext.Current.CancellationToken))).Failure.Code);

    public void Dispose()
    {
        _archive.Dispose();
        _folder.Dispose();
    }

    private async Task<int> FillAsync()
    {
        for (int file = 0; file < 6; file++)
        {
            _archive.Write($"f{file}", TestArchive.Bytes(500_000, file));
        }

        IReadOnlyList<string> images = await _archive.ArchiveAsync(sectors: 900);
        Assert.True(images.Count >= 3);
        foreach ((string image, int at) in images.Select((image, at) => (image, at)))
        {
            _images[$"VOL{at + 1}"] = image;
        }

        Array.ForEach(Drives, drive => File.WriteAllText(drive, ""));
        _changer = new(images.Select((_, at) => (string?)$"VOL{at + 1}").Append(null)) { ReadsTags = false };
        return images.Count;
    }

    private Work WithRobot()
    {
        string? In(int drive) => _changer[SimulatedChanger.FirstDrive + drive];
        Equipment equipment = Equipment.OfThisMachine() with
        {
            Folder = _folder.Path,
            DrivePaths = () => Drives,
            DriveIdentity = path => path,
            OpenMedium = path => Equipment.OfThisMachine().OpenMedium(Drives.Contains(path) ? _images.GetValueOrDefault(In(path[^1] - '0') ?? "") ?? _folder["no-such.iso"] : path),
            Robots = new() { OpenChanger = _ => _changer, Changers = () => ["/dev/sg2"], OpenDrive = path => new FakeDrive(path, () => In(path[^1] - '0') is not null) },
        };
        return Work.Unattended(equipment) with { Fetcher = new Nobody(_asked) };
    }

    private string[] Drives => [_folder["drive0"], _folder["drive1"]]; // files: what is not there is no source

    private RobotChoice Robot => new() { Device = "/dev/sg2", Drives = Drives };

    private Task<RobotDocument> RobotAsync(RobotTask task) => RobotVerb.Verb.RunAsync(new() { Task = task, Robot = Robot }, WithRobot(), TestContext.Current.CancellationToken);

    private Task<RestoreDocument> RestoreAsync() =>
        RestoreVerb.Verb.RunAsync(new(_archive.CataloguePath, new() { Target = _folder["out"] }, Robot), WithRobot(), TestContext.Current.CancellationToken);

    private sealed class Nobody(List<int> asked) : IDiscFetcher
    {
        public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
        {
            asked.Add(disc.Number);
            return null;
        }
    }
}
