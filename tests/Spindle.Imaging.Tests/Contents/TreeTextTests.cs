// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Contents;
using Spindle.Testing;

namespace Spindle.Imaging.Tests.Contents;

/// <summary>Held against the program <c>tree</c>, on the directory that the disc was made of.</summary>
public sealed partial class TreeTextTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _tree;

    public TreeTextTests()
    {
        _tree = _directory["tree"];
        Directory.CreateDirectory(Path.Combine(_tree, "a/b"));
        Directory.CreateDirectory(Path.Combine(_tree, "empty"));
        File.WriteAllBytes(Path.Combine(_tree, "a/b/999"), new byte[999]);
        File.WriteAllBytes(Path.Combine(_tree, "a/1000"), new byte[1000]);
        File.WriteAllBytes(Path.Combine(_tree, "a/9950"), new byte[9_960]);
        File.WriteAllBytes(Path.Combine(_tree, "a/123456"), new byte[123_456]);
        File.WriteAllBytes(Path.Combine(_tree, "Zebra.bin"), new byte[1_234_567]);
        File.WriteAllText(Path.Combine(_tree, "ä ö.txt"), "x");
        File.CreateSymbolicLink(Path.Combine(_tree, "link"), "a/1000");
        File.SetLastWriteTimeUtc(Path.Combine(_tree, "Zebra.bin"), new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
    }

    [Fact]
    public void Draws_what_tree_draws_but_for_the_sizes_of_directories_and_links()
    {
        string[] expected = Lines(ForeignProgram.Run("sh", "-c", $"cd '{_tree}' && TZ=UTC tree -apugDn --si --du --noreport . | sed 's/ root    / 0       /g'"));

        string[] drawn = Lines(Draw());

        // A directory is as large as the file system makes it, and a link has no size on the disc.
        Assert.Equal(expected.Select(WithoutSizes), drawn.SkipLast(2).Select(WithoutSizes));
        Assert.Equal(expected.Where(line => line.Contains("[-", StringComparison.Ordinal)), drawn.Where(line => line.Contains("[-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Counts_directories_with_the_root_and_everything_else_as_files() =>
        Assert.EndsWith("used in 4 directories, 7 files", Draw().TrimEnd(), StringComparison.Ordinal);

    public void Dispose() => _directory.Dispose();

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private static string WithoutSizes(string line) => DirectoryOrLink().Replace(line, "$1 SIZE ");

    private string Draw()
    {
        using SimulatedDisc disc = new(File.ReadAllBytes(DiscImages.OfDirectory(_tree)));
        using StringWriter text = new();
        TreeText.Write(Volume.Open(disc)!, text, DateTimeOffset.UtcNow);
        return text.ToString();
    }

    [GeneratedRegex(@"(\[[dl].{9} \S+ +\S+ +)[\d.kM]+ ")]
    private static partial Regex DirectoryOrLink();
}
