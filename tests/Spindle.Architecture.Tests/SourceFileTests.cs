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

    private static IEnumerable<string> AllSources() => Repository.Files("src", "*.cs").Concat(Repository.Files("tests", "*.cs"));
}
