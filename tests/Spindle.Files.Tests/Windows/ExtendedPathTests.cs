// SPDX-License-Identifier: MIT
using Spindle.Files.Windows;

namespace Spindle.Files.Tests.Windows;

public class ExtendedPathTests
{
    [Theory]
    [InlineData(@"C:\a\b.", @"\\?\C:\a\b.")]
    [InlineData(@"\\server\share\x", @"\\?\UNC\server\share\x")]
    [InlineData(@"\\?\C:\a", @"\\?\C:\a")]
    [InlineData(@"\\.\D:", @"\\.\D:")]
    public void Windows_takes_them_as_they_are(string path, string extended)
    {
        Assert.Equal(extended, ExtendedPath.OfFull(path));
        Assert.Equal(path.Replace(@"\\?\", "", StringComparison.Ordinal), ExtendedPath.Shown(extended));
    }

    [Theory]
    [InlineData(@"C:\tree/sub/dot.", @"\\?\C:\tree\sub\dot.")]
    [InlineData(@"\\server\share/blank ", @"\\?\UNC\server\share\blank ")]
    [InlineData(@"C:\tree/con.txt", @"\\?\C:\tree\con.txt")]
    public void Names_of_an_archive_stay_as_they_are(string path, string extended) => Assert.Equal(extended, ExtendedPath.OfNames(path));

    [Fact]
    public void Elsewhere_they_are_full_paths()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "asks for the paths of other systems");

        Assert.Equal(Path.GetFullPath("a/b"), ExtendedPath.Of("a/b"));
        Assert.Equal("/a/b/c", ExtendedPath.Join("/a", "b/c"));
        Assert.Equal("/a", ExtendedPath.Join("/a", ""));
    }
}
