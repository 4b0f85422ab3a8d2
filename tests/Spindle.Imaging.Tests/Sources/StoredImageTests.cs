// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Sources;

public sealed class StoredImageContractTests : ImageReaderContract
{
    private readonly TempDirectory _directory = new();

    protected override ISectorReader Open(byte[] content)
    {
        string path = _directory.Write("disc.iso", content);
        return new StoredImage(path, UncachedFile.Open(path), 2048);
    }
}

public sealed class StoredImageTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Takes_a_file_that_shrinks_while_it_is_read_for_a_medium_that_ended_early()
    {
        byte[] content = new byte[10 * 2048];
        content.AsSpan().Fill(0x5A);
        string path = _directory.Write("disc.iso", content);
        using StoredImage image = new(path, UncachedFile.Open(path), 2048);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(3 * 2048);
        }

        byte[] buffer = new byte[8 * 2048];
        SectorRead read = image.Read(new(1, 8), buffer);

        Assert.Equal(new SectorRead(2, SectorFault.EndedEarly), read);
        Assert.Equal(content[..(2 * 2048)], buffer[..(2 * 2048)]);
        Assert.Equal(-1, buffer.AsSpan(2 * 2048).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Reads_more_at_once_than_its_memory_holds()
    {
        byte[] content = new byte[2_100_000];
        new Random(1).NextBytes(content);
        string path = _directory.Write("disc.iso", content);
        using StoredImage image = new(path, UncachedFile.Open(path), 2048);
        byte[] buffer = new byte[1025 * 2048];

        SectorRead read = image.Read(new(1, 1025), buffer);

        Assert.Equal(new SectorRead(1025, SectorFault.None), read);
        Assert.Equal(content[2048..], buffer[..(content.Length - 2048)]);
    }
}
