// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.Unix;
using Spindle.Testing;

namespace Spindle.Files.Tests.Listing.Linux;

/// <summary>What Linux shows beyond the contract; coreutils, attr and the kernel's own files are the judges.</summary>
public sealed class LinuxSourceTests : SourceSystemContract
{
    public LinuxSourceTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "it is Linux's");

    private protected override ISourceSystem System { get; } = new UnixSource(LinuxReading.Instance);

    [Fact]
    public void Agrees_with_stat_on_every_number()
    {
        Put("file", "12345");
        ForeignProgram.Run("ln", At("file"), At("second"));

        NodeStatus status = StatusOf("file");
        string[] numbers = ForeignProgram.Run("stat", "-c", "%i %h %u %g %a %s %b %Y %Z %Hd %Ld", At("file")).Trim().Split(' ');

        Assert.Equal(
            [status.Inode, status.Links, status.Uid, status.Gid, Convert.ToInt64(Convert.ToString(status.Mode, 8)), status.Size, status.Allocated / 512,
                status.Modified / 1_000_000_000, status.Changed / 1_000_000_000, status.Device >> 32, status.Device & 0xFFFF_FFFF],
            numbers.Select(long.Parse));
        Assert.Equal(2, status.Links);
        Assert.Equal(status.Inode, StatusOf("second").Inode);
    }

    [Fact]
    public void A_pipe_is_one_and_opening_it_does_not_wait()
    {
        ForeignProgram.Run("mkfifo", At("pipe"));

        using ISourceFile opened = Root.OpenFile("pipe"u8);

        Assert.Equal((EntryKind.Fifo, 0), (StatusOf("pipe").Kind, StatusOf("pipe").Size));
        Assert.Equal(EntryKind.Fifo, opened.Status().Kind);
    }

    [Fact]
    public void A_device_has_its_numbers()
    {
        using ISourceDirectory devices = System.OpenRoot("/dev");
        DirectoryListing listing = new();
        devices.List(listing);

        int at = Assert.Single(Enumerable.Range(0, listing.Count), index => listing.Name(index).SequenceEqual("null"u8));

        Assert.Equal((EntryKind.CharacterDevice, (1L << 32) | 3), (listing.Status(at).Kind, listing.Status(at).SpecialDevice));
    }

    [Fact]
    public void Set_id_and_sticky_bits_are_of_the_mode()
    {
        Put("file", "1");
        ForeignProgram.Run("chmod", "7751", At("file"));

        Assert.Equal(Convert.ToInt32("7751", 8), StatusOf("file").Mode);
    }

    [Fact]
    public void Attributes_are_told_in_the_order_of_their_names()
    {
        Put("file", "1");
        try
        {
            ForeignProgram.Run("setfattr", "-n", "user.zebra", "-v", "0x010002", At("file"));
        }
        catch (Xunit.Sdk.XunitException)
        {
            Assert.Skip("the file system has no extended attributes");
        }

        ForeignProgram.Run("setfattr", "-n", "user.ant", "-v", "\"small\"", At("file"));
        using ISourceFile file = Root.OpenFile("file"u8);

        foreach (IReadOnlyList<ExtendedAttribute> found in (IReadOnlyList<ExtendedAttribute>[])[file.Attributes(), Root.Attributes("file"u8)])
        {
            Assert.Equal(["user.ant", "user.zebra"], found.Select(one => Encoding.UTF8.GetString(one.Name)));
            Assert.Equal("small"u8, found[0].Value);
            Assert.Equal([1, 0, 2], found[1].Value);
        }
    }

    [Fact]
    public void Data_lie_between_holes()
    {
        const int size = 10 << 20;
        using (FileStream stream = File.Create(At("sparse")))
        {
            stream.SetLength(size);
            stream.Position = 4 << 20;
            stream.Write(SimulatedDisc.Pattern(65_536));
        }

        using ISourceFile file = Root.OpenFile("sparse"u8);
        IReadOnlyList<(long Offset, long Length)>? runs = file.DataRuns(size);
        Assert.SkipWhen(runs is null || runs is [(0, size)], "the file system has no holes");

        Assert.Equal([(4L << 20, 65_536L)], runs);
        Assert.Equal([(4L << 20, 4096L)], file.DataRuns((4 << 20) + 4096)); // it was shorter when it was looked at
        Assert.Empty(file.DataRuns(1 << 20)!);
    }

    [Fact]
    public void A_hole_alone_has_no_runs()
    {
        using (FileStream stream = File.Create(At("hole")))
        {
            stream.SetLength(1 << 20);
        }

        using ISourceFile file = Root.OpenFile("hole"u8);
        IReadOnlyList<(long Offset, long Length)>? runs = file.DataRuns(1 << 20);
        Assert.SkipWhen(runs is null, "the file system has no holes");

        Assert.Empty(runs);
    }

    [Fact]
    public void A_path_longer_than_the_system_takes_leads_there_all_the_same()
    {
        // PATH_MAX is 4096: two that are not that long, one put into the other.
        string half = string.Join('/', Enumerable.Repeat(new string('d', 200), 15));
        ForeignProgram.Run("sh", "-c", $"cd '{At(".")}' && mkdir -p a/{half} b/{half} && printf deep > b/{half}/file && mv b a/{half}/b");

        using ISourceDirectory deep = Root.OpenDirectory(Encoding.UTF8.GetBytes($"a/{half}/b/{half}"));
        using ISourceFile file = deep.OpenFile("file"u8);

        Assert.Equal("deep"u8, ReadAll(file));
    }

    [Fact]
    public void A_name_need_not_be_text()
    {
        ForeignProgram.Run("sh", "-c", $"printf 1 > '{At(".")}'/\"$(printf '\\377x')\"");
        byte[] name = [0xFF, (byte)'x'];
        DirectoryListing listing = new();

        Root.List(listing);
        using ISourceFile file = Root.OpenFile(name);

        Assert.Equal(name, listing.Name(0));
        Assert.Equal("1"u8, ReadAll(file));
    }

    [Fact]
    public void The_superuser_has_a_name()
    {
        Assert.Equal("root", Encoding.UTF8.GetString(System.UserName(0)!));
        Assert.Equal("root", Encoding.UTF8.GetString(System.GroupName(0)!));
    }

    [Fact]
    public void A_time_that_needs_more_than_64_bits_is_told_by_seconds()
    {
        Put("file", "1");
        ForeignProgram.Run("touch", "-d", "@10000000000.000000007", At("file"));

        NodeStatus status = StatusOf("file");
        Assert.SkipWhen(status.Modified / 1_000_000_000 < 9_000_000_000, "the file system ends before the year 2286");

        Assert.Equal((10_000_000_000, 7u), status.FarModified);
        Assert.Equal(long.MaxValue, status.Modified);
    }

    [Fact]
    public void A_directory_stays_the_same_whatever_its_name_becomes()
    {
        Put("before/file", "1");
        using ISourceDirectory directory = Root.OpenDirectory("before"u8);

        Directory.Move(At("before"), At("after"));
        using ISourceFile file = directory.OpenFile("file"u8);

        Assert.Equal("1"u8, ReadAll(file));
    }

    [Fact]
    public void A_link_in_a_file_s_place_is_not_followed()
    {
        Put("theirs", "1");
        File.CreateSymbolicLink(At("link"), "theirs");

        Assert.True(Assert.Throws<SourceException>(() => Root.OpenFile("link"u8)).IsGone);
    }
}
