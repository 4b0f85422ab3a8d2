// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Files.Tests;

public sealed class WholeFileTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void The_old_file_is_there_until_the_new_one_is_whole()
    {
        string path = _directory.Write("file", "old"u8.ToArray());

        WholeFile.Write(path, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal("new", File.ReadAllText(path + WholeFile.PartSuffix));
        });

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void What_ends_the_writing_leaves_the_old_file_as_it_was()
    {
        string path = _directory.Write("file", "old"u8.ToArray());

        Assert.Throws<OperationCanceledException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write("ne"u8);
            throw new OperationCanceledException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        WholeFile.Write(path, stream => stream.Write("new"u8)); // over what was left
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["file"], Names());
    }

    [Fact]
    public void A_file_has_its_name_when_it_is_published()
    {
        string path = _directory["file"];

        WholeFile.WritePart(path, stream => stream.Write("new"u8));
        Assert.Equal(["file.part"], Names());
        WholeFile.Publish(path);

        Assert.Equal(["file"], Names());
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void Says_what_the_target_refuses()
    {
        Failure failure = Assert.Throws<OperationFailedException>(() => WholeFile.Write(_directory["none/file"], _ => { })).Failure;
        Assert.Equal("target-failed", failure.Code);

        Assert.SkipUnless(File.Exists("/dev/full"), "no device here that is always full");
        File.CreateSymbolicLink(_directory["full.part"], "/dev/full");
        Failure full = Assert.Throws<OperationFailedException>(() => WholeFile.Write(_directory["full"], stream => stream.Write(new byte[1 << 16]))).Failure;
        Assert.Equal(TargetFailure.NoRoom(_directory["full"]), full);
    }

    public void Dispose() => _directory.Dispose();

    private string[] Names() => [.. Directory.GetFileSystemEntries(_directory.Path).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
