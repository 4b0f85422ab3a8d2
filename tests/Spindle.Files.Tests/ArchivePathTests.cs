// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files.Tests;

public sealed class ArchivePathTests
{
    [Theory]
    [InlineData("", "", "", 0)]
    [InlineData("a", "", "a", 1)]
    [InlineData("a/b", "a", "b", 2)]
    [InlineData("a/b/c", "a/b", "c", 3)]
    public void A_path_has_a_directory_a_name_and_a_depth(string path, string directory, string name, int depth)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);

        Assert.Equal((directory, name, depth), (Encoding.UTF8.GetString(ArchivePath.DirectoryOf(bytes)), Encoding.UTF8.GetString(ArchivePath.NameOf(bytes)), ArchivePath.DepthOf(bytes)));
        Assert.Equal(bytes, ArchivePath.Join(ArchivePath.DirectoryOf(bytes), ArchivePath.NameOf(bytes)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("/", "")]
    [InlineData("/photos/2024/", "photos/2024")]
    [InlineData("a//b", null)]
    [InlineData("a/./b", null)]
    [InlineData("../a", null)]
    public void A_place_is_a_path_without_ways_around(string text, string? place) => Assert.Equal(place, ArchivePath.PlaceOf(text));

    [Fact]
    public void What_is_in_a_directory_comes_before_the_directory_s_neighbours()
    {
        string[] paths = ["a", "a/x", "a/x/y", "a b", "a-", "b"];

        List<string> sorted = [.. paths.Reverse()];
        sorted.Sort((one, other) => ArchivePath.CompareInTreeOrder(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other)));

        Assert.Equal(paths, sorted);
        Assert.Equal(0, ArchivePath.CompareInTreeOrder("a"u8, "a"u8));
    }
}
