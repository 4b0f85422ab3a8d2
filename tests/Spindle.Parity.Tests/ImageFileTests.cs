// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Parity.Tests;

public sealed class ImageFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Reads_as_far_as_the_file_goes()
    {
        using ImageFile file = ImageFile.OpenRead(_directory.Write("file", [1, 2, 3, 4, 5]));
        byte[] buffer = new byte[4];

        Assert.Equal(4, file.Read(0, buffer));
        Assert.Equal(2, file.Read(3, buffer));
        Assert.Equal([4, 5], buffer.Take(2));
        Assert.Equal(0, file.Read(5, buffer));
        Assert.Equal(0, file.Read(500, buffer));
        Assert.Equal(5, file.Length);
    }

    [Fact]
    public void Writes_grows_and_cuts_off()
    {
        using (ImageFile file = ImageFile.Create(_directory["file"]))
        {
            file.Write(2, [7, 8]);
            file.SetLength(3);
            file.SetLength(5);
            file.Flush();
        }

        Assert.Equal([0, 0, 7, 0, 0], File.ReadAllBytes(_directory["file"]));
    }

    [Fact]
    public void Says_what_cannot_be_opened_or_written()
    {
        Assert.Equal("no-such-source", Assert.Throws<OperationFailedException>(() => ImageFile.OpenWrite(_directory["none"])).Failure.Code);
        Assert.Equal("no-such-source", Assert.Throws<OperationFailedException>(() => ImageFile.Create(_directory["none/none"])).Failure.Code);
        Assert.Equal("source-is-directory", Assert.Throws<OperationFailedException>(() => ImageFile.OpenRead(_directory.Path)).Failure.Code);
        Assert.Equal("source-unreadable", Assert.Throws<OperationFailedException>(() => ImageFile.OpenRead(_directory[new string('x', 300)])).Failure.Code); // no system has such names
        using ImageFile readOnly = ImageFile.OpenRead(_directory.Write("file", [1]));
        Assert.Equal("target-denied", Assert.Throws<OperationFailedException>(() => readOnly.Write(0, [1])).Failure.Code);
    }

    [Fact]
    public void Says_when_there_is_no_room()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        using ImageFile full = ImageFile.OpenWrite("/dev/full");

        Assert.Equal("no-space", Assert.Throws<OperationFailedException>(() => full.Write(0, new byte[4096])).Failure.Code);
    }

    public void Dispose() => _directory.Dispose();
}
