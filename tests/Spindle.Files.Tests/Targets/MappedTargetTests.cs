// SPDX-License-Identifier: MIT
using Spindle.Files.Targets;

namespace Spindle.Files.Tests.Targets;

/// <summary>Where no name must change, it is as the target itself.</summary>
public sealed class MappedTargetTests : TargetTreeContract
{
    protected override bool HasHardLinks => OperatingSystem.IsLinux();

    private protected override TargetTree Open(string path, LoosenedDirectories loosened) => new MappedTarget(TargetTree.Open(path, loosened), new(new() { Forbidden = ":" }));

    [Fact]
    public void A_path_is_asked_for_by_the_archives_names()
    {
        using (TargetFile file = Target.Create("a:/b:.part"u8, Usual))
        {
            file.Write("x"u8, 0);
        }

        Target.Rename("a:/b:.part"u8, "a:/c:"u8, replaces: false);

        Assert.NotNull(Target.Look("a:/c:"u8));
        Assert.Equal("x", Text("a_/c_"));
    }
}
