// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Formats.Trees;

namespace Spindle.Formats.Tests.Trees;

public class SafePathTests
{
    [Theory]
    [InlineData("plain name.txt", "plain name.txt")]
    [InlineData("..", "__")]
    [InlineData(".", "_")]
    [InlineData("", "_")]
    [InlineData("a/b", "a_b")]
    [InlineData("../../etc/passwd", ".._.._etc_passwd")]
    [InlineData("nul\0byte", "nul_byte")]
    [InlineData("CON", "CON")]
    public void Makes_a_component_of_any_name(string name, string expected) => Assert.Equal(expected, SafePath.Name(name));

    [Fact]
    public void Never_makes_a_path_that_leaves_the_directory() => Prop.ForAll<string?, string?>((outer, inner) =>
    {
        VolumeEntry root = new() { Name = "", Type = EntryType.Directory };
        VolumeEntry directory = new() { Name = outer ?? "", Type = EntryType.Directory, Parent = root };
        string path = SafePath.Of(new() { Name = inner ?? "", Type = EntryType.File, Parent = directory });
        string full = Path.GetFullPath(Path.Combine("/target", path));
        return full.StartsWith("/target/", StringComparison.Ordinal) && path.Split('/').Length == 2;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("b", true)]
    [InlineData("../b", true)]
    [InlineData("../../b", false)]
    [InlineData("b/../../../c", false)]
    [InlineData("b/../c", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("C:\\x", false)]
    [InlineData("..\\..\\x", false)]
    [InlineData("", false)]
    public void Tells_links_that_stay_inside(string target, bool stays)
    {
        VolumeEntry root = new() { Name = "", Type = EntryType.Directory };
        VolumeEntry directory = new() { Name = "dir", Type = EntryType.Directory, Parent = root, Depth = 1 };
        VolumeEntry link = new() { Name = "link", Type = EntryType.Symlink, Parent = directory, Depth = 2, Target = target };

        Assert.Equal(stays, SafePath.StaysInside(link));
    }
}
