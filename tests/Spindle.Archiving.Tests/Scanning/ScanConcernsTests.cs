// SPDX-License-Identifier: MIT
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Files.Listing;
using Spindle.Media;
using Spindle.Testing;

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
