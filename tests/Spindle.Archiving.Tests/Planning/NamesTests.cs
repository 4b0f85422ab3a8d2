// SPDX-License-Identifier: MIT
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Planning;

/// <summary>"Nothing new" is said only where the discs know the last scan whole.</summary>
public sealed class NamesTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;

    public NamesTests()
    {
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        Directory.CreateDirectory(At("folder"));
        File.WriteAllText(At("folder/will"), "will");
        File.WriteAllText(At("b"), "b");
        File.WriteAllText(At("c"), "c");
    }

    public static TheoryData<string, long> Changes => new()
    {
        { "nothing", 0 },
        { "renamed", 2 },
        { "linked", 1 },
        { "folder made", 1 },
        { "mode", 1 },
        { "deleted from the root", 1 },
        { "deleted", 2 },
        { "mode of the root", 1 },
        { "time of the root", 1 },
        { "came and went", 1 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_no_disc_knows_is_counted_and_gets_a_disc_that_knows_it(string change, long names)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && change.StartsWith("mode", StringComparison.Ordinal), "modes");
        await ArchivedAsync();
        Make(change);
        await ScanAsync();

        PlanResult told = Plan(names: false);
        Assert.Equal((0, names), (told.Discs.Count, told.NamesUnknown));

        PlanResult planned = Plan(names: true);
        Assert.Equal((names == 0 ? 0 : 1, 0L), (planned.Discs.Count, planned.NamesUnknown));
        _database.Run("UPDATE disc SET status = 'written'");
        Assert.Equal((0, 0L), (Plan(names: true).Discs.Count, Plan(names: false).NamesUnknown));
    }

    [Fact]
    public async Task A_new_content_takes_new_names_along()
    {
        await ArchivedAsync();
        Make("renamed");
        File.WriteAllText(At("new"), "new");
        await ScanAsync();

        PlanResult planned = Plan(names: false);
        Assert.Equal((1, 0L), (planned.Discs.Count, planned.NamesUnknown));
    }

    [Fact]
    public async Task A_tree_of_links_and_folders_alone_gets_a_disc()
    {
        File.Delete(At("folder/will"));
        File.Delete(At("b"));
        File.Delete(At("c"));
        File.CreateSymbolicLink(At("link"), "/nowhere");
        await ScanAsync();

        Assert.Single(Plan(names: false).Discs);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private void Make(string change)
    {
        Thread.Sleep(50);
        switch (change)
        {
            case "renamed":
                File.Move(At("b"), At("deed of the house"));
                break;
            case "linked":
                File.CreateSymbolicLink(At("link"), "b");
                break;
            case "folder made":
                Directory.CreateDirectory(At("empty"));
                break;
            case "mode":
                SetMode(At("b"), UnixFileMode.UserRead);
                break;
            case "deleted from the root":
                File.Delete(At("c"));
                break;
            case "mode of the root":
                SetMode(_directory["source"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                break;
            case "time of the root":
                Directory.SetLastWriteTimeUtc(_directory["source"], DateTime.UnixEpoch);
                break;
            case "came and went": // between two discs: its folder has another time
                File.WriteAllText(At("folder/short"), "b");
                ScanAsync().GetAwaiter().GetResult();
                File.Delete(At("folder/short"));
                break;
            case "deleted": // and the folder has another time
                File.Delete(At("folder/will"));
                break;
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private async Task ArchivedAsync()
    {
        await ScanAsync();
        Assert.Single(Plan(names: false).Discs);
        _database.Run("UPDATE disc SET status = 'written'");
    }

    private Task<ScanResult> ScanAsync() =>
        new Scanner(TimeProvider.System).ScanAsync(_database, new() { Sources = [_directory["source"]] }, new Progress<WorkProgress>(), CancellationToken.None);

    private PlanResult Plan(bool names)
    {
        Assert.True(Capacity.TryParse("1000s", out Capacity? capacity));
        return new Planner(_database, TimeProvider.System).Plan(
            new() { Capacity = capacity, Names = names, Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None);
    }

    private string At(string name) => Path.Combine(_directory["source"], name);
}
