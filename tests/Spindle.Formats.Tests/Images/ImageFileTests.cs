// SPDX-License-Identifier: MIT
using Spindle.Formats.Images;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Images;

public sealed class ImageFileContractTests : ImageReaderContract
{
    private readonly TempDirectory _directory = new();

    protected override ISectorReader Open(byte[] content) => ImageFile.Open(_directory.Write("disc.iso", content));
}

public sealed class ImageFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Says_that_a_file_is_missing() => Assert.Equal("no-such-source", FailureOf(_directory["none.iso"]).Code);

    [Fact]
    public void Says_that_a_file_is_empty() => Assert.Equal("empty-source", FailureOf(_directory.Write("empty.iso", [])).Code);

    [Fact]
    public void Says_that_a_file_cannot_be_opened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links");
        File.CreateSymbolicLink(_directory["a.iso"], "b.iso");
        File.CreateSymbolicLink(_directory["b.iso"], "a.iso");

        Assert.Equal("source-unreadable", FailureOf(_directory["a.iso"]).Code);
        Assert.Equal("source-is-directory", FailureOf(_directory.Path).Code);
    }

    [Fact]
    public void Takes_a_file_that_shrinks_while_it_is_read_for_a_medium_that_ended_early()
    {
        string path = _directory.Write("disc.iso", new byte[10 * 2048]);
        using ImageFile image = ImageFile.Open(path);
        using (FileStream file = new(path, FileMode.Open))
        {
            file.SetLength(4 * 2048);
        }

        Assert.Equal(new SectorRead(4, SectorFault.EndedEarly), image.Read(new(0, 10), new byte[10 * 2048]));
    }

    public void Dispose() => _directory.Dispose();

    private static Failure FailureOf(string path) =>
        Assert.Throws<OperationFailedException>(() => ImageFile.Open(path)).Failure;
}
