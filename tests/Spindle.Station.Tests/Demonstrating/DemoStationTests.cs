// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;
using Spindle.Station.Imaging;
using Spindle.Testing;

namespace Spindle.Station.Tests.Demonstrating;

public sealed class DemoStationTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public async Task Its_discs_are_imaged_as_any_others_and_the_record_says_what_its_drives_are()
    {
        DemoStation station = DemoStation.In(_directory["demo"]);
        Equipment equipment = DemoStation.EquipmentOf(station.Drives, Equipment.OfThisMachine());
        IReadOnlyList<DriveReport> drives = Wait(() => equipment.Drives(DriveLooks.Moment), drive => drive.IsReady);

        Assert.Equal([("simulated-left", "FAMILY_1998"), ("simulated-right", "MINUTES_04")], drives.Select(drive => (drive.Identity, drive.VolumeIdentifier)));
        Assert.Equal(equipment.DrivePaths(), drives.Select(drive => drive.Path));

        ImageDocument made = (ImageDocument)await ImageVerb.Verb.RunAsync(
            new() { Source = drives[1].Path, Directory = station.Images }, Work.Unattended(equipment), TestContext.Current.CancellationToken);

        Assert.True(made.Verified);
        Assert.Contains("Simulated drive", await File.ReadAllTextAsync(Directory.GetFiles(station.Images, "*_manifest.json", SearchOption.AllDirectories).Single(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using ISectorReader image = equipment.OpenMedium(made.Image!);
        Assert.Equal(made.Source.Bytes, image.Length);
    }

    [Fact]
    public async Task A_blank_disc_is_refused_and_given_back()
    {
        DemoStation station = DemoStation.In(_directory["demo"]);
        string right = Path.Combine(station.Drives, "right");
        File.Move(Path.Combine(right, "stack", "02.blank"), Path.Combine(right, "tray", "02.blank"));
        Equipment equipment = DemoStation.EquipmentOf(station.Drives, Equipment.OfThisMachine());

        OperationFailedException refused = await Assert.ThrowsAsync<OperationFailedException>(() => ImageVerb.Verb.RunAsync(
            new() { Source = right, Directory = station.Images }, Work.Unattended(equipment), TestContext.Current.CancellationToken));

        Assert.Equal("blank-disc", refused.Failure.Code);
        Assert.True(File.Exists(Path.Combine(right, "done", "02.blank")));
    }

    [Fact]
    public void It_is_gone_on_with_where_there_is_one()
    {
        DemoStation station = DemoStation.In(_directory["demo"]);
        File.Delete(Path.Combine(station.Drives, "left", "stack", "01.iso"));

        DemoStation again = DemoStation.In(_directory["demo"]);

        Assert.False(File.Exists(Path.Combine(again.Drives, "left", "stack", "01.iso")));
        Assert.True(File.Exists(Path.Combine(again.Files, "letters", "anna.txt")));
        Assert.False(Directory.Exists($"{_directory["demo"]}.making"));
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Somebody puts the first disc in after a while.</summary>
    private static IReadOnlyList<DriveReport> Wait(Func<IReadOnlyList<DriveReport>> look, Func<DriveReport, bool> isIt)
    {
        IReadOnlyList<DriveReport> seen = [];
        Assert.True(SpinWait.SpinUntil(() => (seen = look()).All(isIt), TimeSpan.FromSeconds(20)));
        return seen;
    }
}
