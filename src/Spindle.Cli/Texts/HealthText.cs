// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Archiving.Health;

namespace Spindle.Cli.Texts;

/// <summary>How discs age: a bar for each check, as long as the worst block has used up the parity.</summary>
internal static class HealthText
{
    private const int BarWidth = 32; // cells that stand for all roots
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Levels = "▁▂▃▄▅▆▇█";

    public static void Write(IReadOnlyList<DiscHealth> discs, string? chart, TextLines lines)
    {
        foreach (DiscHealth disc in discs)
        {
            lines.Line($"[blue]Disc {disc.Disc.Number}[/]  {disc.Disc.Label}{(disc.Checks.Count == 0 ? ": not checked yet" : "")}");
            foreach (HealthTrend trend in disc.Trends)
            {
                Write(trend, lines);
            }
        }

        if (lines.IsQuiet)
        {
            return;
        }

        if (discs.Count > 0 && discs.All(disc => disc.Checks.Count == 0))
        {
            lines.Line($"'spindle check' of a disc with parity, or of its image, remembers what it finds.");
        }

        if (chart is not null)
        {
            lines.Value("Drawn", chart);
        }
    }

    private static void Write(HealthTrend trend, TextLines lines)
    {
        lines.Line($"       [cyan]{(trend.Copy is null ? "no copy named" : $"copy {trend.Copy}")}[/]  [[[yellow]{Sparkline(trend.Checks)}[/]]]");
        foreach (DiscCheck check in trend.Checks)
        {
            (string used, string left) = Bar(check);
            string at = $"{check.At.ToLocalTime():yyyy-MM-dd}";
            string worst = $"{check.WorstBlock,3} of {check.Roots} used";
            string drive = lines.IsVerbose ? $"  {check.Drive}" : "";
            lines.Line(check.Verdict switch
            {
                "good" => (FormattableString)$"       {at}  [green]{used}[/]{left}  {worst}  [green]good[/]{drive}",
                "watch" => $"       {at}  [yellow]{used}[/]{left}  {worst}  [yellow]watch[/]{drive}",
                _ => $"       {at}  [red]{used}[/]{left}  {worst}  [red]copy now{(check.BlocksLost > 0 ? $": {TextLines.Count(check.BlocksLost, "block", "blocks")} lost" : "")}[/]{drive}",
            });
        }

        if (trend.CopyNowExpected is { } expected)
        {
            lines.Line($"       [yellow]If it goes on like this, it is to be copied by {expected.ToLocalTime():yyyy-MM}.[/]");
        }
    }

    /// <summary>The worst block's share of the roots, and a line where the share begins that calls for a copy.</summary>
    private static (string Used, string Left) Bar(DiscCheck check)
    {
        int eighths = (int)Math.Ceiling(Math.Min(1, check.UsedShare) * BarWidth * 8);
        string used = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8].ToString() : "");
        int limit = (int)Math.Round(check.CopyNowShare * BarWidth);
        StringBuilder left = new(new string('·', BarWidth - used.Length));
        if (limit >= used.Length && limit < BarWidth)
        {
            left[limit - used.Length] = '│';
        }

        return (used, left.ToString());
    }

    private static string Sparkline(IEnumerable<DiscCheck> checks) =>
        string.Concat(checks.Select(check => Levels[(int)Math.Round(Math.Min(1, check.UsedShare) * (Levels.Length - 1))]));
}
