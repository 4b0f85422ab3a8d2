// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;
using Spindle.Files.Windows;
using Spindle.Testing;

namespace Spindle.Files.Tests.Windows;

/// <summary>Windows' own calls, where this is Windows and the directory for temporary files is on NTFS.</summary>
public sealed class RealWindowsFilesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public RealWindowsFilesTests() => Assert.SkipUnless(OperatingSystem.IsWindows(), "this is no Windows");

    private static IWindowsFiles Windows => IWindowsFiles.OfThisMachine!;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_second_name_is_the_same_file()
    {
        string first = Written("first", "1");
        string second = ExtendedPath.Of(_directory["second"]);

        Assert.Equal(FileIdentity.Alone, Windows.IdentityOf(first, evenAlone: false));
        Assert.Equal(0, Windows.Link(first, second));
        Assert.Equal(183, Windows.Link(first, second)); // ERROR_ALREADY_EXISTS

        FileIdentity identity = Windows.IdentityOf(first, evenAlone: false);
        Assert.Equal(2, identity.Links);
        Assert.NotEqual(0, identity.Inode);
        Assert.Equal(identity, Windows.IdentityOf(second, evenAlone: true));
    }

    [Fact]
    public void Streams_beside_the_content_are_seen()
    {
        string file = Written("file", "1");
        Assert.Empty(Windows.StreamsOf(file));

        File.WriteAllText(file + ":note", "three");

        Assert.Equal([(":note:$DATA", 5)], Windows.StreamsOf(file));
        Assert.Empty(Windows.StreamsOf(ExtendedPath.Of(_directory.Path)));
    }

    [Fact]
    public void An_access_list_is_seen_that_was_given_to_one_file()
    {
        string file = Written("file", "1");
        Assert.False(Windows.HasOwnAccessList(file));

        ForeignProgram.Run("icacls", _directory["file"], "/grant", "*S-1-1-0:R");

        Assert.True(Windows.HasOwnAccessList(file));
    }

    [Fact]
    public void A_file_that_may_have_holes_has_data_only_where_it_was_written()
    {
        const long Far = 16 << 20;
        string path = ExtendedPath.Of(_directory["file"]);
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite))
        {
            Windows.AllowHoles(file);
            RandomAccess.SetLength(file, Far + 1);
            RandomAccess.Write(file, "1"u8, Far);
        }

        Assert.True(File.GetAttributes(path).HasFlag(FileAttributes.SparseFile));
        (long offset, long length) = Assert.Single(Windows.DataRunsOf(path, Far + 1)!);
        Assert.InRange(offset, 1, Far);
        Assert.Equal(Far + 1, offset + length);
    }

    private string Written(string name, string content)
    {
        string path = ExtendedPath.Of(_directory[name]);
        File.WriteAllText(path, content);
        return path;
    }
}
