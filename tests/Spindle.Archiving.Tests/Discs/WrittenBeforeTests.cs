// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Discs;

/// <summary>Images that are there before a disc is written, and discs that do not come out as planned.</summary>
public sealed class WrittenBeforeTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CatalogueDatabase _database;
    private readonly int _disc;

    public WrittenBeforeTests()
    {
        Directory.CreateDirectory(_directory["source"]);
        File.WriteAllText(_directory["source/file"], "content");
        _database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        new Scanner(TimeProvider.System).ScanAsync(_database, new() { Sources = [_directory["source"]], Job = "Before" }, new Progress<WorkProgress>(), default).GetAwaiter().GetResult();
        _disc = Assert.Single(new Planner(_database, TimeProvider.System).Plan(
            new() { Capacity = new("2000s", 2000), Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None).Discs).Number;
    }

    private string Image => _directory["Before_0000.iso"];

    [Fact]
    public async Task An_image_that_was_written_is_not_made_again()
    {
        WriteResult first = await WriteAsync();
        DateTime made = File.GetLastWriteTimeUtc(Image);
        File.Delete(_directory["source/file"]); // nothing of it is read

        WriteResult second = await WriteAsync();

        Assert.Equal((false, true), (first.WasThere, second.WasThere));
        Assert.Equal((Image, first.Sha256), (second.Image, second.Sha256));
        Assert.Equal(made, File.GetLastWriteTimeUtc(Image));
    }

    [Fact]
    public async Task An_image_that_the_catalogue_was_not_told_of_is_read_and_can_be_left_alone()
    {
        WriteResult first = await WriteAsync();
        _database.Run("UPDATE disc SET status = 'planned'");
        using CancellationTokenSource stop = new();
        List<WorkProgress> told = [];
        WriteRequest request = new() { Disc = _disc, Directory = _directory.Path };

        WriteResult second = await new DiscWriter(_database, TimeProvider.System).WriteAsync(request, new Heard(told.Add), CancellationToken.None);

        Assert.True(second.WasThere);
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Equal(new FileInfo(Image).Length, told.Last(progress => progress.Stage == "reading-back").Done);
        _database.Run("UPDATE disc SET status = 'planned'");
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new DiscWriter(_database, TimeProvider.System).WriteAsync(request, new Heard(told.Add), stop.Token));
        Assert.True(File.Exists(Image));
    }

    [Fact]
    public async Task An_image_of_which_a_part_is_missing_is_refused()
    {
        await WriteAsync();
        using (FileStream image = File.OpenWrite(Image))
        {
            image.SetLength(image.Length - 2048);
        }

        await FailsAsync("output-exists", overwrite: false);
    }

    [Fact]
    public async Task What_the_catalogue_does_not_know_is_refused_and_left_as_it_is()
    {
        File.WriteAllText(Image, "somebody's");

        await FailsAsync("output-exists", overwrite: false);

        Assert.Equal("somebody's", File.ReadAllText(Image));
        Assert.Equal([Image], Directory.GetFiles(_directory.Path, "Before*"));
    }

    [Fact]
    public async Task What_is_there_is_replaced_where_that_is_wanted()
    {
        File.WriteAllText(Image, "somebody's");
        File.WriteAllText(Image + ".sha256", "somebody's");

        WriteResult written = await WriteAsync(overwrite: true);

        Assert.True(written.IsGood);
        Assert.Equal(written.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Image))));
        Assert.Equal($"{written.Sha256}  Before_0000.iso\n", File.ReadAllText(Image + ".sha256"));
        Assert.Equal([Image, Image + ".sha256"], Directory.GetFiles(_directory.Path, "Before*").Order());
    }

    [Fact]
    public async Task A_written_disc_that_would_come_out_otherwise_is_not_made_again()
    {
        await WriteAsync();
        _database.Run("UPDATE disc SET sectors = sectors - 1");
        byte[] image = File.ReadAllBytes(Image);

        await FailsAsync("plan-outdated", overwrite: true);

        Assert.Equal(image, File.ReadAllBytes(Image));
    }

    [Fact]
    public async Task A_disc_that_would_be_larger_than_its_plan_lets_it_is_not_written()
    {
        _database.Run("UPDATE disc SET sectors = sectors - 1; UPDATE plan SET detail = json_set(detail, '$.imageSectors', 300)");

        await FailsAsync("plan-outdated", overwrite: false);

        Assert.Empty(Directory.GetFiles(_directory.Path, "Before*"));
    }

    [Fact]
    public async Task A_disc_that_comes_out_otherwise_within_its_plan_is_written_as_it_is()
    {
        _database.Run("UPDATE disc SET sectors = sectors - 1");

        WriteResult written = await WriteAsync();

        Assert.Equal(new FileInfo(Image).Length, written.Disc.Sectors * 2048);
    }

    public void Dispose()
    {
        _database.Dispose();
        _directory.Dispose();
    }

    private Task<WriteResult> WriteAsync(bool overwrite = false) => new DiscWriter(_database, TimeProvider.System).WriteAsync(
        new() { Disc = _disc, Directory = _directory.Path, Overwrite = overwrite }, new Progress<WorkProgress>(), CancellationToken.None);

    private sealed class Heard(Action<WorkProgress> hear) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => hear(value);
    }

    private async Task FailsAsync(string code, bool overwrite) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<OperationFailedException>(() => WriteAsync(overwrite))).Failure.Code);
}
