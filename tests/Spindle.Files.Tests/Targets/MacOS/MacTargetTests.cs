// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using System.Text;
using Spindle.Files.Listing;
using Spindle.Files.Listing.Unix;
using Spindle.Files.Targets;
using Spindle.Files.Targets.Unix;
using Spindle.Testing.MacOS;

namespace Spindle.Files.Tests.Targets.MacOS;

/// <summary>The target of macOS on the calls of Linux.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MacTargetTests : TargetTreeContract
{
    private readonly SimulatedMacWriting _system = new();

    public MacTargetTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux plays macOS here");

    protected override bool HasHardLinks => true;

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => UnixTarget.Open(_system, path, loosened);

    [Fact]
    public void Forks_and_Finder_information_come_back_and_flags_come_last()
    {
        ExtendedAttribute[] attributes =
        [
            new("bsd.flags"u8.ToArray(), "uchg,hidden"u8.ToArray()),
            new("com.apple.FinderInfo"u8.ToArray(), new byte[32]),
            new("com.apple.ResourceFork"u8.ToArray(), [1, 2, 3]),
        ];
        using (TargetFile file = Target.Create("file"u8, Usual))
        {
            Assert.Null(file.SetAttributes(Usual with { Extended = attributes }));
        }

        Assert.Equal(["com.apple.FinderInfo", "com.apple.ResourceFork", "bsd.flags"], _system.Set);
        Assert.Equal(attributes.Select(Text), Read("file").Select(Text));
    }

    [Fact]
    public void A_directory_is_sealed_last_too()
    {
        Target.EnsureDirectory("directory"u8);

        Assert.Null(Target.SetAttributes("directory"u8, EntryKind.Directory, Usual with
        {
            Mode = 0x1ED,
            Extended = [new("bsd.flags"u8.ToArray(), "uchg"u8.ToArray()), new("com.apple.FinderInfo"u8.ToArray(), new byte[32])],
        }));

        Assert.Equal(["bsd.flags", "com.apple.FinderInfo"], Read("directory").Select(attribute => Encoding.UTF8.GetString(attribute.Name)));
    }

    [Fact]
    public void Flags_that_are_not_known_are_told()
    {
        using TargetFile file = Target.Create("file"u8, Usual);

        Assert.StartsWith("bsd.flags (", file.SetAttributes(Usual with { Extended = [new("bsd.flags"u8.ToArray(), "glued"u8.ToArray())] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("system.posix_acl_access", false)]
    [InlineData("security.capability", false)]
    [InlineData("user.comment", true)]
    [InlineData("com.apple.metadata:kMDItemWhereFroms", true)]
    public void What_only_Linux_acts_by_is_not_kept_as_if_it_were_in_force(string name, bool isSet)
    {
        using TargetFile file = Target.Create("file"u8, Usual);

        string? refused = file.SetAttributes(Usual with { Extended = [new(Encoding.UTF8.GetBytes(name), [1])] });

        Assert.Equal(isSet, refused is null);
        Assert.Equal(isSet ? [name] : [], Read("file").Select(attribute => Encoding.UTF8.GetString(attribute.Name)));
    }

    [Fact]
    public void A_socket_cannot_be_made_and_a_pipe_can()
    {
        Target.Make("pipe"u8, EntryKind.Fifo, null, default);

        Assert.Equal(EntryKind.Fifo, Target.Look("pipe"u8)!.Value.Kind);
        Assert.False(Assert.Throws<TargetException>(() => Target.Make("socket"u8, EntryKind.Socket, null, default)).IsBlocked);
    }

    [Fact]
    public void Second_names_are_names_of_the_same_file()
    {
        Put("first", "1");

        Target.Link("first"u8, "second"u8);

        Assert.Equal(Target.Look("first"u8)!.Value.Inode, Target.Look("second"u8)!.Value.Inode);
    }

    private static string Text(ExtendedAttribute attribute) => $"{Encoding.UTF8.GetString(attribute.Name)}={Convert.ToHexString(attribute.Value)}";

    private IReadOnlyList<ExtendedAttribute> Read(string name)
    {
        using ISourceDirectory root = new UnixSource(new SimulatedMacReading()).OpenRoot(Root);
        return root.Attributes(Encoding.UTF8.GetBytes(name));
    }
}
