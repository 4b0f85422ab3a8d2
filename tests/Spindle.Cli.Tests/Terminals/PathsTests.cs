// SPDX-License-Identifier: MIT
using Spindle.Cli.Terminals;

namespace Spindle.Cli.Tests.Terminals;

public sealed class PathsTests
{
    [Theory]
    [InlineData("~", "")]
    [InlineData("~/x", "/x")]
    public void Puts_the_home_directory_for_a_tilde(string path, string rest) =>
        Assert.Equal(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + rest, Paths.ExpandHome(path));

    [Theory]
    [InlineData("~anna/x")]
    [InlineData("a~")]
    public void Leaves_other_tildes_alone(string path) => Assert.Equal(path, Paths.ExpandHome(path));

    [Theory]
    [InlineData(@"sub\x", "sub/x")]
    [InlineData(@"DATA\DIR\*.txt", "DATA/DIR/*.txt")]
    [InlineData(@"\[a]", @"\[a]")]
    [InlineData(@"a\*", "a/*")]
    [InlineData(@"dir\\b", "dir//b")]
    [InlineData("a/b", "a/b")]
    public void Windows_own_slashes_become_those_of_archives(string path, string expected) => Assert.Equal(expected, Paths.WithSlashes(path));
}
