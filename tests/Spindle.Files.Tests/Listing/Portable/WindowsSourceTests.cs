// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Portable;
using Spindle.Files.Windows;
using Spindle.Testing;
using Spindle.Testing.Windows;

namespace Spindle.Files.Tests.Listing.Portable;

/// <summary>What is seen of files on Windows beside what .NET shows, on calls that Linux plays.</summary>
public sealed class WindowsSourceTests : SourceSystemContract
{
    private readonly SimulatedWindowsFiles _windows = new();

    public WindowsSourceTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays Windows here");
        System = new PortableSource(_windows);
    }

    private protected override ISourceSystem System { get; }

    [Fact]
    public void Second_names_of_a_file_have_its_number_when_listed_and_when_read()
    {
        Put("file", "1");
        ForeignProgram.Run("ln", At("file"), At("second"));
        using ISourceFile opened = Root.OpenFile("second"u8);

        NodeStatus status = StatusOf("file");

        Assert.NotEqual(0, status.Inode);
        Assert.NotEqual(0, status.Device);
        Assert.Equal((status.Device, status.Inode, 2), (StatusOf("second").Device, StatusOf("second").Inode, status.Links));
        Assert.True(opened.Status().HasContentOf(StatusOf("second")));
    }

    [Fact]
    public void A_file_with_one_name_has_no_number_that_could_change()
    {
        Put("file", "1");

        Assert.Equal((0, 0, 1), (StatusOf("file").Device, StatusOf("file").Inode, StatusOf("file").Links));
    }

    [Fact]
    public void Runs_of_data_are_those_of_the_system()
    {
        using (FileStream file = File.Create(At("file")))
        {
            file.Position = 4 << 20;
            file.WriteByte(1);
        }

        using ISourceFile opened = Root.OpenFile("file"u8);
        Assert.SkipWhen(opened.DataRuns((4 << 20) + 1) is [(0, _)], "this file system keeps no holes");

        Assert.Equal([(4 << 20, 1)], opened.DataRuns((4 << 20) + 1)!);
    }

    [Fact]
    public void Streams_are_told_and_not_kept()
    {
        Put("file", "1");
        Put("directory/plain", "1");
        _windows.Streams["file"] = [(":Zone.Identifier:$DATA", 26), (":empty:$DATA", 0)];
        _windows.Streams["directory"] = [(":note:$DATA", 3)];
        using ISourceFile file = Root.OpenFile("file"u8);
        using ISourceDirectory directory = Root.OpenDirectory("directory"u8);

        Assert.Equal(
            [(":Zone.Identifier:$DATA", 26, BesideContent.Stream, 0), (":empty:$DATA", 1, BesideContent.Stream, 0)],
            file.Attributes().Select(stream => (Encoding.UTF8.GetString(stream.Name), stream.LeftOut, stream.Kind, stream.Value.Length)));
        Assert.Equal(BesideContent.Stream, Assert.Single(Root.Attributes("directory"u8)).Kind);
        Assert.Equal(BesideContent.Stream, Assert.Single(directory.Attributes("."u8)).Kind);
        Assert.Empty(directory.Attributes("plain"u8));
    }

    [Fact]
    public void Access_lists_of_their_own_are_told_and_not_kept()
    {
        Put("file", "1");
        Put("plain", "1");
        _windows.WithOwnAccessList.Add("file");
        using ISourceFile file = Root.OpenFile("file"u8);
        using ISourceFile plain = Root.OpenFile("plain"u8);

        ExtendedAttribute list = Assert.Single(file.Attributes());
        Assert.Equal((BesideContent.AccessList, true), (list.Kind, list.LeftOut > 0));
        Assert.Empty(plain.Attributes());
    }

    [Fact]
    public void Only_Windows_is_asked_what_Windows_knows() => Assert.Null(IWindowsFiles.OfThisMachine);
}
