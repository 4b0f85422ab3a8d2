// SPDX-License-Identifier: MIT
using Spindle.Files.Targets;
using Spindle.Files.Targets.Portable;

namespace Spindle.Files.Tests.Targets.Portable;

public sealed class PortableTargetTests : TargetTreeContract
{
    protected override bool HasHardLinks => false;

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => new PortableTarget(path, windows: null);

    [Fact]
    public void Extended_attributes_are_told_of_and_the_rest_is_set()
    {
        TargetAttributes attributes = Usual with { Modified = 1_000_000_000, Mode = 0x180, Extended = [new("user.a"u8.ToArray(), "b"u8.ToArray())] };
        using (TargetFile file = Target.Create("file"u8, attributes))
        {
            Assert.Equal("extended attributes", file.SetAttributes(attributes));
        }

        AssertHas("file", 1_000_000_000, 0x180);
        Assert.True(Target.EnsureDirectory("directory"u8));
        Assert.Equal("extended attributes", Target.SetAttributes("directory"u8, EntryKind.Directory, attributes));
    }

    [Fact]
    public void A_far_time_is_set_and_one_that_is_too_far_is_told()
    {
        using TargetFile file = Target.Create("file"u8, Usual);

        Assert.Null(file.SetAttributes(Usual with { Modified = long.MaxValue, FarModified = (13_569_563_045, 0) }));
        Assert.Equal(new(2400, 1, 2, 3, 4, 5, DateTimeKind.Utc), File.GetLastWriteTimeUtc(At("file")));
        Assert.Contains("time (this system keeps none later than 9999", file.SetAttributes(Usual with { Modified = long.MaxValue, FarModified = (1L << 40, 0) }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_full_disk_is_told_as_such()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "asks a device that is always full");
        using PortableFile file = new(File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write), windows: null);

        Assert.True(Assert.Throws<TargetException>(() => file.Write("x"u8, 0)).IsFull);
    }

    [Fact]
    public void Two_names_that_are_no_text_do_not_become_one()
    {
        Assert.Throws<TargetException>(() => Target.Create([(byte)'a', 0xFF], Usual));
        Assert.Throws<TargetException>(() => Target.EnsureDirectory([(byte)'a', 0xFE]));

        Assert.Empty(Target.Names());
        Assert.True(NameProbe.Of(Target).IsUnicode);
    }

    [Fact]
    public void A_place_where_nothing_can_be_made_is_refused_in_words()
    {
        Put("file", "1");

        Assert.Throws<TargetException>(() => Open(At("file/below"), Loosened));
        Assert.Throws<TargetException>(() => Target.Create(Utf8(new string('x', 300)), Usual));
        Assert.Throws<TargetException>(() => Target.EnsureDirectory(Utf8(new string('x', 300))));
    }

    [Theory]
    [InlineData(EntryKind.Fifo)]
    [InlineData(EntryKind.Socket)]
    [InlineData(EntryKind.CharacterDevice)]
    [InlineData(EntryKind.BlockDevice)]
    public void What_only_some_systems_have_is_refused(object kind)
    {
        Assert.Throws<TargetException>(() => Target.Make("x"u8, (EntryKind)kind, null, (1, 3)));

        Assert.Empty(Target.Names());
    }
}
