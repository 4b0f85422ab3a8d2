// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Linux;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Files.Tests.Linux;

/// <summary>How Linux is made to read from its storage, and what its page cache is known to hold.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed partial class LinuxUncachedFileTests : IDisposable
{
    private const int Length = 1_000_000;

    private readonly TempDirectory _directory = new(Directory.GetCurrentDirectory());
    private readonly byte[] _content = SimulatedDisc.Pattern(Length);
    private readonly string _path;

    public LinuxUncachedFileTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it is Linux's");
        _path = _directory.Write("file", _content);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gives_the_bytes_of_the_storage_directly_or_not(bool withDirectReads)
    {
        using LinuxUncachedFile file = LinuxUncachedFile.OpenLinux(_path, withDirectReads);
        AlignedBuffer buffer = new(1 << 20);

        Assert.Equal(Length, file.Read(0, buffer.Span));
        Assert.Equal(_content, buffer.Span[..Length].ToArray());
        Assert.Equal(Length - 8192, file.Read(8192, buffer.Span));
        Assert.Equal(_content.AsSpan(8192), buffer.Span[..(Length - 8192)]);
        Assert.Equal(0, file.Read(1 << 20, buffer.Span));
        Assert.Equal(Length, file.Length);
        Assert.True(file.Bypass is CacheBypass.Memory or CacheBypass.None || file.Bypass == (withDirectReads ? CacheBypass.Direct : CacheBypass.Evicted));
    }

    [Fact]
    public void The_pages_that_were_just_read_are_in_the_cache_and_gone_after_eviction()
    {
        Assert.SkipUnless(PageCache.Evict(_path) == CacheBypass.Evicted, "the cache of this file system cannot be emptied");
        using SafeFileHandle file = File.OpenHandle(_path);
        Assert.Equal(0, LinuxUncachedFile.ResidentPages(file, Length));

        _ = File.ReadAllBytes(_path);

        Assert.Equal((Length + 4095) / 4096, LinuxUncachedFile.ResidentPages(file, Length));
    }

    [Fact]
    public void What_is_not_there_cannot_be_opened() =>
        Assert.Contains("no such file", Assert.Throws<IOException>(() => LinuxUncachedFile.OpenLinux(_directory["nothing"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pipe_is_no_file_and_nobody_is_waited_for()
    {
        ForeignProgram.Run("mkfifo", _directory["pipe"]);

        Task opening = Task.Run(() => UncachedFile.Open(_directory["pipe"]).Dispose());

        Assert.ThrowsAny<IOException>(() => opening.WaitAsync(TimeSpan.FromSeconds(10)).GetAwaiter().GetResult());
    }

    [Fact]
    public void A_folder_is_locked_once_and_free_again_when_it_is_let_go()
    {
        using (FolderLock? first = FolderLock.TryTake(_directory.Path))
        {
            Assert.NotNull(first);
            Assert.Null(FolderLock.TryTake(_directory.Path));
            Assert.NotEqual(0, new ForeignProgram("flock", "-n", _directory.Path, "true").Run().Code);
        }

        using (FolderLock? again = FolderLock.TryTake(_directory.Path))
        {
            Assert.NotNull(again);
        }

        Assert.Equal(["file"], Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_is_free_at_once_although_a_program_that_is_being_started_has_it_open_still()
    {
        FolderLock? first = FolderLock.TryTake(_directory.Path);
        int held = Directory.EnumerateFileSystemEntries("/proc/self/fd").Select(path => (Target: Path.GetFileName(new FileInfo(path).LinkTarget), Name: Path.GetFileName(path)))
            .Where(link => link.Target == Path.GetFileName(_directory.Path)).Select(link => int.Parse(link.Name, CultureInfo.InvariantCulture)).Single();
        using SafeFileHandle inherited = new(Duplicate(held), ownsHandle: true); // as fork(2) makes one

        first!.Dispose();

        using FolderLock? again = FolderLock.TryTake(_directory.Path);
        Assert.False(inherited.IsInvalid);
        Assert.NotNull(again);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    public void Dispose() => _directory.Dispose();
}
