// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.MacOS;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Files.Tests.MacOS;

/// <summary>When it may be claimed that macOS reads from storage: the calls are simulated.</summary>
public sealed class StorageReadingTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly Cache _cache = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_that_was_stored_and_forgotten_and_of_which_no_page_is_left_comes_from_storage()
    {
        byte[] content = SimulatedDisc.Pattern(100_000);
        using UncachedFile file = UncachedFile.Open(_directory.Write("file", content), _cache);
        AlignedBuffer buffer = new(1 << 20);

        Assert.Equal((CacheBypass.Evicted, 100_000L), (file.Bypass, file.Length));
        Assert.Equal(content, buffer.Span[..file.Read(0, buffer.Span)].ToArray());
        Assert.Equal(["store", "stop", "forget 0+100000", "count 0+100000"], _cache.Calls);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("stop")]
    [InlineData("forget 0+100000")]
    [InlineData("count 0+100000")]
    public void What_one_step_does_not_prove_is_not_claimed(string failing)
    {
        _cache.Failing = failing;
        using UncachedFile file = UncachedFile.Open(_directory.Write("file", new byte[100_000]), _cache);

        Assert.Equal(CacheBypass.None, file.Bypass);
        Assert.Equal(failing, _cache.Calls[^1]);
        Assert.Equal(100_000, file.Read(0, new AlignedBuffer(1 << 20).Span));
    }

    [Fact]
    public void One_page_in_memory_is_too_many()
    {
        _cache.Pages = 1;
        using UncachedFile file = UncachedFile.Open(_directory.Write("file", new byte[100_000]), _cache);

        Assert.Equal(CacheBypass.None, file.Bypass);
    }

    [Fact]
    public void A_large_file_is_looked_at_in_pieces_once_all_are_forgotten()
    {
        string path = _directory["large"];
        using (SafeFileHandle made = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            RandomAccess.SetLength(made, (2L << 30) + 5); // a hole: it takes no room
        }

        using UncachedFile file = UncachedFile.Open(path, _cache);

        Assert.Equal(CacheBypass.Evicted, file.Bypass);
        Assert.Equal(
            ["store", "stop", "forget 0+1073741824", "forget 1073741824+1073741824", "forget 2147483648+5", "count 0+1073741824", "count 1073741824+1073741824", "count 2147483648+5"],
            _cache.Calls);
    }

    [Fact]
    public void An_empty_file_has_no_page_and_a_missing_one_cannot_be_opened()
    {
        using UncachedFile file = UncachedFile.Open(_directory.Write("file", []), _cache);

        Assert.Equal(CacheBypass.Evicted, file.Bypass);
        Assert.Throws<FileNotFoundException>(() => UncachedFile.Open(_directory["nothing"], _cache));
    }

    private sealed class Cache : IMacCache
    {
        public List<string> Calls { get; } = [];

        public string? Failing { get; set; }

        public long Pages { get; set; }

        public bool TryStore(SafeFileHandle file) => Called("store");

        public bool TryStopRemembering(SafeFileHandle file) => Called("stop");

        public bool TryForget(SafeFileHandle file, long position, nint length) => Called($"forget {position}+{length}");

        public long? CountPages(SafeFileHandle file, long position, nint length) => Called($"count {position}+{length}") ? Pages : null;

        private bool Called(string call)
        {
            Calls.Add(call);
            return call != Failing;
        }
    }
}
