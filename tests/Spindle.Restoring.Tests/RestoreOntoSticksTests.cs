// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Targets;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Targets that do not take every name, or several for one: nothing is lost, and all that is called otherwise is told.</summary>
public sealed class RestoreOntoSticksTests : IDisposable
{
    private readonly TestArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Names_that_are_one_there_are_kept_side_by_side(bool isOverwriting)
    {
        string[] names = ["UPPER", "upper", "DIR/x", "dir/x", "dir/X", "caf\u00E9", "cafe\u0301", "plain", "same", "SAME"];
        foreach (string name in names)
        {
            _archive.Write(name, name is "same" or "SAME" ? "the same" : $"content of {name}");
        }

        await _archive.ArchiveAsync();

        RestoreResult first = await RestoreAsync(isOverwriting);
        RestoreResult second = await RestoreAsync(isOverwriting);

        Assert.Equal(names.Length, Directory.EnumerateFiles(_archive.Target, "*", SearchOption.AllDirectories).Count());
        Assert.Equal((names.Length, 0), (first.FilesRestored, first.FilesPresent));
        Assert.Equal((names.Length, names.Length), (second.FilesRestored, second.FilesPresent));
        Assert.Equal(["caf\u00E9 > caf\u00E9~2", "dir > dir~2", "dir/x > dir~2/x~2", "same > same~2", "upper > upper~2"], Told(first));
        Assert.Equal(Told(first), Told(second));
        Assert.False(first.IsWhole);
        Assert.Empty(first.Problems);
        Assert.Equal("content of upper", Text("upper~2"));
        Assert.Equal("content of UPPER", Text("UPPER"));
        Assert.Equal("content of dir/x", Text("dir~2/x~2"));
        Assert.Equal("content of dir/X", Text("dir~2/X"));
        Assert.Equal("content of DIR/x", Text("DIR/x"));
        Assert.Equal("the same", Text("same~2"));
    }

    [Fact]
    public async Task Names_that_are_not_taken_become_the_nearest_ones()
    {
        foreach (string name in (string[])["a:b", "a_b", "what?", "dot.", "space ", "deep:/er:/file*", "star*/1"])
        {
            _archive.Write(name, $"content of {name}");
        }

        byte[] big = _archive.Write("big?", TestArchive.Bytes(4_000_000, 1)); // in parts
        Assert.True((await _archive.ArchiveAsync(1400)).Count > 1);

        RestoreResult result = await RestoreAsync();

        Assert.Equal(
            ["a:b > a_b~2", "big? > big_", "deep: > deep_", "deep:/er: > deep_/er_", "deep:/er:/file* > deep_/er_/file_", "dot. > dot_", "space  > space_", "star* > star_", "what? > what_"], Told(result));
        Assert.Equal(9, result.NamesChanged);
        Assert.Equal("content of a:b", Text("a_b~2"));
        Assert.Equal("content of a_b", Text("a_b"));
        Assert.Equal("content of deep:/er:/file*", Text("deep_/er_/file_"));
        Assert.Equal(big, _archive.Restored("big_"));
        Assert.Equal(0, result.NotRestored + result.OthersNotRestored);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public async Task Where_every_name_is_taken_none_is_told()
    {
        _archive.Write("plain", "1");
        await _archive.ArchiveAsync();

        Assert.True((await RestoreAsync()).IsWhole);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_in_its_way()
    {
        _archive.Write("A", "upper");
        _archive.Write("a", "lower");
        await _archive.ArchiveAsync();

        RestoreResult result = await new Restorer(null, null, TimeProvider.System, Stick).RunAsync(
            null, new() { Sources = [_archive.Images], Target = _archive.Target, Patterns = ["/a"] }, new Progress<Media.WorkProgress>(), CancellationToken.None);

        Assert.True(result.IsWhole);
        Assert.Equal(["a"], _archive.Names());
    }

    [Fact]
    public async Task A_random_tree_has_as_many_files_as_are_told()
    {
        Random random = Seed.Random();
        char[] letters = ['a', 'A', 'b', 'B', ':', '.', ' ', '\u00E9', 'e', '\u0301'];
        for (int round = 0; round < 12; round++)
        {
            using TestArchive archive = new();
            for (int number = 0; number < 60; number++)
            {
                string path = string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => string.Concat(random.GetItems(letters, random.Next(1, 4)))));
                bool isThere = Path.Exists(Path.Combine(archive.Tree, path)) || path.Split('/').Any(name => name is "." or "..");
                for (string? above = Path.GetDirectoryName(path); !string.IsNullOrEmpty(above); above = Path.GetDirectoryName(above))
                {
                    isThere |= File.Exists(Path.Combine(archive.Tree, above));
                }

                if (!isThere)
                {
                    archive.Write(path, path);
                }
            }

            string[] contents = [.. Contents(archive.Tree)];
            await archive.ArchiveAsync();

            RestoreResult result = await archive.RestoreAsync(Stick);

            Assert.Equal(contents, Contents(archive.Target));
            Assert.Equal(contents.Length, result.FilesRestored);
            Assert.Empty(result.Problems);
        }
    }

    private static IOrderedEnumerable<string> Contents(string directory) =>
        Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(File.ReadAllText).Order(StringComparer.Ordinal);

    private static StickTarget Stick(string path, LoosenedDirectories loosened) => new(path, TargetTree.Open(path, loosened));

    private static string[] Told(RestoreResult result) => [.. result.Renamed.Select(name => $"{name.Path} > {name.As}").Order(StringComparer.Ordinal)];

    private Task<RestoreResult> RestoreAsync(bool isOverwriting = false) => _archive.RestoreAsync(Stick, isOverwriting);

    private string Text(string name) => Encoding.UTF8.GetString(_archive.Restored(name));
}
