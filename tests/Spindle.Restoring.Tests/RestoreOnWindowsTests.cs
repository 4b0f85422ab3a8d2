// SPDX-License-Identifier: MIT
using Spindle.Testing;
using Spindle.Testing.Windows;

namespace Spindle.Restoring.Tests;

/// <summary>From Windows onto discs and back: which names are one file. Linux plays Windows, and coreutils judge.</summary>
public sealed class RestoreOnWindowsTests : IDisposable
{
    private readonly TestArchive _archive = new();
    private readonly SimulatedWindowsFiles _windows = new();

    public RestoreOnWindowsTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays Windows here");
        _archive.Write("first", "Dear archive");
        _archive.Write("apart", "Dear archive");
        _archive.Write("folder/inside", "1");
        ForeignProgram.Run("ln", Path.Combine(_archive.Tree, "first"), Path.Combine(_archive.Tree, "folder/second"));
    }

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task Names_of_one_file_come_back_as_one()
    {
        await _archive.ArchiveAsync(system: SimulatedWindowsFiles.Source(_windows));

        RestoreResult result = await _archive.RestoreAsync(_windows.OpenTarget);

        AssertNoLinkIsMissing(result);
        Assert.Equal(Inode("first"), Inode("folder/second"));
        Assert.NotEqual(Inode("first"), Inode("apart"));
        Assert.Equal("Dear archive"u8, _archive.Restored("folder/second"));
    }

    [Fact]
    public async Task Names_that_are_there_become_one_file_or_two_as_in_the_archive()
    {
        await _archive.ArchiveAsync(system: SimulatedWindowsFiles.Source(_windows));
        await _archive.RestoreAsync(_windows.OpenTarget);
        string folder = Path.Combine(_archive.Target, "folder");
        File.Delete(Path.Combine(folder, "second"));
        File.Copy(Path.Combine(_archive.Target, "first"), Path.Combine(folder, "second"));
        ForeignProgram.Run("ln", "-f", Path.Combine(_archive.Target, "first"), Path.Combine(_archive.Target, "apart"));

        RestoreResult again = await _archive.RestoreAsync(_windows.OpenTarget);

        AssertNoLinkIsMissing(again);
        Assert.Equal(4, again.FilesPresent);
        Assert.Equal(Inode("first"), Inode("folder/second"));
        Assert.NotEqual(Inode("first"), Inode("apart"));
    }

    [Fact]
    public async Task Where_the_target_has_no_hard_links_they_are_copies_and_that_is_told()
    {
        await _archive.ArchiveAsync(system: SimulatedWindowsFiles.Source(_windows));

        RestoreResult result = await _archive.RestoreAsync(new SimulatedWindowsFiles { HasLinks = false }.OpenTarget);

        Assert.Contains(result.Problems, problem => problem.Code == "attributes-not-set" && problem.What.Contains("hard link", StringComparison.Ordinal));
        Assert.NotEqual(Inode("first"), Inode("folder/second"));
        Assert.Equal("Dear archive"u8, _archive.Restored("folder/second"));
    }

    private static void AssertNoLinkIsMissing(RestoreResult result) =>
        Assert.DoesNotContain(result.Problems, problem => problem.What.Contains("hard link", StringComparison.Ordinal));

    private string Inode(string name) => ForeignProgram.Run("stat", "-c", "%i", Path.Combine(_archive.Target, name));
}
