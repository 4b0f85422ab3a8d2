// SPDX-License-Identifier: MIT
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Files.Listing;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Testing.Windows;

namespace Spindle.Archiving.Tests.Scanning;

/// <summary>Sources that can't be scanned, and what is told of those that were.</summary>
public sealed class ScanConcernsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData("file", "source-not-a-directory")]
    [InlineData("nowhere", "no-such-source")]
    public async Task A_source_that_is_no_directory_is_refused(string source, string code)
    {
        _directory.Write("file", [1]);

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => ScanAsync(source));

        Assert.Equal(code, e.Failure.Code);
        Assert.Contains(source, e.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_cannot_be_opened_is_told_of_in_the_system_s_words()
    {
        Directory.CreateDirectory(_directory["source"]);

        OperationFailedException e = await Assert.ThrowsAsync<OperationFailedException>(() => ScanAsync("source", new ClosedSystem()));

        Assert.Equal("source-unreadable", e.Failure.Code);
        Assert.EndsWith("cannot be read: Input/output error", e.Failure.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_with_times_that_discs_cannot_show_are_counted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only there such times can be read");
        Directory.CreateDirectory(_directory["source"]);
        foreach (string name in (string[])["far", "farther", "near"])
        {
            _directory.Write($"source/{name}", [1]);
        }

        ForeignProgram.Run("touch", "-d", "2399-01-01T00:00:00Z", _directory["source/far"], _directory["source/farther"]);
        Assert.SkipUnless(ForeignProgram.Run("stat", "-c", "%Y", _directory["source/far"]).StartsWith("13537929600", StringComparison.Ordinal), "this file system holds no such times");

        SourceScan scan = Assert.Single((await ScanAsync("source")).Sources);

        Assert.Equal(0, scan.ProblemCount);
        Failure concern = Assert.Single(scan.Concerns);
        Assert.Equal("far-times", concern.Code);
        Assert.StartsWith("2 names have times", concern.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_that_are_too_long_to_be_kept_are_counted_and_the_others_are_kept()
    {
        Directory.CreateDirectory(_directory["source"]);
        _directory.Write("source/file", [1]);

        SourceScan scan = Assert.Single((await ScanAsync("source", new ForkSystem(SourceSystem.OfThisMachine()))).Sources);

        Assert.Equal((0, 1), (scan.ProblemCount, scan.Totals.Files));
        Failure concern = Assert.Single(scan.Concerns);
        Assert.Equal("attributes-left-out", concern.Code);
        Assert.StartsWith("1 name has an attribute", concern.What, StringComparison.Ordinal);
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        using Statement kept = database.Prepare("SELECT CAST(extra AS TEXT) FROM entry WHERE name = CAST('file' AS BLOB)");
        Assert.True(kept.Step());
        Assert.Contains("""
            "xattrs":[{"name":"com.apple.FinderInfo","value":"AQI="}]
            """, kept.Text(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_whose_own_ways_could_not_be_used_is_told()
    {
        Directory.CreateDirectory(_directory["source"]);

        SourceScan scan = Assert.Single((await ScanAsync("source", new ForkSystem(SourceSystem.OfThisMachine()) { IsReduced = true })).Sources);

        Assert.Equal("attributes-not-read", Assert.Single(scan.Concerns).Code);
        Assert.Empty((await ScanAsync("source")).Sources[0].Concerns);
    }

    [Fact]
    public async Task Streams_of_Windows_are_counted_by_the_names_that_have_some()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays Windows here");
        SimulatedWindowsFiles windows = new();
        Directory.CreateDirectory(_directory["source/below"]);
        foreach (string name in (string[])["one", "two", "plain", "below/three"])
        {
            _directory.Write($"source/{name}", [1]);
            windows.Streams[Path.GetFileName(name)] = name == "plain" ? [] : [(":Zone.Identifier:$DATA", 26), (":more:$DATA", 1)];
        }

        windows.Streams["below"] = [(":note:$DATA", 3)];

        SourceScan scan = Assert.Single((await ScanAsync("source", SimulatedWindowsFiles.Source(windows))).Sources);

        Assert.Equal((0, 4), (scan.ProblemCount, scan.Totals.Files));
        Failure concern = Assert.Single(scan.Concerns);
        Assert.Equal("streams-not-kept", concern.Code);
        Assert.StartsWith("4 names have streams", concern.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_lists_are_counted_by_the_names_that_have_one_of_their_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays Windows here");
        SimulatedWindowsFiles windows = new();
        Directory.CreateDirectory(_directory["source/below"]);
        _directory.Write("source/one", [1]);
        _directory.Write("source/below/plain", [1]);
        windows.WithOwnAccessList.UnionWith(["one", "below"]);

        SourceScan scan = Assert.Single((await ScanAsync("source", SimulatedWindowsFiles.Source(windows))).Sources);

        Failure concern = Assert.Single(scan.Concerns);
        Assert.Equal(("access-lists-not-kept", 0), (concern.Code, scan.ProblemCount));
        Assert.StartsWith("2 names have access lists (ACL) of their own; they are not kept", concern.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_one_file_are_one_on_Windows_too_and_are_read_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays Windows here");
        Directory.CreateDirectory(_directory["source"]);
        _directory.Write("source/first", [1, 2, 3]);
        _directory.Write("source/alone", [1, 2, 3]);
        File.SetLastWriteTimeUtc(_directory["source/first"], new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc)); // else it is read again, for it is so new
        File.SetLastWriteTimeUtc(_directory["source/alone"], new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        ISourceSystem windows = SimulatedWindowsFiles.Source(new());
        await ScanAsync("source", windows);
        ForeignProgram.Run("ln", _directory["source/first"], _directory["source/second"]);

        SourceScan linked = Assert.Single((await ScanAsync("source", windows)).Sources);
        SourceScan again = Assert.Single((await ScanAsync("source", windows)).Sources);

        Assert.Equal(1, linked.FilesRead); // it has a number now, which it had not: it is read, and its new name with it
        Assert.Equal((0, default), (again.FilesRead, again.Changes));
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        using Statement groups = database.Prepare("SELECT group_concat(name, ' ') FROM (SELECT CAST(name AS TEXT) AS name FROM entry WHERE link_group IS NOT NULL AND gone_scan IS NULL ORDER BY name)");
        using Statement number = database.Prepare("SELECT count(DISTINCT link_group) FROM entry WHERE gone_scan IS NULL");
        Assert.True(groups.Step());
        Assert.Equal("first second", groups.Text(0));
        Assert.Equal(1, number.Scalar());
    }

    public void Dispose() => _directory.Dispose();

    private async Task<ScanResult> ScanAsync(string source, ISourceSystem? system = null)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        Scanner scanner = new(TimeProvider.System) { System = system ?? SourceSystem.OfThisMachine() };
        return await scanner.ScanAsync(database, new() { Sources = [_directory[source]] }, new Progress<WorkProgress>(), CancellationToken.None);
    }

    /// <summary>A machine whose directories can't be opened.</summary>
    private sealed class ClosedSystem : ISourceSystem
    {
        public ISourceDirectory OpenRoot(string path) => throw new SourceException("Input/output error", isGone: false);

        public byte[]? UserName(long uid) => null;

        public byte[]? GroupName(long gid) => null;

        public bool IsRotational(long device) => false;
    }

    /// <summary>This machine, on which each file has a resource fork that is too long, and something else.</summary>
    private sealed class ForkSystem(ISourceSystem machine) : ISourceSystem
    {
        public bool IsReduced { get; init; }

        public ISourceDirectory OpenRoot(string path) => new Folder(machine.OpenRoot(path));

        public byte[]? UserName(long uid) => null;

        public byte[]? GroupName(long gid) => null;

        public bool IsRotational(long device) => false;

        private sealed class Folder(ISourceDirectory directory) : ISourceDirectory
        {
            public NodeStatus Status => directory.Status;

            public void List(DirectoryListing listing) => directory.List(listing);

            public ISourceDirectory OpenDirectory(ReadOnlySpan<byte> path) => new Folder(directory.OpenDirectory(path));

            public ISourceFile OpenFile(ReadOnlySpan<byte> name) => new Opened(directory.OpenFile(name));

            public byte[] ReadLink(ReadOnlySpan<byte> name) => directory.ReadLink(name);

            public IReadOnlyList<ExtendedAttribute> Attributes(ReadOnlySpan<byte> name) => [];

            public void Dispose() => directory.Dispose();
        }

        private sealed class Opened(ISourceFile file) : ISourceFile
        {
            public NodeStatus Status() => file.Status();

            public int Read(Span<byte> buffer) => file.Read(buffer);

            public void Rewind() => file.Rewind();

            public IReadOnlyList<ExtendedAttribute> Attributes() =>
                [new("com.apple.FinderInfo"u8.ToArray(), [1, 2]), new("com.apple.ResourceFork"u8.ToArray(), []) { LeftOut = 17 << 20 }];

            public IReadOnlyList<(long Offset, long Length)>? DataRuns(long size) => null;

            public void Dispose() => file.Dispose();
        }
    }
}
