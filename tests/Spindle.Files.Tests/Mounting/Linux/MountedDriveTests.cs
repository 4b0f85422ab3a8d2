// SPDX-License-Identifier: MIT
using Spindle.Files.Mounting;
using Spindle.Files.Mounting.Trees;
using Spindle.Files.Tests.Mounting.Trees;
using Spindle.Testing;

namespace Spindle.Files.Tests.Mounting.Linux;

/// <summary>The kernel itself asks: on a real mount, where this machine lets us make one.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class MountedDriveTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private MountedDrive? _drive;

    [Fact]
    public void The_kernel_shows_the_tree_and_reads_the_files()
    {
        Mount(new SmallTree(500));

        Assert.Equal(501, Directory.EnumerateFileSystemEntries(_directory.Path).Count());
        Assert.Equal(SmallTree.Content, File.ReadAllBytes(_directory["file77"]));
        Assert.Equal("file0", new FileInfo(_directory["link"]).LinkTarget);
        Assert.False(File.Exists(_directory["nothing"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(_directory["file0"]));
        Assert.ThrowsAny<IOException>(() => File.WriteAllText(_directory["new"], "x"));
    }

    [Fact]
    public void Content_that_is_away_is_an_error_of_input()
    {
        Mount(new SmallTree(3) { State = MountedState.Away });

        IOException error = Assert.ThrowsAny<IOException>(() => File.ReadAllBytes(_directory["file0"]));
        Assert.Contains("nput/output error", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_that_is_waited_for_comes()
    {
        SmallTree tree = new(3) { State = MountedState.Away };
        MountedDrive drive = Mount(tree, _ => true);
        Task<byte[]> read = Task.Run(() => File.ReadAllBytes(_directory["file0"]));
        for (int attempt = 0; drive.Waiting.Count == 0 && attempt < 1000; attempt++)
        {
            await Task.Delay(5);
        }

        Assert.True(File.Exists(_directory["file1"])); // all else goes on
        tree.State = MountedState.Here;
        drive.TryWaiting();

        Assert.Equal(SmallTree.Content, await read);
    }

    [Fact]
    public void Whoever_takes_it_down_the_directory_is_what_it_was()
    {
        MountedDrive drive = Mount(new SmallTree(3));

        drive.Dispose();

        Assert.True(drive.Ended.IsCompletedSuccessfully);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
        Assert.False(MountedDrive.IsStale(_directory.Path));
    }

    public void Dispose()
    {
        _drive?.Dispose();
        _directory.Dispose();
    }

    private MountedDrive Mount(SmallTree tree, Func<int, bool>? mayWait = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "drives of our own are of Linux");
        try
        {
            return _drive = MountedDrive.Mount(_directory.Path, tree, mayWait);
        }
        catch (MountFailedException e)
        {
            Assert.Skip($"this machine mounts no drive: {e.Message}");
            throw;
        }
    }
}
