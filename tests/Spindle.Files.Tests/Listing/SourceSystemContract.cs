// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Listing;
using Spindle.Testing;

namespace Spindle.Files.Tests.Listing;

/// <summary>What every <see cref="ISourceSystem"/> must show of a tree that .NET made. That of another system derives from this.</summary>
public abstract class SourceSystemContract : IDisposable
{
    private readonly TempDirectory _directory = new();
    private ISourceDirectory? _root;

    private protected abstract ISourceSystem System { get; }

    private protected ISourceDirectory Root => _root ??= System.OpenRoot(_directory.Path);

    [Fact]
    public void Lists_every_name_with_its_kind_and_size()
    {
        Put("a file", "12345");
        Put("directory/below", "1");
        Put("empty", "");
        File.CreateSymbolicLink(At("link"), "a file");
        File.CreateSymbolicLink(At("dangling"), "nowhere");
        File.CreateSymbolicLink(At("to directory"), "directory");
        Put(".hidden", "1");
        DirectoryListing listing = new();

        Root.List(listing);
        listing.Sort();

        Assert.Equal(
            [(".hidden", EntryKind.File, 1), ("a file", EntryKind.File, 5), ("dangling", EntryKind.Symlink, 0), ("directory", EntryKind.Directory, 0),
                ("empty", EntryKind.File, 0), ("link", EntryKind.Symlink, 0), ("to directory", EntryKind.Symlink, 0)],
            Enumerable.Range(0, listing.Count).Select(index => (Encoding.UTF8.GetString(listing.Name(index)), listing.Status(index).Kind, listing.Status(index).Size)));
    }

    [Fact]
    public void Lists_a_directory_of_more_names_than_one_call_gives()
    {
        for (int number = 0; number < 1200; number++)
        {
            Put($"a name of some length, so that many of them do not fit into one buffer {number:D4}", "");
        }

        DirectoryListing listing = new();
        Root.List(listing);
        listing.Sort();

        Assert.Equal(1200, listing.Count);
        Assert.All(Enumerable.Range(0, 1200), index => Assert.EndsWith($" {index:D4}", Encoding.UTF8.GetString(listing.Name(index)), StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_the_time_and_the_permissions()
    {
        DateTime time = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc).AddTicks(1_234_567);
        Put("file", "1");
        File.SetLastWriteTimeUtc(At("file"), time);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(At("file"), UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherExecute);
        }

        NodeStatus listed = StatusOf("file");
        using ISourceFile file = Root.OpenFile("file"u8);

        Assert.Equal(981_173_106_123_456_700, listed.Modified);
        Assert.Null(listed.FarModified);
        Assert.Equal(OperatingSystem.IsWindows() ? 0x1A4 : 0x121, listed.Mode);
        Assert.Equal((listed.Modified, listed.Size, listed.Kind), (file.Status().Modified, file.Status().Size, file.Status().Kind));
    }

    [Fact]
    public void Before_1970_times_are_negative()
    {
        Put("file", "1");
        File.SetLastWriteTimeUtc(At("file"), new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddMilliseconds(250));

        Assert.Equal(-750_000_000, StatusOf("file").Modified);
    }

    [Fact]
    public void Reads_a_file_to_its_end_and_from_the_beginning_again()
    {
        byte[] content = SimulatedDisc.Pattern(100_000);
        File.WriteAllBytes(At("file"), content);
        using ISourceFile file = Root.OpenFile("file"u8);

        byte[] first = ReadAll(file);
        Assert.Equal(0, file.Read(new byte[10]));
        file.Rewind();
        byte[] again = ReadAll(file);

        Assert.Equal(content, first);
        Assert.Equal(content, again);
    }

    [Fact]
    public void Sees_that_an_open_file_was_changed()
    {
        Put("file", "1");
        using ISourceFile file = Root.OpenFile("file"u8);
        NodeStatus before = file.Status();

        File.AppendAllText(At("file"), "23");

        Assert.Equal(3, file.Status().Size);
        Assert.False(before.HasContentOf(file.Status()));
    }

    [Fact]
    public void Opens_directories_further_down()
    {
        Put("a/b/c/file", "deep");
        using ISourceDirectory below = Root.OpenDirectory("a/b/c"u8);
        using ISourceDirectory itself = Root.OpenDirectory([]);
        DirectoryListing listing = new();

        using ISourceFile file = below.OpenFile("file"u8);
        itself.List(listing);

        Assert.Equal("deep"u8, ReadAll(file));
        Assert.Equal((EntryKind.Directory, EntryKind.Directory), (below.Status.Kind, itself.Status.Kind));
        Assert.Equal("a"u8, listing.Name(0));
    }

    [Fact]
    public void A_link_is_followed_to_the_root_only()
    {
        Put("real/file", "1");
        File.CreateSymbolicLink(At("link"), "real");
        using ISourceDirectory root = System.OpenRoot(At("link"));
        using ISourceFile file = root.OpenFile("file"u8);

        Assert.Equal("1"u8, ReadAll(file));
        Assert.True(Assert.Throws<SourceException>(() => Root.OpenDirectory("link"u8)).IsGone);
    }

    [Fact]
    public void What_is_gone_is_told_from_what_cannot_be_read()
    {
        Put("file", "1");

        Assert.True(Assert.Throws<SourceException>(() => Root.OpenDirectory("gone"u8)).IsGone);
        Assert.True(Assert.Throws<SourceException>(() => Root.OpenDirectory("file"u8)).IsGone);
        Assert.True(Assert.Throws<SourceException>(() => Root.OpenFile("gone"u8)).IsGone);
        Assert.True(Assert.Throws<SourceException>(() => System.OpenRoot(At("gone"))).IsGone);
        Assert.Throws<SourceException>(() => Root.ReadLink("file"u8));
        Assert.Throws<SourceException>(() => Root.ReadLink("gone"u8));
    }

    [Theory]
    [InlineData("there")]
    [InlineData("../up/and/away")]
    [InlineData("/an/absolute place")]
    public void Tells_where_a_link_points_to(string target)
    {
        File.CreateSymbolicLink(At("link"), target);

        Assert.Equal(target, Encoding.UTF8.GetString(Root.ReadLink("link"u8)));
    }

    [Fact]
    public void A_file_full_of_data_has_no_list_of_runs()
    {
        File.WriteAllBytes(At("file"), SimulatedDisc.Pattern(20_000));
        using ISourceFile file = Root.OpenFile("file"u8);

        Assert.Null(file.DataRuns(20_000));
    }

    [Fact]
    public void A_usual_file_has_no_attributes()
    {
        Put("file", "1");
        using ISourceFile file = Root.OpenFile("file"u8);

        Assert.DoesNotContain(file.Attributes(), attribute => attribute.Name.AsSpan().StartsWith("user."u8));
        Assert.DoesNotContain(Root.Attributes("file"u8), attribute => attribute.Name.AsSpan().StartsWith("user."u8));
        Assert.Empty(Root.Attributes("gone"u8));
    }

    [Fact]
    public void Numbers_of_nobody_have_no_names_and_of_no_device_do_not_turn()
    {
        Assert.Null(System.UserName(4_123_456_789));
        Assert.Null(System.GroupName(4_123_456_789));
        Assert.False(System.IsRotational((0xFFFL << 32) | 0xFFFFF));
    }

    public void Dispose()
    {
        _root?.Dispose();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string At(string name) => _directory[name];

    private protected void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllText(At(name), text);
    }

    private protected NodeStatus StatusOf(string name)
    {
        DirectoryListing listing = new();
        using ISourceDirectory anew = System.OpenRoot(_directory.Path); // one is listed once
        anew.List(listing);
        return listing.Status(Assert.Single(Enumerable.Range(0, listing.Count), index => listing.Name(index).SequenceEqual(Encoding.UTF8.GetBytes(name))));
    }

    private protected static byte[] ReadAll(ISourceFile file)
    {
        using MemoryStream content = new();
        byte[] piece = new byte[4093];
        for (int read; (read = file.Read(piece)) > 0;)
        {
            content.Write(piece, 0, read);
        }

        return content.ToArray();
    }
}
