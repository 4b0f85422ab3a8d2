// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Locks;
using Spindle.Testing;

namespace Spindle.Files.Tests.Locks;

public sealed class FileLockTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Path => _directory["lock"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void One_has_it_and_nothing_lies_there_afterwards()
    {
        using (FileLock? first = FileLock.TryTake(Path))
        {
            Assert.NotNull(first);
            Assert.Null(FileLock.TryTake(Path));
            Assert.True(FileLock.IsTaken(Path));
        }

        Assert.False(FileLock.IsTaken(Path));
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void What_a_killed_process_left_is_taken_like_a_new_one()
    {
        File.WriteAllText(Path, "");

        using FileLock? own = FileLock.TryTake(Path);

        Assert.NotNull(own);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_an_error_and_no_other_process() =>
        Assert.Throws<DirectoryNotFoundException>(() => FileLock.TryTake(_directory["none/lock"]));

    [Fact]
    public void What_was_taken_away_meanwhile_is_not_what_lies_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps what is open");
        using SafeFileHandle old = File.OpenHandle(Path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Assert.True(FileLock.IsAt(old, Path));

        File.Delete(Path);
        Assert.False(FileLock.IsAt(old, Path));
        File.WriteAllText(Path, "");
        Assert.False(FileLock.IsAt(old, Path));
    }

    /// <summary>Who opens the file just before it is taken away must not believe that it has what another makes anew.</summary>
    [Fact]
    public async Task However_often_it_changes_hands_only_one_has_it()
    {
        int holders = 0;
        int most = 0;
        int taken = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int attempt = 0; attempt < 4000; attempt++)
            {
                using FileLock? own = FileLock.TryTake(Path);
                if (own is not null)
                {
                    int now = Interlocked.Increment(ref holders);
                    most = Math.Max(Volatile.Read(ref most), now);
                    Interlocked.Increment(ref taken);
                    Thread.SpinWait(500);
                    Interlocked.Decrement(ref holders);
                }
            }
        })));

        Assert.Equal(1, most);
        Assert.InRange(taken, 100, 16000);
    }
}
