// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Testing;

namespace Spindle.Mastering.Tests;

public class DiscTreeTests
{
    private readonly DiscTree _tree = new(MasteredDisc.PlainDirectory);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    public void Refuses_what_is_no_name(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        int content = _tree.AddContent(1);
        int file = _tree.AddFile(DiscTree.Root, "file"u8, MasteredDisc.Plain, content);

        Assert.Throws<ArgumentException>(() => _tree.AddDirectory(DiscTree.Root, bytes, MasteredDisc.PlainDirectory));
        Assert.Throws<ArgumentException>(() => _tree.AddFile(DiscTree.Root, bytes, MasteredDisc.Plain, content));
        Assert.Throws<ArgumentException>(() => _tree.AddHardLink(DiscTree.Root, bytes, file));
        Assert.Throws<ArgumentException>(() => _tree.AddSymlink(DiscTree.Root, bytes, MasteredDisc.Plain, "file"u8));
    }

    [Fact]
    public void Takes_names_of_1_to_255_bytes()
    {
        _tree.AddDirectory(DiscTree.Root, "a"u8, MasteredDisc.PlainDirectory);
        _tree.AddDirectory(DiscTree.Root, new byte[255].Select(_ => (byte)'x').ToArray(), MasteredDisc.PlainDirectory);
        _tree.AddDirectory(DiscTree.Root, "..."u8, MasteredDisc.PlainDirectory);

        Assert.Equal(4, _tree.Count);
        Assert.Throws<ArgumentException>(() => _tree.AddDirectory(DiscTree.Root, new byte[256].Select(_ => (byte)'x').ToArray(), MasteredDisc.PlainDirectory));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(4095, true)]
    [InlineData(4096, false)]
    public void Takes_targets_of_1_to_4095_bytes(int length, bool isTaken)
    {
        byte[] target = [.. Enumerable.Repeat((byte)'x', length)];

        Exception? refused = Record.Exception(() => _tree.AddSymlink(DiscTree.Root, "link"u8, MasteredDisc.Plain, target));

        Assert.Equal(isTaken ? null : typeof(ArgumentException), refused?.GetType());
        Assert.Throws<ArgumentException>(() => _tree.AddSymlink(DiscTree.Root, "other"u8, MasteredDisc.Plain, "a\0b"u8));
    }

    [Fact]
    public void Refuses_what_is_below_no_directory()
    {
        int file = _tree.AddFile(DiscTree.Root, "file"u8, MasteredDisc.Plain, _tree.AddContent(1));

        Assert.Throws<ArgumentException>(() => _tree.AddDirectory(file, "name"u8, MasteredDisc.PlainDirectory));
    }

    [Fact]
    public void Refuses_a_further_name_of_what_is_no_file()
    {
        int directory = _tree.AddDirectory(DiscTree.Root, "directory"u8, MasteredDisc.PlainDirectory);
        int symlink = _tree.AddSymlink(DiscTree.Root, "symlink"u8, MasteredDisc.Plain, "file"u8);
        int file = _tree.AddFile(DiscTree.Root, "file"u8, MasteredDisc.Plain, _tree.AddContent(1));
        int hardLink = _tree.AddHardLink(DiscTree.Root, "link"u8, file);

        Assert.All((int[])[DiscTree.Root, directory, symlink, hardLink], entry =>
            Assert.Throws<ArgumentException>(() => _tree.AddHardLink(DiscTree.Root, "name"u8, entry)));
    }
}
