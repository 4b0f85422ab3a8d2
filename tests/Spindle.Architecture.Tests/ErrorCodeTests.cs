// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Spindle.Architecture.Tests;

/// <summary>docs/errors.md and the code know the same codes.</summary>
public sealed partial class ErrorCodeTests
{
    [Fact]
    public void Every_failure_is_documented_and_nothing_else_is()
    {
        IEnumerable<string> used = Repository.Files("src", "*.cs")
            .Select(File.ReadAllText)
            .Where(text => MakesFailures().IsMatch(text))
            .SelectMany(text => NewFailure().Matches(text))
            .Select(match => match.Groups[1].Value);
        IEnumerable<string> documented = File.ReadLines(Path.Combine(Repository.Root, "docs", "errors.md"))
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), documented.Except(["damaged-file"]).Distinct().Order(StringComparer.Ordinal)); // that one is a list of its own in JSON
    }

    [Fact]
    public void A_project_with_a_list_of_its_failures_makes_none_elsewhere()
    {
        IEnumerable<string> elsewhere = Repository.Files("src", "Failures.cs").Select(path => Path.GetDirectoryName(path)!)
            .SelectMany(project => Repository.Files(project, "*.cs"))
            .Where(path => Path.GetFileName(path) != "Failures.cs" && NewFailure().IsMatch(File.ReadAllText(path)));

        Assert.Empty(elsewhere);
    }

    // A failure is made with its code first, and its sentence behind it.
    [GeneratedRegex("""(?:new(?: Failure)?\(\s*|Skip\(entry, )"([a-z]+(?:-[a-z]+)*)",\s*(?:\$?"|string\.Create|what|options)""")]
    private static partial Regex NewFailure();

    [GeneratedRegex(@"OperationFailedException(\(| [A-Z])|_concerns|\bConcerns\.|\bWarnings\.|_warnings|_others\.Add|Skip\(entry| Problem\(|ref _failure, failure|Failure\? (?:Warning|Concern)|(?:static|public) Failure\??\s")]
    private static partial Regex MakesFailures();

    [GeneratedRegex("""^\| `([a-z-]+)` \|""")]
    private static partial Regex Row();
}
