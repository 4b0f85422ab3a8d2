// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Archiving.Sets;
using Spindle.Catalogue;
using Spindle.Catalogue.Sets;
using Spindle.Formats.Images;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Sets;

/// <summary>Discs of a plan with parity discs: what is written is added to their set, and the last one makes these.</summary>
public sealed class FullSetsTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly PlanResult _plan;
    private readonly string _images;

    public FullSetsTests()
    {
        string tree = Directory.CreateDirectory(_directory["tree"]).FullName;
        Random random = new(5);
        for (int file = 0; file < 10; file++)
        {
            byte[] bytes = new byte[400_000 + (file * 1000)];
            random.NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(tree, $"f{file}"), bytes);
        }

        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        new Scanner(TimeProvider.System).ScanAsync(_database, new() { Sources = [tree], Job = "Job" }, SetOfImages.Untold.Progress, CancellationToken.None).GetAwaiter().GetResult();
        _plan = Plan(null);
        _images = Directory.CreateDirectory(_directory["images"]).FullName;
    }

    private string First => Path.Combine(_images, "Job_S000_P1.iso");

    private string Sums => Path.Combine(_images, "Job_S000.sums");

    [Fact]
    public async Task The_last_disc_of_a_set_makes_its_parity_discs_and_they_come_out_the_same_again()
    {
        Assert.Equal([(0, 2), (3, 4)], _plan.Sets.Select(set => (set.FirstDisc, set.LastDisc)));

        await WriteAsync(0);
        SetProgress begun = Close(0);
        await WriteAsync(1);
        await WriteAsync(2);
        SetProgress full = Close(2);

        Assert.Equal(("open", false), (begun.Set.Status, begun.WasMade));
        Assert.Equal([1, 2], begun.Missing);
        Assert.Equal(("closed", true), (full.Set.Status, full.WasMade));
        Assert.False(Directory.Exists(Sums));
        Assert.Equal([First, Path.Combine(_images, "Job_S000_P2.iso")], full.Set.Parity.Select(disc => disc.Image));
        Assert.All(full.Set.Parity, disc => Assert.Equal(disc.Sha256, HashOf(disc.Image!)));
        ForeignProgram.RunIn(_images, "sha256sum", "-c", "Job_S000_P1.iso.sha256", "Job_S000_P2.iso.sha256");
        byte[] before = File.ReadAllBytes(First);

        string again = Directory.CreateDirectory(_directory["again"]).FullName;
        _database.Run("UPDATE disc SET status = 'planned'; UPDATE parity_set SET status = 'planned'; DELETE FROM parity_member");
        foreach (int disc in (int[])[0, 1, 2])
        {
            await WriteAsync(disc, again);
        }

        Close(2);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(again, "Job_S000_P1.iso")));
    }

    [Fact]
    public async Task Lost_discs_come_back_from_what_the_parity_discs_say_alone()
    {
        await WriteAsync(0, 1, 2);
        Close(2);
        Dictionary<string, string> whole = new[] { "Job_0000.iso", "Job_0002.iso" }.ToDictionary(name => name, name => HashOf(Path.Combine(_images, name)));
        foreach (string name in whole.Keys)
        {
            File.Delete(Path.Combine(_images, name));
        }

        SetRepairResult repaired = SetRepairer.Repair(new() { Sources = [_images], Target = _directory["restored"] }, SetOfImages.Untold.Progress, CancellationToken.None);

        Assert.Empty(repaired.Concerns);
        Assert.All(whole, image => Assert.Equal(image.Value, HashOf(Path.Combine(_directory["restored"], image.Key))));
    }

    [Fact]
    public async Task A_parity_disc_tells_people_and_programs_which_archive_and_set_it_is_of()
    {
        await WriteAsync(0, 1, 2);
        Close(2);

        using ImageFile image = ImageFile.Open(First);
        Volume volume = Volume.Open(image)!;
        string readme = Read(volume, "README.TXT");
        using JsonDocument disc = JsonDocument.Parse(Read(volume, "ARCHIVE/disc.json"));
        using JsonDocument set = JsonDocument.Parse(Read(volume, "PARITY/set.json"));

        Assert.Equal("JOB_S000_P1", volume.VolumeIdentifier);
        Assert.Contains("parity disc 1 of 2 of set 0", readme, StringComparison.Ordinal);
        Assert.Contains("archive Job: discs 0 to 2", readme, StringComparison.Ordinal);
        Assert.Equal("spindle/parity-disc/1", disc.RootElement.GetProperty("schema").GetString());
        Assert.Equal(_plan.Sets[0].UuidOf(1), disc.RootElement.GetProperty("disc").GetGuid());
        Assert.Equal([0, 1, 2], set.RootElement.GetProperty("discs").EnumerateArray().Select(member => member.GetProperty("number").GetInt32()));
        Assert.NotNull(volume.Find("PARITY/format.txt"));
        foreach (string line in Read(volume, "ARCHIVE/SHA256SUMS").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.Equal(line[..64], HashOf(volume, line[66..]));
        }

        Assert.Contains("catalogue.json", Read(volume, "ARCHIVE/SHA256SUMS"), StringComparison.Ordinal);
        Assert.Null(DiscUuid.Read(image, new())); // nobody takes it for a disc with files
    }

    [Fact]
    public async Task A_data_disc_tells_of_its_set()
    {
        await WriteAsync(3);

        using ImageFile image = ImageFile.Open(Path.Combine(_images, "Job_0003.iso"));
        Volume volume = Volume.Open(image)!;
        string readme = Read(volume, "README.TXT");
        using JsonDocument disc = JsonDocument.Parse(Read(volume, "ARCHIVE/disc.json"));

        Assert.Contains("set 1 of the archive: discs 3 to 4, and\r\n2 parity discs, named JOB_S001_P1 to P2.", readme, StringComparison.Ordinal);
        Assert.Equal((1, 3, 4, 2), (Number("number"), Number("firstDisc"), Number("lastDisc"), Number("parityDiscs")));
        Assert.Equal(_plan.Sets[1].Uuid, disc.RootElement.GetProperty("set").GetProperty("uuid").GetGuid());

        int Number(string key) => disc.RootElement.GetProperty("set").GetProperty(key).GetInt32();
    }

    [Fact]
    public async Task Whoever_is_killed_between_two_steps_goes_on()
    {
        await WriteAsync(0, 1);

        // Killed when disc 1 was in the sums, and before its image had its name.
        File.Delete(Path.Combine(_images, "Job_0001.iso"));
        _database.Run("UPDATE disc SET status = 'planned' WHERE number = 1; DELETE FROM parity_member WHERE disc = 1");
        await WriteAsync(1);

        // Killed when the image had its name, and before the catalogue was told.
        _database.Run("UPDATE disc SET status = 'planned', sha256 = NULL WHERE number = 1; DELETE FROM parity_member WHERE disc = 1");
        await WriteAsync(1);
        await WriteAsync(2);

        // Killed when the first parity disc had its name, and the second was not begun; then, before the sums were gone.
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new FullSets(_database, TimeProvider.System).Close(2, false, new Stopping(stop, "Job_S000_P2"), stop.Token));
        Assert.True(File.Exists(First));
        string first = HashOf(First);
        SetProgress full = Close(2);
        _database.Run($"UPDATE parity_set SET sums = '{Sums}' WHERE number = 0");
        Directory.CreateDirectory(Sums);
        SetProgress after = Close(2);

        Assert.True(full.WasMade);
        Assert.Equal((false, null), (after.WasMade, after.Set.Sums));
        Assert.Equal(first, HashOf(First));
        Assert.False(Directory.Exists(Sums));
        Assert.Empty(Directory.GetDirectories(_images));
        Assert.Empty(SetChecker.Check([_images], SetOfImages.Untold.Progress, CancellationToken.None).Damaged);
    }

    [Fact]
    public async Task Discs_that_were_written_without_are_read_once_for_their_set()
    {
        foreach (int disc in (int[])[0, 1, 2])
        {
            await new DiscWriter(_database, TimeProvider.System).WriteAsync(new() { Disc = disc, Directory = _images, AddsToSet = false }, SetOfImages.Untold.Progress, CancellationToken.None);
        }

        Assert.False(Directory.Exists(Sums));
        await WriteAsync(0, 1, 2);

        Assert.True(Close(0).WasMade);
    }

    [Fact]
    public async Task A_set_is_full_without_a_disc_that_was_withdrawn()
    {
        await WriteAsync(0, 2);
        _database.Run("UPDATE disc SET status = 'withdrawn' WHERE number = 1");

        SetProgress full = Close(0);

        Assert.True(full.WasMade);
        using ImageFile image = ImageFile.Open(First);
        Assert.Contains("Disc 1 was never made.", Read(Volume.Open(image)!, "README.TXT"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sums_that_are_not_what_they_should_be_are_never_added_to()
    {
        await WriteAsync(0);

        Directory.Move(Sums, _directory["elsewhere"]);
        Assert.Equal("sums-missing", await CodeAsync(1));
        Directory.Move(_directory["elsewhere"], Sums);

        string list = Path.Combine(Sums, "sums.tsv");
        string text = File.ReadAllText(list);
        File.WriteAllText(list, text.Replace(_plan.Sets[0].Uuid.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal));
        Assert.Equal("sums-of-another-set", await CodeAsync(1));
        File.WriteAllText(list, text.Replace(HashOf(Path.Combine(_images, "Job_0000.iso")), new string('0', 64), StringComparison.Ordinal));
        Assert.Equal("image-changed", await CodeAsync(0));
        File.WriteAllText(list, text);

        Assert.True(await WriteAsync(1));
    }

    [Fact]
    public void A_plan_that_is_made_anew_has_the_numbers_of_sets_again()
    {
        PlanResult again = Plan(null);
        PlanResult without = Plan(null, parityDiscs: null);

        Assert.Equal([0, 1], again.Sets.Select(set => set.Number));
        Assert.Empty(without.Sets);
        Assert.Empty(new SetStore(_database).All());
    }

    [Fact]
    public async Task Parity_discs_have_as_much_parity_of_their_own_as_discs_have()
    {
        PlanResult plan = Plan(30);
        int[] discs = [.. Enumerable.Range(plan.Sets[0].FirstDisc, plan.Sets[0].LastDisc + 1)];
        await WriteAsync(discs);

        Close(0);

        Assert.True(Parity.Protecting.Checker.Check(new() { Image = First }).Damage.IsNone);
        Assert.InRange(new FileInfo(First).Length, 1, plan.CapacitySectors * 2048);
    }

    [Fact]
    public async Task A_scan_of_the_folder_that_they_are_in_leaves_out_sums_and_parity_discs()
    {
        string inside = Directory.CreateDirectory(_directory["tree/images"]).FullName;
        await WriteAsync(0, inside);
        ScanResult open = await ScanAsync();
        await WriteAsync(1, inside);
        await WriteAsync(2, inside);
        Close(2);
        ScanResult closed = await ScanAsync();

        Assert.Equal((10L, 10L), (open.Sources[0].Totals.Files, closed.Sources[0].Totals.Files));

        Task<ScanResult> ScanAsync() =>
            new Scanner(TimeProvider.System).ScanAsync(_database, new() { Sources = [_directory["tree"]], Job = "Job" }, SetOfImages.Untold.Progress, CancellationToken.None);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private PlanResult Plan(double? percent, int? parityDiscs = 2) => new Planner(_database, TimeProvider.System).Plan(
        new() { Capacity = new("1450s", percent is null ? 1450 : 2400), ParityPercent = percent, ParityDiscs = parityDiscs, SetSize = parityDiscs is null ? null : 3, Tool = "spindle test" }, SetOfImages.Untold.Progress, CancellationToken.None);

    private async Task<bool> WriteAsync(params int[] discs)
    {
        foreach (int disc in discs)
        {
            await WriteAsync(disc, _images);
        }

        return true;
    }

    private async Task WriteAsync(int disc, string folder)
    {
        WriteResult written = await new DiscWriter(_database, TimeProvider.System).WriteAsync(new() { Disc = disc, Directory = folder }, SetOfImages.Untold.Progress, CancellationToken.None);
        Assert.True(written.IsGood);
    }

    private async Task<string> CodeAsync(int disc) => (await Assert.ThrowsAsync<OperationFailedException>(() => WriteAsync(disc, _images))).Failure.Code;

    private SetProgress Close(int disc) => new FullSets(_database, TimeProvider.System).Close(disc, false, SetOfImages.Untold.Progress, CancellationToken.None)!;

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static string HashOf(Volume volume, string name)
    {
        using Stream content = volume.OpenContent(volume.Find(name)!);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private static string Read(Volume volume, string name)
    {
        using Stream content = volume.OpenContent(volume.Find(name)!);
        using StreamReader text = new(content, Encoding.UTF8);
        return text.ReadToEnd();
    }

    /// <summary>Stops when it is told of an image.</summary>
    private sealed class Stopping(CancellationTokenSource stop, string item) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Item?.StartsWith(item, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
