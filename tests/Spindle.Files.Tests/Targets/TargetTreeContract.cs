// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Targets;
using Spindle.Testing;

namespace Spindle.Files.Tests.Targets;

/// <summary>What every <see cref="TargetTree"/> must do. That of another system derives from this and says how it is opened.</summary>
/// <remarks>Held against what .NET shows of the same directory, and not against the target's own words alone.</remarks>
public abstract class TargetTreeContract : IDisposable
{
    private readonly TempDirectory _directory = new();
    private TargetTree? _target;

    private protected LoosenedDirectories Loosened { get; } = new();

    private protected string Root => _directory["target"];

    private protected TargetTree Target => _target ??= Open(Root, Loosened);

    /// <summary>Whether files can have several names.</summary>
    protected abstract bool HasHardLinks { get; }

    /// <summary>Opens a directory, or makes it.</summary>
    private protected abstract TargetTree Open(string path, LoosenedDirectories loosened);

    [Fact]
    public void A_directory_that_is_not_there_is_made_with_those_above_it()
    {
        using TargetTree deep = Open(_directory["a/b/c"], Loosened);

        Assert.True(Directory.Exists(_directory["a/b/c"]));
        Assert.Empty(deep.Names());
    }

    [Fact]
    public void Names_are_those_of_its_top()
    {
        Put("b", "1");
        Put("a/below", "2");
        Directory.CreateDirectory(At("empty"));

        Assert.Equal(["a", "b", "empty"], Target.Names().Select(name => Encoding.UTF8.GetString(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Looks_at_what_is_under_a_name_and_not_behind_a_link()
    {
        Put("file", "seven b");
        Directory.CreateDirectory(At("directory"));
        File.CreateSymbolicLink(At("link"), "file");
        File.CreateSymbolicLink(At("dangling"), "nowhere");

        Assert.Equal((EntryKind.File, 7L), KindAndSize("file"));
        Assert.Equal((EntryKind.Directory, 0L), KindAndSize("directory"));
        Assert.Equal((EntryKind.Symlink, 0L), KindAndSize("link"));
        Assert.Equal((EntryKind.Symlink, 0L), KindAndSize("dangling"));
        Assert.Null(Target.Look("nothing"u8));
        Assert.Null(Target.Look("no/such/directory"u8));
    }

    [Theory]
    [InlineData("file/x")]
    [InlineData("file/x/y")]
    [InlineData("link/x")]
    [InlineData("dir/link/x")]
    public void What_is_below_a_file_or_a_link_is_blocked(string path)
    {
        Put("file", "1");
        Put("outside/x", "theirs");
        File.CreateSymbolicLink(At("link"), At("outside"));
        Directory.CreateDirectory(At("dir"));
        File.CreateSymbolicLink(At("dir/link"), At("outside"));
        byte[] bytes = Utf8(path);

        Assert.True(Assert.Throws<TargetException>(() => Target.Look(bytes)).IsBlocked);
        Assert.True(Assert.Throws<TargetException>(() => Target.EnsureDirectory(bytes)).IsBlocked);
        Assert.True(Assert.Throws<TargetException>(() => Target.Create(bytes, Usual)).IsBlocked);
        Assert.True(Assert.Throws<TargetException>(() => Target.Continue(bytes)).IsBlocked);
        Assert.True(Assert.Throws<TargetException>(() => Target.Make(bytes, EntryKind.Symlink, "t"u8.ToArray(), default)).IsBlocked);
        Assert.Equal("theirs", Text("outside/x"));
        Assert.Equal(["x"], Directory.EnumerateFileSystemEntries(At("outside")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/..")]
    [InlineData("a/../../x")]
    [InlineData("a//b")]
    [InlineData("a\0b")]
    public void Names_that_lead_elsewhere_are_refused(string path)
    {
        byte[] bytes = Utf8(path);

        Assert.False(Assert.Throws<TargetException>(() => Target.Create(bytes, Usual)).IsBlocked);
        Assert.Throws<TargetException>(() => Target.EnsureDirectory(bytes));
        Assert.Throws<TargetException>(() => Target.Make(bytes, EntryKind.Symlink, "t"u8.ToArray(), default));
        Assert.Equal(["target"], Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_directory_is_made_once_with_those_above_it()
    {
        Assert.True(Target.EnsureDirectory("a/b/c"u8));
        Assert.False(Target.EnsureDirectory("a/b/c"u8));
        Assert.False(Target.EnsureDirectory("a/b"u8));
        Assert.False(Target.EnsureDirectory([]));
        Assert.True(Target.EnsureDirectory("a/b/d"u8));

        Assert.Equal(["c", "d"], Directory.EnumerateDirectories(At("a/b")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_directory_that_was_there_is_not_new()
    {
        Directory.CreateDirectory(At("old"));

        Assert.False(Target.EnsureDirectory("old"u8));
    }

    [Fact]
    public void A_file_has_the_bytes_that_were_written_and_holes_are_zeros()
    {
        using (TargetFile file = Target.Create("a/file"u8, Usual))
        {
            file.Write("end"u8, 9000);
            file.Write("begin"u8, 0);
        }

        byte[] content = File.ReadAllBytes(At("a/file"));
        Assert.Equal(9003, content.Length);
        Assert.Equal("begin"u8, content.AsSpan(0, 5));
        Assert.Equal("end"u8, content.AsSpan(9000));
        Assert.Equal(-1, content.AsSpan(5..9000).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void A_file_can_be_cut_and_lengthened()
    {
        using (TargetFile file = Target.Create("cut"u8, Usual))
        {
            file.Write("0123456789"u8, 0);
            file.SetLength(4);
            file.SetLength(6);
        }

        Assert.Equal("0123\0\0", Text("cut"));
    }

    [Fact]
    public void Making_a_file_replaces_the_one_that_is_there()
    {
        Put("file", "older and longer");

        using (TargetFile file = Target.Create("file"u8, Usual))
        {
            file.Write("new"u8, 0);
        }

        Assert.Equal("new", Text("file"));
    }

    [Fact]
    public void Making_a_file_replaces_a_link_and_not_what_it_leads_to()
    {
        Put("theirs", "theirs");
        File.CreateSymbolicLink(At("name"), "theirs");

        using (TargetFile file = Target.Create("name"u8, Usual))
        {
            file.Write("ours"u8, 0);
        }

        Assert.Equal(("theirs", "ours"), (Text("theirs"), Text("name")));
        Assert.Null(new FileInfo(At("name")).LinkTarget);
    }

    [Fact]
    public void Going_on_with_a_file_keeps_what_is_in_it()
    {
        Put("file", "half");
        using (TargetFile file = Target.Continue("file"u8))
        {
            file.Write(" and half"u8, 4);
        }

        using (TargetFile made = Target.Continue("new/one"u8))
        {
            made.Write("x"u8, 0);
        }

        Assert.Equal(("half and half", "x"), (Text("file"), Text("new/one")));
    }

    [Fact]
    public void A_link_under_a_file_s_name_is_not_followed()
    {
        Put("theirs", "theirs");
        File.CreateSymbolicLink(At("name"), "theirs");

        Assert.True(Assert.Throws<TargetException>(() => Target.Continue("name"u8)).IsBlocked);
        Assert.True(Assert.Throws<TargetException>(() => Target.OpenFile("name"u8)).IsBlocked);
        Assert.Equal("theirs", Text("theirs"));
    }

    [Fact]
    public void Reads_what_is_there_up_to_its_end()
    {
        Put("file", "0123456789");
        byte[] buffer = new byte[8];
        using TargetFile file = Target.OpenFile("file"u8);

        Assert.Equal(8, file.Read(buffer, 0));
        Assert.Equal("01234567"u8, buffer);
        Assert.Equal(3, file.Read(buffer, 7));
        Assert.Equal("789"u8, buffer.AsSpan(0, 3));
        Assert.Equal(0, file.Read(buffer, 10));
    }

    [Fact]
    public void A_file_that_is_not_there_cannot_be_opened() =>
        Assert.Contains("cannot be", Assert.Throws<TargetException>(() => Target.OpenFile("nothing"u8)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0123456789", 0, true, true)]
    [InlineData("01234", 0, true, false)]
    [InlineData("56789", 5, true, true)]
    [InlineData("0123456789x", 0, false, false)]
    [InlineData("012345678x", 0, false, false)]
    [InlineData("123", 0, false, false)]
    [InlineData("x", 10, false, false)]
    public void Holds_what_it_has_and_sees_where_it_ends(string bytes, long offset, bool holds, bool isEnd)
    {
        Put("file", "0123456789");
        using TargetFile file = Target.OpenFile("file"u8);

        // With a buffer for all of it, and with one that takes several reads.
        foreach (int length in (int[])[64, 3])
        {
            Assert.Equal(holds, file.Holds(Utf8(bytes), offset, new byte[length], out bool isSeen));
            Assert.True(!holds || isSeen == isEnd || (length == 3 && !isSeen));
        }
    }

    [Fact]
    public void A_file_gets_its_name_and_the_directory_that_it_needs()
    {
        Put("a/x.part", "1");

        Target.Rename("a/x.part"u8, "b/c/x"u8, replaces: false);

        Assert.Equal("1", Text("b/c/x"));
        Assert.False(File.Exists(At("a/x.part")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_that_exists_stays_unless_it_may_be_replaced(bool isLink)
    {
        Put("x.part", "new");
        Put("other", "other");
        if (isLink)
        {
            File.CreateSymbolicLink(At("x"), "other");
        }
        else
        {
            Put("x", "old");
        }

        TargetException e = Assert.Throws<TargetException>(() => Target.Rename("x.part"u8, "x"u8, replaces: false));
        Assert.True(e is { IsThere: true, IsBlocked: false, IsFull: false });
        Assert.Equal((isLink ? "other" : "old", "new"), (Text("x"), Text("x.part")));

        Target.Rename("x.part"u8, "x"u8, replaces: true);
        Assert.Equal(("new", "other"), (Text("x"), Text("other")));
        Assert.Null(new FileInfo(At("x")).LinkTarget);
        Assert.False(File.Exists(At("x.part")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_directory_is_never_replaced_by_a_file(bool replaces)
    {
        Put("x.part", "new");
        Directory.CreateDirectory(At("x"));

        Assert.Throws<TargetException>(() => Target.Rename("x.part"u8, "x"u8, replaces));
        Assert.Throws<TargetException>(() => Target.Create("x"u8, Usual));
        Assert.Throws<TargetException>(() => Target.Remove("x"u8));
        Assert.True(Directory.Exists(At("x")));
        Assert.Equal("new", Text("x.part"));
    }

    [Fact]
    public void A_second_name_is_the_same_file_or_refused()
    {
        Put("first", "1");
        if (!HasHardLinks)
        {
            Assert.Throws<TargetException>(() => Target.Link("first"u8, "second"u8));
            Assert.False(File.Exists(At("second")));
            return;
        }

        Target.Link("first"u8, "new/second"u8);
        File.AppendAllText(At("first"), "2");
        Put("taken", "3");

        Assert.Equal("12", Text("new/second"));
        Assert.True(Assert.Throws<TargetException>(() => Target.Link("first"u8, "taken"u8)).IsThere);
        Assert.Equal("3", Text("taken"));
    }

    [Theory]
    [InlineData("there")]
    [InlineData("../out/of/it")]
    [InlineData("/an/absolute place")]
    public void A_symbolic_link_leads_where_it_is_told(string leadsTo)
    {
        Target.Make("a/link"u8, EntryKind.Symlink, Utf8(leadsTo), default);

        Assert.Equal(leadsTo, new FileInfo(At("a/link")).LinkTarget);
        Assert.Equal(Utf8(leadsTo), Target.ReadLink("a/link"u8));
    }

    [Fact]
    public void A_link_takes_no_name_that_exists()
    {
        Put("x", "1");

        Assert.True(Assert.Throws<TargetException>(() => Target.Make("x"u8, EntryKind.Symlink, "y"u8.ToArray(), default)).IsThere);
        Assert.Equal("1", Text("x"));
    }

    [Fact]
    public void Only_links_lead_anywhere()
    {
        Put("file", "1");

        Assert.Null(Target.ReadLink("file"u8));
        Assert.Null(Target.ReadLink("nothing"u8));
    }

    [Fact]
    public void Taking_a_link_away_leaves_what_it_leads_to()
    {
        Put("theirs", "1");
        File.CreateSymbolicLink(At("link"), "theirs");

        Target.Remove("link"u8);

        Assert.Equal(["theirs"], Directory.EnumerateFileSystemEntries(Root).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(0, 0x1A4)] // 0644
    [InlineData(1_704_067_199_123_456_700, 0x1E4)] // 2023-12-31T23:59:59.1234567Z, 0744
    [InlineData(-1_000_000_000_100, 0x100)] // before 1970, 0400
    public void A_file_gets_its_permissions_and_its_time(long modified, int mode)
    {
        using (TargetFile file = Target.Create("file"u8, Usual with { Modified = modified, Mode = mode }))
        {
            file.Write("x"u8, 0);
            Assert.Null(file.SetAttributes(Usual with { Modified = modified, Mode = mode }));
        }

        AssertHas("file", modified, mode);
    }

    [Fact]
    public void A_directory_gets_its_permissions_and_its_time()
    {
        const long modified = 1_000_000_000_000_000_000; // 2001-09-09
        Put("a/directory/x", "1");

        Assert.Null(Target.SetAttributes("a/directory"u8, EntryKind.Directory, Usual with { Modified = modified, Mode = 0x1C8 }));

        AssertHas("a/directory", modified, 0x1C8); // 0710
    }

    [Fact]
    public void What_an_abort_leaves_can_be_gone_on_with()
    {
        using (TargetTree stopped = Open(Root, Loosened))
        using (TargetFile file = stopped.Create("a/x.part"u8, Usual))
        {
            file.Write("half"u8, 0);
        }

        using (TargetTree next = Open(Root, Loosened))
        {
            using (TargetFile file = next.Continue("a/x.part"u8))
            {
                Assert.True(file.Holds("half"u8, 0, new byte[64], out bool isEnd));
                Assert.True(isEnd);
                file.Write("whole"u8, 0);
            }

            next.Rename("a/x.part"u8, "a/x"u8, replaces: false);
            next.TightenDirectories();
            next.Flush();
        }

        Assert.Equal("whole", Text("a/x"));
        Assert.Equal(["x"], Directory.EnumerateFileSystemEntries(At("a")).Select(Path.GetFileName));
    }

    [Fact]
    public void Several_work_in_one_directory()
    {
        using TargetTree other = Open(Root, Loosened);

        Parallel.ForEach((TargetTree[])[Target, other], tree =>
        {
            for (int number = 0; number < 50; number++)
            {
                string half = tree == other ? "even" : "odd";
                using TargetFile file = tree.Create(Utf8($"d{number}/{half}"), Usual);
                file.Write(Utf8(half), 0);
            }
        });

        Assert.All(Enumerable.Range(0, 50), number => Assert.Equal(("even", "odd"), (Text($"d{number}/even"), Text($"d{number}/odd"))));
    }

    public void Dispose()
    {
        _target?.Dispose();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Of this user, readable by all.</summary>
    private protected static TargetAttributes Usual => new(0, 0x1A4, 0, 0, []);

    private protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private protected string At(string path) => Path.Combine(Root, path);

    private protected string Text(string path) => File.ReadAllText(At(path));

    private protected void Put(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private protected void AssertHas(string path, long modified, int mode)
    {
        Assert.Equal(modified / 100 * 100, (File.GetLastWriteTimeUtc(At(path)) - DateTime.UnixEpoch).Ticks * 100);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(At(path)));
        }
    }

    private (EntryKind Kind, long Size) KindAndSize(string path) => Target.Look(Utf8(path)) is { } found ? (found.Kind, found.Size) : default;
}
