// SPDX-License-Identifier: MIT
using Spindle.Files.Listing;
using Spindle.Files.Targets;
using Spindle.Files.Targets.Portable;
using Spindle.Testing.Windows;

namespace Spindle.Files.Tests.Targets.Portable;

/// <summary>What is made on Windows beside what .NET makes, on calls that Linux plays.</summary>
public sealed class WindowsTargetTests : TargetTreeContract
{
    private readonly SimulatedWindowsFiles _windows = new();

    public WindowsTargetTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays Windows here");

    protected override bool HasHardLinks => true;

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => new PortableTarget(path, _windows);

    [Fact]
    public void Names_of_one_file_are_seen_as_such()
    {
        Put("first", "1");
        Put("alone", "1");
        Target.Link("first"u8, "second"u8);

        NodeStatus first = Target.Look("first"u8)!.Value;
        NodeStatus second = Target.Look("second"u8)!.Value;

        Assert.NotEqual(0, first.Inode);
        Assert.Equal((first.Device, first.Inode, 2), (second.Device, second.Inode, second.Links));
        NodeStatus alone = Target.Look("alone"u8)!.Value; // it may have to become a name of another file: which one it is must be known
        Assert.NotEqual(0, alone.Inode);
        Assert.NotEqual(first.Inode, alone.Inode);
        Assert.Equal(1, alone.Links);
    }

    [Fact]
    public void A_link_to_what_is_not_there_or_is_a_link_is_refused()
    {
        Put("file", "1");
        File.CreateSymbolicLink(At("link"), "file");

        Assert.False(Assert.Throws<TargetException>(() => Target.Link("nothing"u8, "second"u8)).IsThere);
        Assert.True(Assert.Throws<TargetException>(() => Target.Link("link"u8, "second"u8)).IsBlocked);
        Assert.False(File.Exists(At("second")));
    }

    [Fact]
    public void A_file_system_without_hard_links_says_so()
    {
        using TargetTree target = new PortableTarget(Root, new SimulatedWindowsFiles { HasLinks = false });
        Put("file", "1");

        TargetException e = Assert.Throws<TargetException>(() => target.Link("file"u8, "second"u8));

        Assert.StartsWith("is a hard link, which was not made: ", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsThere);
    }

    [Fact]
    public void A_file_that_gets_longer_by_what_was_never_written_may_have_holes()
    {
        using TargetFile file = Target.Create("file"u8, Usual);
        file.Write("1"u8, 0);
        file.SetLength(1);
        Assert.Equal(0, _windows.WithHoles);

        file.SetLength(1 << 20);

        Assert.Equal(1, _windows.WithHoles);
        Assert.Equal(1 << 20, new FileInfo(At("file")).Length);
    }
}
