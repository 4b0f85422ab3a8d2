// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Files.Patterns;
using Spindle.Testing;

namespace Spindle.Files.Tests.Patterns;

public sealed class IgnoreRulesTests
{
    private static readonly string[] Alphabet = ["a", "b", "ab", "a.c", "*", "?", "**", "/", "/", "!", "[ab]", "[!a]", "\\*", "x y", "[[:alpha:]]", "#", "[b-d]", "[", "]", " "];
    private static readonly string[] Names = ["a", "b", "ab", "a.c", "abc", "x y", "c", "*", "#", "]", "ba", "!a", "\\"];

    [Theory]
    [InlineData("*.tmp", "x/y/z.tmp", false, true)]
    [InlineData("*.tmp", "x/y/z.tmp2", false, false)]
    [InlineData("/cache/", "cache", true, true)]
    [InlineData("/cache/", "cache", false, false)]
    [InlineData("/cache/", "x/cache", true, false)]
    [InlineData("a/**/b", "a/b", false, true)]
    [InlineData("a/**/b", "a/x/y/b", false, true)]
    [InlineData("a/**", "a", true, false)]
    [InlineData("a/**", "a/x", false, true)]
    [InlineData("**/b", "x/y/b", false, true)]
    [InlineData("**/b", "b", false, true)]
    [InlineData("*/b", "x/y/b", false, false)]
    [InlineData("[!a-c]x", "dx", false, true)]
    [InlineData("[!a-c]x", "bx", false, false)]
    [InlineData("#a", "#a", false, false)]
    [InlineData("\\#a", "#a", false, true)]
    public void A_pattern_leaves_out_what_gitignore_would(string pattern, string path, bool isDirectory, bool isIgnored) =>
        Assert.Equal(isIgnored, Ignores(new([pattern]), path, isDirectory));

    [Fact]
    public void The_last_rule_that_matches_decides()
    {
        IgnoreRules rules = new(["*.log", "!keep.log", "/sub/*", "!/sub/b"]);
        Assert.True(Ignores(rules, "x.log", false));
        Assert.False(Ignores(rules, "keep.log", false));
        Assert.True(Ignores(rules, "sub/keep.log", false));
        Assert.False(Ignores(rules, "sub/b", false));
    }

    /// <summary>Some seven thousand paths against random rules: git itself is the judge.</summary>
    [Fact]
    public void Random_rules_leave_out_what_git_leaves_out()
    {
        using TempDirectory directory = new();
        Git(directory.Path, "init", "-q");
        Random random = new(5);
        for (int round = 0; round < 150; round++)
        {
            string[] patterns = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pattern(random))];
            File.WriteAllLines(directory[".git/info/exclude"], patterns);
            string[] paths = [.. Enumerable.Range(0, 50).Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Names[random.Next(Names.Length)]))).Distinct()];
            HashSet<string> judged = [.. Git(directory.Path, ["check-ignore", "--no-index", "-z", "--stdin"], string.Join('\0', paths)).Split('\0', StringSplitOptions.RemoveEmptyEntries)];

            IgnoreRules rules = new(patterns);
            Assert.All(paths, path => Assert.True(
                judged.Contains(path) == IsLeftOut(rules, path),
                $"{string.Join(" | ", patterns)}: '{path}' is {(judged.Contains(path) ? "" : "not ")}ignored by git"));
        }
    }

    // A set that spans a '/' can't match anything sensible; git and we disagree on what else it matches.
    private static string Pattern(Random random)
    {
        string[] parts = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Alphabet[random.Next(Alphabet.Length)])];
        return string.Concat(parts.Where(part => part != "[" || !parts.Contains("/")));
    }

    // As a walk would: what is below something left out is never seen. The paths don't exist, so that git takes the last name for a file.
    private static bool IsLeftOut(IgnoreRules rules, string path)
    {
        string[] parts = path.Split('/');
        return Enumerable.Range(1, parts.Length).Any(count => Ignores(rules, string.Join('/', parts.Take(count)), isDirectory: count < parts.Length));
    }

    private static bool Ignores(IgnoreRules rules, string path, bool isDirectory)
    {
        int slash = path.LastIndexOf('/');
        return rules.Ignores(Encoding.UTF8.GetBytes(slash < 0 ? "" : path[..slash]), Encoding.UTF8.GetBytes(path[(slash + 1)..]), isDirectory);
    }

    private static string Git(string directory, params string[] arguments) => Git(directory, arguments, "");

    private static string Git(string directory, string[] arguments, string input) =>
        new ForeignProgram("git", arguments) { Directory = directory, Input = Encoding.UTF8.GetBytes(input) }.Run().Text;
}
