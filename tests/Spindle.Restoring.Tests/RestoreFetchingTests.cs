// SPDX-License-Identifier: MIT
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Discs that are not at hand, what it would take, and what need not be read at all.</summary>
public sealed class RestoreFetchingTests : IDisposable
{
    private readonly TestArchive _archive = new();
    private readonly TempDirectory _hand = new();

    public void Dispose()
    {
        _archive.Dispose();
        _hand.Dispose();
    }

    [Fact]
    public async Task Discs_are_asked_for_one_after_the_other_wherever_they_are_then()
    {
        IReadOnlyList<string> images = await ThreeDiscsAsync();
        Bring(images[0]);
        using TempDirectory elsewhere = new();
        Fetcher fetcher = new(disc =>
        {
            if (disc.Number == 1)
            {
                File.Delete(_hand["disc0.iso"]); // one drive: the other disc is out
                Bring(images[1]);
                return "";
            }

            File.Copy(images[2], elsewhere["other.iso"]);
            return elsewhere["other.iso"];
        });

        RestoreResult result = await RestoreAsync(fetcher);

        Assert.Equal([(1, 1L, 3_000_001L, false), (2, 1L, 3_000_002L, false)], fetcher.Asked.Select(disc => (disc.Number, disc.Files, disc.Bytes, disc.IsAtHand)));
        Assert.True(result.IsWhole);
        Assert.Empty(result.Concerns);
        Assert.Equal([(0, true), (1, true), (2, true)], result.DiscsUsed.Select(disc => (disc.Number, disc.IsAtHand)));
        Assert.Empty(result.DiscsMissing);
        Assert.All([0, 1, 2], number => Assert.Equal(TestArchive.Bytes(3_000_000 + number, number), _archive.Restored($"file{number}")));
    }

    [Fact]
    public async Task A_disc_that_cannot_be_had_leaves_the_others()
    {
        IReadOnlyList<string> images = await ThreeDiscsAsync();
        Bring(images[2]);
        Fetcher fetcher = new(disc => disc.Number == 0 ? null : images[disc.Number]);

        RestoreResult result = await RestoreAsync(fetcher);

        Assert.Equal([0, 1], fetcher.Asked.Select(disc => disc.Number));
        Assert.Equal([2, 1], result.DiscsUsed.Select(disc => disc.Number));
        Assert.Equal([(0, 1L)], result.DiscsMissing.Select(disc => (disc.Number, disc.Files)));
        MissingFile missing = Assert.Single(result.Missing);
        Assert.Equal(("file0", 3_000_000L), (missing.Path, missing.Size));
        Assert.Equal([0], missing.Discs);
        Assert.Equal((2L, 0L, 6_000_003L), (result.FilesRestored, result.NotRestored, result.Bytes));
    }

    [Fact]
    public async Task What_it_would_take_is_told_and_nothing_is_written()
    {
        IReadOnlyList<string> images = await ThreeDiscsAsync(() => Directory.CreateDirectory(Path.Combine(_archive.Tree, "folder")));
        Bring(images[1]);

        RestoreResult result = await RestoreAsync(null, request => request with { DryRun = true });

        Assert.True(result.IsDryRun);
        Assert.Equal((3L, 0L, 1L, 9_000_003L), (result.FilesRestored, result.FilesPresent, result.OthersRestored, result.Bytes));
        Assert.Equal([(0, false), (1, true), (2, false)], result.DiscsUsed.Select(disc => (disc.Number, disc.IsAtHand)));
        Assert.Equal([0, 2], result.DiscsMissing.Select(disc => disc.Number));
        Assert.Empty(result.Missing);
        Assert.False(Directory.Exists(_archive.Target));
    }

    [Theory]
    [InlineData(new[] { 0, 1 }, "1: 2 names, 11000 bytes")] // what is needed anyway
    [InlineData(new[] { 0 }, "0: 1 names, 5000 bytes; 1: 1 names, 6000 bytes")] // then what is at hand
    [InlineData(new[] { 1 }, "1: 2 names, 11000 bytes")]
    [InlineData(new int[] { }, "1: 2 names, 11000 bytes")]
    public async Task A_content_that_two_discs_have_is_read_from_one(int[] atHand, string expected)
    {
        _archive.Write("both", TestArchive.Bytes(5000, 1));
        string[] images = [Assert.Single(await _archive.ArchiveAsync()), ""];
        _archive.Write("second", TestArchive.Bytes(6000, 2));
        images[1] = Assert.Single(await _archive.ArchiveAsync());
        Change("INSERT INTO placement (content, part, disc, offset, length) SELECT content, part, 1, offset, length FROM placement WHERE disc = 0");

        Assert.Equal(expected, await WantedAsync(images, atHand));
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 }, "3: 2 names")]
    [InlineData(new[] { 0, 1, 2 }, "0: 1 names, 1: 1 names, 2: 1 names, 3: 1 names")] // only for another file the last one is asked for
    [InlineData(new[] { 0, 1 }, "3: 2 names")]
    [InlineData(new int[] { }, "3: 2 names")]
    public async Task A_file_that_is_whole_on_one_disc_is_read_from_its_parts_where_all_of_them_are_at_hand_and_it_is_not(int[] atHand, string expected)
    {
        _archive.Write("divided", TestArchive.Bytes(9_000_000, 1));
        List<string> images = [.. await _archive.ArchiveAsync()];
        Assert.Equal(3, images.Count);
        _archive.Write("other", TestArchive.Bytes(6000, 2));
        images.Add(Assert.Single(await _archive.ArchiveAsync()));
        Change("INSERT INTO placement (content, part, disc, offset, length) SELECT content, 0, 3, 0, 9000000 FROM placement WHERE disc = 0");

        string wanted = await WantedAsync([.. images], atHand);

        Assert.Equal(expected, string.Join(", ", wanted.Split("; ").Select(disc => disc[..disc.IndexOf(", ", StringComparison.Ordinal)])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_never_came_onto_a_disc_is_missing(bool isDryRun)
    {
        _archive.Write("old", TestArchive.Bytes(5000, 1));
        Bring(Assert.Single(await _archive.ArchiveAsync()));
        _archive.Write("new", TestArchive.Bytes(6000, 2));
        await _archive.ScanAsync();

        RestoreResult result = await RestoreAsync(null, request => request with { DryRun = isDryRun });

        Assert.False(result.IsWhole);
        Assert.Equal(1, result.FilesRestored);
        MissingFile missing = Assert.Single(result.Missing);
        Assert.Equal(("new", 6000L), (missing.Path, missing.Size));
        Assert.Empty(missing.Discs);
        Assert.Empty(result.DiscsMissing);
    }

    [Fact]
    public async Task A_content_that_is_there_under_another_name_needs_no_disc()
    {
        byte[] content = _archive.Write("one", TestArchive.Bytes(5000, 1));
        _archive.Write("two", content);
        await _archive.ArchiveAsync();
        Directory.CreateDirectory(_archive.Target);
        File.WriteAllBytes(Path.Combine(_archive.Target, "one"), content);

        RestoreResult result = await RestoreAsync(null);

        Assert.True(result.IsWhole);
        Assert.Equal((2L, 1L), (result.FilesRestored, result.FilesPresent));
        Assert.Empty(result.DiscsUsed);
        Assert.Equal(content, _archive.Restored("two"));
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)] // only a part of it
    [InlineData(false, true, false)] // a file of the user's own is there
    [InlineData(false, false, true)] // the same, of what is restored
    public async Task The_top_directory_becomes_that_of_the_archive_where_it_is_made_for_all_of_it(bool isPart, bool isUsers, bool isThere)
    {
        _archive.Write("a", "1");
        DateTime modified = new(2011, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no modes");
            return;
        }

        File.SetUnixFileMode(_archive.Tree, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Directory.SetLastWriteTimeUtc(_archive.Tree, modified);
        string image = Assert.Single(await _archive.ArchiveAsync());
        Bring(image);
        if (isUsers || isThere)
        {
            _archive.WriteThere(isUsers ? "own" : "a", "1");
        }

        await RestoreAsync(null, request => request with { Patterns = isPart ? ["a"] : [] });

        bool isArchives = !isPart && !isUsers;
        Assert.Equal(isArchives, Directory.GetLastWriteTimeUtc(_archive.Target) == modified);
        Assert.Equal(isArchives, File.GetUnixFileMode(_archive.Target).HasFlag(UnixFileMode.OtherExecute) && !File.GetUnixFileMode(_archive.Target).HasFlag(UnixFileMode.OtherRead));
    }

    [Theory]
    [InlineData("target", false, true)]
    [InlineData("another", false, false)]
    [InlineData("another", true, true)]
    public async Task A_link_that_is_there_stays_unless_it_may_be_replaced(string there, bool overwrite, bool isWhole)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a permission there");
        File.CreateSymbolicLink(Path.Combine(_archive.Tree, "link"), "target");
        _archive.Write("file", "1");
        Bring(Assert.Single(await _archive.ArchiveAsync()));
        Directory.CreateDirectory(_archive.Target);
        File.CreateSymbolicLink(Path.Combine(_archive.Target, "link"), there);

        RestoreResult result = await RestoreAsync(null, request => request with { Overwrite = overwrite });

        Assert.Equal(isWhole, result.IsWhole);
        Assert.Equal(isWhole ? (1L, 0L) : (0, 1), (result.OthersRestored, result.OthersNotRestored));
        Assert.Equal(isWhole ? [] : ["already-exists"], result.Problems.Select(problem => problem.Code));
        Assert.Equal(isWhole ? "target" : there, new FileInfo(Path.Combine(_archive.Target, "link")).LinkTarget);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_directory_is_never_replaced_by_a_file_or_a_link(bool overwrite)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a permission there");
        _archive.Write("file", "1");
        File.CreateSymbolicLink(Path.Combine(_archive.Tree, "link"), "file");
        Bring(Assert.Single(await _archive.ArchiveAsync()));
        Directory.CreateDirectory(Path.Combine(_archive.Target, "file"));
        Directory.CreateDirectory(Path.Combine(_archive.Target, "link"));

        RestoreResult result = await RestoreAsync(null, request => request with { Overwrite = overwrite });

        Assert.Equal((0L, 1L, 0L, 1L), (result.FilesRestored, result.NotRestored, result.OthersRestored, result.OthersNotRestored));
        Assert.Equal(["already-exists", "already-exists"], result.Problems.Select(problem => problem.Code));
        Assert.All(["file", "link"], name => Assert.True(Directory.Exists(Path.Combine(_archive.Target, name)))); // though nothing is in them
    }

    // file0, file1 and file2, each on a disc of its own.
    private async Task<IReadOnlyList<string>> ThreeDiscsAsync(Action? more = null)
    {
        for (int number = 0; number < 3; number++)
        {
            _archive.Write($"file{number}", TestArchive.Bytes(3_000_000 + number, number));
            if (number == 2)
            {
                more?.Invoke();
            }

            Assert.Single(await _archive.ArchiveAsync());
        }

        return [.. Directory.EnumerateFiles(_archive.Images, "*.iso").Order(StringComparer.Ordinal)];
    }

    private void Change(string statement)
    {
        using CatalogueDatabase catalogue = CatalogueDatabase.OpenForWriting(_archive.CataloguePath);
        catalogue.Run(statement);
    }

    // What it would take with some of the discs at hand.
    private async Task<string> WantedAsync(string[] images, int[] atHand)
    {
        foreach (int number in atHand)
        {
            Bring(images[number]);
        }

        RestoreResult result = await RestoreAsync(null, request => request with { DryRun = true });
        Assert.Equal(result.DiscsUsed.Sum(disc => disc.Bytes), result.Bytes);
        return string.Join("; ", result.DiscsUsed.Select(disc => $"{disc.Number}: {disc.Files} names, {disc.Bytes} bytes"));
    }

    private void Bring(string image) => File.Copy(image, _hand[$"disc{Directory.GetFiles(_hand.Path).Length}.iso"]);

    private async Task<RestoreResult> RestoreAsync(IDiscFetcher? fetcher, Func<RestoreRequest, RestoreRequest>? ask = null)
    {
        using CatalogueDatabase catalogue = CatalogueDatabase.OpenForReading(_archive.CataloguePath);
        RestoreRequest request = new() { Sources = [_hand.Path], Target = _archive.Target };
        return await new Restorer(null, fetcher, TimeProvider.System).RunAsync(
            catalogue, ask?.Invoke(request) ?? request, new Progress<WorkProgress>(), TestContext.Current.CancellationToken);
    }

    private sealed class Fetcher(Func<DiscWanted, string?> bring) : IDiscFetcher
    {
        public List<DiscWanted> Asked { get; } = [];

        public string? Fetch(DiscWanted disc, CancellationToken cancellationToken)
        {
            Asked.Add(disc);
            return bring(disc);
        }
    }
}
