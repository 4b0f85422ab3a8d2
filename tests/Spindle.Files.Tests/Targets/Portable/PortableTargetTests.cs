// SPDX-License-Identifier: MIT
using Spindle.Files.Targets;
using Spindle.Files.Targets.Portable;

namespace Spindle.Files.Tests.Targets.Portable;

public sealed class PortableTargetTests : TargetTreeContract
{
    protected override bool HasHardLinks => false;

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => new PortableTarget(path);

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
