// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Testing;

namespace Spindle.Restoring.Tests;

/// <summary>Random trees, on whichever way to files is used: what is told is what is there.</summary>
public sealed class RestorePortablyTests
{
    // SPINDLE_TREES=2000 for a long night; each takes some 20 ms.
    private static readonly int Trees = int.TryParse(Environment.GetEnvironmentVariable("SPINDLE_TREES"), CultureInfo.InvariantCulture, out int asked) ? asked : 20;

    [Fact]
    public async Task A_restored_tree_has_no_fewer_entries_than_are_told()
    {
        Random random = Seed.Random();
        for (int number = 0; number < Trees; number++)
        {
            using TestArchive archive = new();
            Grow(archive.Tree, random, depth: 0);
            string[] before = Entries(archive.Tree);
            if (before.Length == 0 || !before.Any(entry => entry.StartsWith('F')))
            {
                continue; // a disc needs a file
            }

            await archive.ArchiveAsync();

            RestoreResult result = await archive.RestoreAsync();

            string[] after = Entries(archive.Target);
            Assert.True(after.Length >= result.FilesRestored + result.OthersRestored, $"{after.Length} of {result.FilesRestored} + {result.OthersRestored}");
            Assert.Equal(before.Where(entry => !entry.Contains('\uFFFD')), after);
            Assert.Equal(before.Count(entry => entry.StartsWith('F')), result.FilesRestored);
            Assert.True(result.IsWhole, string.Join('\n', result.Problems.Select(problem => problem.What)));
        }
    }

    private static void Grow(string directory, Random random, int depth)
    {
        string[] letters = ["a", "A", "é", "e\u0301", ".", " ", ":", "con", "日", "😀", "*", "-"];
        foreach (string name in Enumerable.Range(0, random.Next(1, 7)).Select(_ => string.Concat(random.GetItems(letters, random.Next(1, 4)))).Where(name => name is not ("." or "..")).Distinct())
        {
            string path = Path.Combine(directory, name);
            switch (random.Next(depth < 3 ? 4 : 2))
            {
                case 0 or 1:
                    File.WriteAllText(path, random.Next(3) == 0 ? "" : name);
                    File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddSeconds(random.NextInt64(-1_000_000_000, 10_000_000_000)));
                    break;
                case 2:
                    Directory.CreateDirectory(path);
                    Grow(path, random, depth + 1);
                    break;
                default:
                    File.CreateSymbolicLink(path, name);
                    break;
            }
        }
    }

    /// <summary>What is there, with what it is, its time where it is a file's, and what it holds.</summary>
    private static string[] Entries(string directory) =>
    [
        .. new DirectoryInfo(directory).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => Path.GetRelativePath(directory, entry.FullName) is var path && entry.LinkTarget is { } target
            ? $"L {path} {target}"
            : entry is FileInfo ? $"F {path} {entry.LastWriteTimeUtc:O} {File.ReadAllText(entry.FullName)}" : $"D {path}").Order(StringComparer.Ordinal),
    ];
}
