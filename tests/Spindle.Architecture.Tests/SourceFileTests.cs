// SPDX-License-Identifier: MIT
namespace Spindle.Architecture.Tests;

public sealed class SourceFileTests
{
    [Fact]
    public void Every_source_file_names_its_licence_in_the_first_line() =>
        Assert.All(AllSources(), path => Assert.Equal("// SPDX-License-Identifier: MIT", File.ReadLines(path).First()));

    [Fact]
    public void Namespaces_are_folders() =>
        Assert.All(AllSources().Where(path => path.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal)), path =>
        {
            string folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(path)!);
            string? declared = File.ReadLines(path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal));
            if (declared is not null)
            {
                Assert.Equal($"namespace {folder.Replace(Path.DirectorySeparatorChar, '.')};", declared);
            }
        });

    /// <summary>What <c>dotnet format</c> takes a minute to find, and the build does not look at: <c>System</c> first, each part of a name by its letters.</summary>
    [Fact]
    public void Using_directives_are_in_their_order() =>
        Assert.All(AllSources(), path =>
        {
            string[] used = [.. File.ReadLines(path).TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
                .Where(line => line.StartsWith("using ", StringComparison.Ordinal)).Select(line => line["using ".Length..].TrimEnd(';')).Where(name => !name.Contains(' '))];
            Assert.Equal(used.OrderBy(name => name.Split('.')[0] != "System").ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase), used);
        });

    [Fact]
    public void Tests_are_where_one_looks_for_them()
    {
        string source = Path.Combine(Repository.Root, "src");
        IEnumerable<string> without = Repository.Files("src", "*.cs").Select(path => Path.GetRelativePath(source, Path.GetDirectoryName(path)!).Replace('\\', '/'))
            .Where(folder => !folder.Contains("/obj", StringComparison.Ordinal)).Distinct()
            .Where(folder =>
            {
                string[] names = folder.Split('/');
                string tests = Path.Combine([Repository.Root, "tests", $"{names[0]}.Tests", .. names[1..]]);
                return !Directory.Exists(tests) || !Directory.EnumerateFiles(tests, "*.cs").Any();
            });

        Assert.Empty(without);
    }

    /// <summary>eng/changelog puts them into the order of their kinds, and refuses others.</summary>
    [Fact]
    public void Each_change_begins_with_its_kind_and_what_changed() =>
        Assert.All(Repository.Files("changes", "*.md"), path => Assert.Matches("^(Added|Changed|Fixed|Removed|Security): .", File.ReadLines(path).First()));

    private static IEnumerable<string> AllSources() => Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"));
}
