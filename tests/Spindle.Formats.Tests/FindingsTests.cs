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

    [Fact]
    public void Puts_no_text_together_that_is_not_kept()
    {
        Rule noisy = new("T001", "none", "be quiet");
        Findings findings = new();
        int texts = 0;
        for (int i = 0; i < Findings.KeptPerRule + 5; i++)
        {
            findings.Add(noisy, i, $"number {++texts}");
        }

        Assert.Equal(Findings.KeptPerRule, texts);
        Assert.Equal(Findings.KeptPerRule + 5, findings.Counts[noisy]);
    }

    [Fact]
    public void Cuts_texts_that_are_long()
    {
        Findings findings = new();

        findings.Add(new("T001", "none", "be short"), 0, $"{new string('x', 100_000)}");

        Assert.Equal(new string('x', Findings.LongestDetail - 1) + "…", findings.Items[0].Detail);
    }

    [Fact]
    public void Takes_over_what_others_found_and_what_they_only_counted()
    {
        Rule noisy = new("T001", "none", "be quiet");
        (Findings findings, Findings others) = (new(), new());
        findings.Add(noisy, 0, "first");
        for (int i = 0; i < Findings.KeptPerRule + 5; i++)
        {
            others.Add(noisy, i, "again");
        }

        findings.AddAll(others);

        Assert.Equal(Findings.KeptPerRule, findings.Items.Count);
        Assert.Equal(Findings.KeptPerRule + 6, findings.Counts[noisy]);
    }
}
