// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Linux;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Targets;
using Spindle.Files.Targets.Linux;
using Spindle.Files.Targets.Unix;

namespace Spindle.Files.Tests.Targets.Linux;

/// <summary>What Linux has beyond the contract. What is set is read by <see cref="UnixSource"/>, which has tests of its own, and by .NET.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LinuxTargetTests : TargetTreeContract
{
    private const int Private = 0x180; // 0600

    public LinuxTargetTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "it is Linux's");

    protected override bool HasHardLinks => true;

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => UnixTarget.Open(LinuxWriting.Instance, path, loosened);

    [Fact]
    public void A_second_name_has_the_same_inode()
    {
        Put("first", "1");

        Target.Link("first"u8, "second"u8);

        NodeStatus first = Target.Look("first"u8)!.Value;
        Assert.Equal((first.Inode, 2), (Target.Look("second"u8)!.Value.Inode, first.Links));
    }

    [Fact]
    public void A_name_need_not_be_text()
    {
        byte[] name = [0xFF, (byte)'a', 0x80];
        using (TargetFile file = Target.Create([.. "d/"u8, .. name], Usual))
        {
            file.Write("x"u8, 0);
        }

        Assert.Equal((EntryKind.File, 1L), Target.Look([.. "d/"u8, .. name]) is { } found ? (found.Kind, found.Size) : default);
        Assert.DoesNotContain(Directory.EnumerateFiles(At("d")).Select(Path.GetFileName), shown => shown!.All(char.IsAscii));
    }

    [Fact]
    public void Nobody_else_can_read_a_file_before_its_permissions_are_set()
    {
        uint other = (uint)Own.Uid + 1;
        using TargetFile file = Target.Create("file"u8, Usual with { Mode = 0x1B6, UserId = other });

        Assert.Equal(Private, Target.Look("file"u8)!.Value.Mode);
    }

    [Fact]
    public void A_file_with_set_id_bits_does_not_have_them_before_its_owner()
    {
        TargetAttributes attributes = Owned(0x9ED); // 04755
        using TargetFile file = Target.Create("file"u8, attributes);
        Assert.Equal(Private, Target.Look("file"u8)!.Value.Mode);

        Assert.Null(file.SetAttributes(attributes));

        Assert.Equal(0x9ED, Target.Look("file"u8)!.Value.Mode);
    }

    [Theory]
    [InlineData(0x1B6)] // 0666: a umask takes bits of it
    [InlineData(0x1FF)]
    [InlineData(0)]
    public void Permissions_are_the_archive_s_whatever_the_umask(int mode)
    {
        using (TargetFile file = Target.Create("file"u8, Owned(mode)))
        {
            Assert.Null(file.SetAttributes(Owned(mode)));
        }

        // The second one of a directory is made with what the first one taught.
        using (TargetFile file = Target.Create("second"u8, Owned(mode)))
        {
            Assert.Null(file.SetAttributes(Owned(mode)));
        }

        Assert.Equal((mode, mode), (Target.Look("file"u8)!.Value.Mode, Target.Look("second"u8)!.Value.Mode));
    }

    [Fact]
    public void Owners_are_given_to_files_directories_and_links()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only the superuser gives files away");
        TargetAttributes theirs = new(0, 0x1ED, 12345, 54321, []);
        using (TargetFile file = Target.Create("file"u8, theirs))
        {
            Assert.Null(file.SetAttributes(theirs));
        }

        Target.EnsureDirectory("directory"u8);
        Assert.Null(Target.SetAttributes("directory"u8, EntryKind.Directory, theirs));
        Target.Make("link"u8, EntryKind.Symlink, "file"u8.ToArray(), default);
        Assert.Null(Target.SetAttributes("link"u8, EntryKind.Symlink, theirs));

        Assert.All((string[])["file", "directory", "link"], name =>
        {
            NodeStatus status = Target.Look(Utf8(name))!.Value;
            Assert.Equal((12345, 54321), (status.Uid, status.Gid));
        });
        Assert.Equal(0x1ED, Target.Look("file"u8)!.Value.Mode);
    }

    [Fact]
    public void Extended_attributes_of_files_and_directories_are_set()
    {
        ExtendedAttribute comment = new("user.comment"u8.ToArray(), [1, 0, 2]);
        ExtendedAttribute empty = new("user.empty"u8.ToArray(), []);
        TargetAttributes attributes = Owned(0x124) with { Extended = [comment, empty] }; // 0444: its own owner may not write
        Target.EnsureDirectory("directory"u8);
        using (TargetFile file = Target.Create("file"u8, attributes))
        {
            string? notSet = file.SetAttributes(attributes);
            Assert.SkipWhen(notSet?.Contains("user.comment", StringComparison.Ordinal) == true, "the file system has no extended attributes");
            Assert.Null(notSet);
        }

        Assert.Null(Target.SetAttributes("directory"u8, EntryKind.Directory, attributes));

        using ISourceDirectory root = new UnixSource(LinuxReading.Instance).OpenRoot(Root);
        Assert.All((string[])["file", "directory"], name =>
        {
            IReadOnlyList<ExtendedAttribute> found = root.Attributes(Utf8(name));
            Assert.Equal(["user.comment", "user.empty"], found.Select(one => Encoding.UTF8.GetString(one.Name)));
            Assert.Equal([1, 0, 2], found[0].Value);
            Assert.Empty(found[1].Value);
        });
        Assert.Equal(0x124, Target.Look("file"u8)!.Value.Mode);
    }

    [Fact]
    public void What_cannot_be_set_is_named_and_the_rest_is_set()
    {
        TargetAttributes attributes = Owned(0x180) with { Modified = 5_000_000_000, Extended = [new("nonsense.x"u8.ToArray(), [1])] };
        using (TargetFile file = Target.Create("file"u8, Usual))
        {
            Assert.StartsWith("nonsense.x (", file.SetAttributes(attributes), StringComparison.Ordinal);
        }

        AssertHas("file", 5_000_000_000, 0x180);
        Target.Make("pipe"u8, EntryKind.Fifo, null, default);
        Assert.StartsWith("nonsense.x (", Target.SetAttributes("pipe"u8, EntryKind.Fifo, attributes), StringComparison.Ordinal);
        Assert.Equal((0x180, 5_000_000_000), (Target.Look("pipe"u8)!.Value.Mode, Target.Look("pipe"u8)!.Value.Modified));
    }

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(-1_500_000_001, -1_500_000_001)]
    [InlineData(1_234_567_890_987_654_321, 1_234_567_890_987_654_321)]
    public void Times_are_set_to_the_nanosecond(long modified, long shown)
    {
        TargetAttributes attributes = Owned(0x1A4) with { Modified = modified };
        using (TargetFile file = Target.Create("file"u8, attributes))
        {
            Assert.Null(file.SetAttributes(attributes));
        }

        Target.Make("link"u8, EntryKind.Symlink, "file"u8.ToArray(), default);
        Assert.Null(Target.SetAttributes("link"u8, EntryKind.Symlink, attributes));

        Assert.Equal((shown, shown), (Target.Look("file"u8)!.Value.Modified, Target.Look("link"u8)!.Value.Modified));
    }

    [Fact]
    public void A_time_that_needs_more_than_64_bits_is_set()
    {
        TargetAttributes attributes = Owned(0x1A4) with { Modified = long.MaxValue, FarModified = (10_000_000_000, 7) }; // the year 2286
        using (TargetFile file = Target.Create("file"u8, attributes))
        {
            Assert.Null(file.SetAttributes(attributes));
        }

        (long Seconds, uint Nanoseconds)? far = Target.Look("file"u8)!.Value.FarModified;
        Assert.SkipWhen(far is null, "the file system ends before the year 2286");
        Assert.Equal((10_000_000_000, 7u), far);
    }

    [Fact]
    public void The_time_of_access_stays()
    {
        DateTime read = new(2020, 2, 2, 2, 2, 2, DateTimeKind.Utc);
        Put("file", "1");
        File.SetLastAccessTimeUtc(At("file"), read);

        using (TargetFile file = Target.Continue("file"u8))
        {
            file.SetAttributes(Owned(0x1A4));
        }

        Assert.Equal(read, File.GetLastAccessTimeUtc(At("file")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pipes_and_sockets_are_made_for_nobody_else_at_first(bool isSocket)
    {
        EntryKind kind = isSocket ? EntryKind.Socket : EntryKind.Fifo;
        Target.Make("a/x"u8, kind, null, default);

        NodeStatus made = Target.Look("a/x"u8)!.Value;
        Assert.Equal((kind, Private), (made.Kind, made.Mode));
    }

    [Fact]
    public void Devices_have_their_numbers()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only the superuser makes devices");
        try
        {
            Target.Make("null"u8, EntryKind.CharacterDevice, null, (1, 3));
        }
        catch (TargetException e)
        {
            Assert.Skip($"no device may be made here: {e.Message}");
        }

        Target.Make("large"u8, EntryKind.BlockDevice, null, (0x123, 0x45678));

        Assert.Equal((EntryKind.CharacterDevice, (1L << 32) | 3), Device("null"));
        Assert.Equal((EntryKind.BlockDevice, (0x123L << 32) | 0x45678), Device("large"));
    }

    [Fact]
    public void More_directories_than_are_kept_open_can_be_written_into()
    {
        const int count = 450; // 200 are kept open
        for (int number = 0; number < count; number++)
        {
            using TargetFile file = Target.Create(Utf8($"{number % 7}/d{number}/file"), Usual);
            file.Write(Utf8($"{number}"), 0);
        }

        Target.Rename("0/d0/file"u8, "6/d6/moved"u8, replaces: false);
        Target.Link("1/d1/file"u8, "5/d5/linked"u8);

        Assert.All(Enumerable.Range(1, count - 1), number => Assert.Equal($"{number}", Text($"{number % 7}/d{number}/file")));
        Assert.Equal(("0", "1"), (Text("6/d6/moved"), Text("5/d5/linked")));
    }

    [Fact]
    public void A_directory_without_write_permission_takes_files_and_has_it_again()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "the superuser may write everywhere");
        Directory.CreateDirectory(At("locked/below"));
        File.SetUnixFileMode(At("locked/below"), 0);
        File.SetUnixFileMode(At("locked"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        using (TargetFile file = Target.Create("locked/below/file"u8, Usual))
        {
            file.Write("x"u8, 0);
        }

        Assert.True(Target.EnsureDirectory("locked/new"u8));
        Assert.Equal(["locked/below", "locked"], Loosened.All.Select(one => Encoding.UTF8.GetString(one.Path)));
        Target.TightenDirectories();

        Assert.Empty(Loosened.All);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(At("locked")));
        File.SetUnixFileMode(At("locked"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(At("locked/below")));
        File.SetUnixFileMode(At("locked/below"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal("x", Text("locked/below/file"));
    }

    [Fact]
    public void A_loosened_directory_gets_what_it_had_at_first_the_deepest_before_those_above()
    {
        Directory.CreateDirectory(At("a/b"));
        Loosened.Add("a"u8, 0x1C0);
        Loosened.Add("a/b"u8, 0x140);
        Loosened.Add("a/b"u8, 0x1FF); // it was opened a second time
        Loosened.Add("gone"u8, 0x1FF);
        Assert.Equal(["a/b", "gone", "a"], Loosened.All.Select(one => Encoding.UTF8.GetString(one.Path)).OrderByDescending(path => path.Length == 3 ? path[0] == 'a' ? 2 : 1 : 0));

        Target.TightenDirectories();

        Assert.Empty(Loosened.All);
        Assert.Equal((0x1C0, 0x140), (Target.Look("a"u8)!.Value.Mode, Target.Look("a/b"u8)!.Value.Mode));
    }

    [Fact]
    public void A_directory_that_got_its_own_permissions_is_not_tightened()
    {
        Directory.CreateDirectory(At("a"));
        Loosened.Add("a"u8, 0x140);

        Assert.Null(Target.SetAttributes("a"u8, EntryKind.Directory, Owned(0x1ED)));
        Target.TightenDirectories();

        Assert.Equal(0x1ED, Target.Look("a"u8)!.Value.Mode);
    }

    [Fact]
    public void A_link_that_the_user_named_is_followed()
    {
        Put("real/x", "1");
        File.CreateSymbolicLink(At("named"), "real");

        using TargetTree named = UnixTarget.Open(LinuxWriting.Instance, At("named"), Loosened);

        Assert.Equal(["x"], named.Names().Select(name => Encoding.UTF8.GetString(name)));
    }

    [Fact]
    public void A_target_that_is_a_file_cannot_be_opened()
    {
        Put("file", "1");

        Assert.StartsWith("cannot be made: ", Assert.Throws<TargetException>(() => UnixTarget.Open(LinuxWriting.Instance, At("file"), Loosened)).Message, StringComparison.Ordinal);
    }

    private (EntryKind Kind, long Number) Device(string name) => Target.Look(Utf8(name)) is { } found ? (found.Kind, found.SpecialDevice) : default;

    private NodeStatus Own
    {
        get
        {
            using TargetFile probe = Target.Create("whose"u8, Usual);
            return Target.Look("whose"u8)!.Value;
        }
    }

    private TargetAttributes Owned(int mode) => new(0, mode, (uint)Own.Uid, (uint)Own.Gid, []);
}
