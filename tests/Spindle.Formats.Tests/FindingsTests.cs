// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Tests;

public sealed class FindingsTests
{
    [Fact]
    public void Keeps_the_first_of_each_rule_and_counts_all()
    {
        Rule noisy = new("T001", "none", "be quiet");
        Rule rare = new("T002", "none", "be there");
        Findings findings = new();
        for (int i = 0; i < Findings.KeptPerRule + 5; i++)
        {
            findings.Add(noisy, i, "again");
        }

        findings.Add(rare, 7, "once");

        Assert.Equal(Findings.KeptPerRule + 1, findings.Items.Count);
        Assert.Equal(Findings.KeptPerRule + 5, findings.Counts[noisy]);
        Assert.Equal(new Finding(rare, 7, "once"), findings.Items[^1]);
    }
}
