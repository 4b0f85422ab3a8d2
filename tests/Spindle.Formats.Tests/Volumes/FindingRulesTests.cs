// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Tests.Volumes;

public class FindingRulesTests
{
    [Fact]
    public void Every_rule_has_an_id_of_its_own() =>
        Assert.Equal(FindingRules.All.Count, FindingRules.All.Select(rule => rule.Id).Distinct().Count());

    [Fact]
    public void The_document_explains_every_rule_in_the_words_of_the_code()
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryRoot(), "docs", "findings.md"));
        IEnumerable<string> rows = lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal));

        Assert.Equal(FindingRules.All.Select(rule => $"| `{rule.Id}` | {rule.Source} | {rule.Summary} |"), rows);
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "..", "..", ".."));
}
