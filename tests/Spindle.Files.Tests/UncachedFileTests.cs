// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Files.Tests;

public sealed class UncachedFileTests : IDisposable
{
    private readonly TempDirectory _directory = new(Directory.GetCurrentDirectory());

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(10_000)]
    [InlineData(3_000_000)]
    public void Reads_a_file_of_any_length(int length)
    {
        byte[] content = SimulatedDisc.Pattern(length);
        using UncachedFile file = UncachedFile.Open(_directory.Write("file", content));
        AlignedBuffer buffer = new(1 << 20);
        byte[] read = new byte[length];

        int done = 0;
        while (file.Read(done, buffer.Span) is > 0 and int count)
        {
            buffer.Span[..count].CopyTo(read.AsSpan(done));
            done += count;
        }

        Assert.Equal(length, file.Length);
        Assert.Equal(length, done);
        Assert.Equal(content, read);
    }

    [Fact]
    public void Knows_memory_from_storage()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "no file system in memory here");
        using TempDirectory memory = new("/dev/shm");
        using UncachedFile file = UncachedFile.Open(memory.Write("file", new byte[5000]));

        Assert.Equal(CacheBypass.Memory, file.Bypass);
    }

    public void Dispose() => _directory.Dispose();
}
