// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Files;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Scanning;

/// <summary>An archive that is made in the midst of its own tree does not hold itself, and comes to rest.</summary>
public sealed class CatalogueFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;

    public CatalogueFilesTests()
    {
        File.WriteAllText(_directory["a"], "a");
        Directory.CreateDirectory(_directory["images"]);
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("images")]
    public async Task Images_and_what_is_beside_them_are_left_out(string place)
    {
        await ArchiveAsync(place);
        string image = _directory[$"{place}/J_0000.iso"];
        Assert.True(File.Exists(image));
        foreach (string suffix in (string[])[".part", ".sha256.part", "-lock"])
        {
            File.WriteAllText(image + suffix, "of a run that was killed");
        }

        Directory.CreateDirectory(image + ".work");
        File.WriteAllText(image + ".work/files", "too");
        await ScanAsync();
        Assert.Equal(["a", "images"], Names());
        Assert.Equal((0, 0L), Told(Plan()));

        File.WriteAllText(_directory[$"{place}/b"], "b");
        await ScanAsync();
        Assert.Single(Plan().Discs);
    }

    [Fact]
    public async Task Images_that_were_written_again_elsewhere_are_left_out_at_both_places()
    {
        await ArchiveAsync(".");
        await WriteAsync("images");
        await ScanAsync();
        Assert.Equal(["a", "images"], Names());
    }

    [Fact]
    public async Task What_only_looks_like_an_image_is_archived()
    {
        await ArchiveAsync("images");
        File.WriteAllText(_directory["J_0000.iso"], "mine");
        File.WriteAllText(_directory["images/J_0001.iso"], "mine, too");
        await ScanAsync();
        Assert.Equal(["J_0000.iso", "a", "images", "images/J_0001.iso"], Names());
    }

    [Fact]
    public async Task Time_and_mode_of_a_directory_with_images_are_known_when_something_else_in_it_changed()
    {
        await ArchiveAsync("images");
        long before = Number("SELECT modified FROM entry WHERE kind = 1 AND gone_scan IS NULL");
        await ScanAsync();
        Assert.Equal(before, Number("SELECT modified FROM entry WHERE kind = 1 AND gone_scan IS NULL"));

        File.WriteAllText(_directory["images/mine"], "m");
        await ScanAsync();
        long ns = (Directory.GetLastWriteTimeUtc(_directory["images"]) - DateTime.UnixEpoch).Ticks * 100;
        Assert.InRange(Number("SELECT modified FROM entry WHERE kind = 1 AND gone_scan IS NULL") - ns, 0, 99);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private static (int Discs, long Names) Told(PlanResult plan) => (plan.Discs.Count, plan.NamesUnknown);

    private async Task ArchiveAsync(string place)
    {
        await ScanAsync();
        Assert.Single(Plan().Discs);
        await WriteAsync(place);
    }

    private async Task WriteAsync(string place) => Assert.True((await new DiscWriter(_database, TimeProvider.System).WriteAsync(
        new() { Disc = 0, Directory = Path.GetFullPath(_directory[place]) }, new Progress<WorkProgress>(), CancellationToken.None)).IsGood);

    private Task<ScanResult> ScanAsync() =>
        new Scanner(TimeProvider.System).ScanAsync(_database, new() { Sources = [_directory.Path], Job = "J" }, new Progress<WorkProgress>(), CancellationToken.None);

    private PlanResult Plan()
    {
        Assert.True(Capacity.TryParse("1000s", out Capacity? capacity));
        return new Planner(_database, TimeProvider.System).Plan(new() { Capacity = capacity, Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None);
    }

    private List<string> Names()
    {
        using Statement rows = _database.Prepare("SELECT path, name FROM entry JOIN directory ON directory.id = directory WHERE gone_scan IS NULL ORDER BY path, name");
        List<string> names = [];
        while (rows.Step())
        {
            names.Add(Encoding.UTF8.GetString(ArchivePath.Join(rows.Blob(0), rows.Blob(1))));
        }

        return names;
    }

    private long Number(string sql)
    {
        using Statement query = _database.Prepare(sql);
        return query.Scalar()!.Value;
    }
}
