// SPDX-License-Identifier: MIT
using Spindle.Archiving.Discs;
using Spindle.Archiving.Planning;
using Spindle.Archiving.Scanning;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Archiving.Tests.Discs;

/// <summary>Files that became something else between the scan and the disc.</summary>
public sealed class UnreadableContentTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Theory]
    [InlineData(1000)]
    [InlineData(5_000_000)] // in parts
    public async Task A_file_that_is_a_directory_now_cannot_be_read(int length)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there it cannot be opened");

        WriteResult written = await WriteAsync(length, file =>
        {
            File.Delete(file);
            Directory.CreateDirectory(file);
        });

        AssertProblem("content-unreadable", written);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_missing() => AssertProblem("content-missing", await WriteAsync(1000, File.Delete));

    [Fact]
    public async Task A_file_that_has_other_bytes_has_changed() =>
        AssertProblem("content-changed", await WriteAsync(1000, file => File.WriteAllBytes(file, new byte[1000])));

    public void Dispose() => _directory.Dispose();

    private void AssertProblem(string code, WriteResult written)
    {
        Assert.False(written.IsGood);
        Assert.All(written.Problems, problem => Assert.Equal(code, problem.Failure.Code));
        Assert.EndsWith("file", written.Problems[0].Path, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.iso"));
    }

    private async Task<WriteResult> WriteAsync(int length, Action<string> change)
    {
        Directory.CreateDirectory(_directory["source"]);
        string file = _directory.Write("source/file", SimulatedDisc.Pattern(length));
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(_directory["catalogue.db"]);
        await new Scanner(TimeProvider.System).ScanAsync(database, new() { Sources = [_directory["source"]], Job = "Changed" }, new Progress<WorkProgress>(), default);
        new Planner(database, TimeProvider.System).Plan(
            new() { Capacity = new("2000s", 2000), SplitsFiles = true, Tool = "spindle test" }, new Progress<WorkProgress>(), CancellationToken.None);
        change(file);
        return await new DiscWriter(database, TimeProvider.System).WriteAsync(
            new() { Disc = 0, Directory = _directory.Path }, new Progress<WorkProgress>(), CancellationToken.None);
    }
}
