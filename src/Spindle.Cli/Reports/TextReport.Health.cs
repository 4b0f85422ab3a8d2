// SPDX-License-Identifier: MIT
using System.Text;
using Spectre.Console;
using Spindle.Catalogue.Health;

namespace Spindle.Cli.Reports;

/// <summary>How discs age, for people.</summary>
internal sealed partial class TextReport
{
    private const int BarWidth = 32; // cells that stand for all roots
    private const string Eighths = " ▏▎▍▌▋▊▉█";
    private const string Levels = "▁▂▃▄▅▆▇█";

    public void Health(IReadOnlyList<DiscHealth> discs, string? chart)
    {
        foreach (DiscHealth disc in discs)
        {
            _output.MarkupLineInterpolated($"[blue]Disc {disc.Disc.Number}[/]  {disc.Disc.Label}{(disc.Checks.Count == 0 ? ": not checked yet" : "")}");
            foreach (HealthTrend trend in disc.Trends)
            {
                Show(trend);
            }
        }

        if (_style.IsQuiet)
        {
            return;
        }

        if (discs.Count > 0 && discs.All(disc => disc.Checks.Count == 0))
        {
            _output.MarkupLine("'spindle check' of a disc with parity, or of its image, remembers what it finds.");
        }

        if (chart is not null)
        {
            Value("Drawn", chart);
        }
    }

    private void Show(HealthTrend trend)
    {
        _output.MarkupLineInterpolated($"       [cyan]{(trend.Copy is null ? "no copy named" : $"copy {trend.Copy}")}[/]  [[[yellow]{Sparkline(trend.Checks)}[/]]]");
        foreach (DiscCheck check in trend.Checks)
        {
            (string colour, string verdict) = check.Verdict switch
            {
                "good" => ("green", "good"),
                "watch" => ("yellow", "watch"),
                _ => ("red", check.BlocksLost > 0 ? $"copy now: {check.BlocksLost} blocks lost" : "copy now"),
            };
            (string used, string left) = Bar(check);
            _output.MarkupLineInterpolated(
                $"       {check.At.ToLocalTime():yyyy-MM-dd}  [{colour}]{used}[/]{left}  {check.WorstBlock,3} of {check.Roots} used  [{colour}]{verdict}[/]{(_style.IsVerbose ? $"  {check.Drive}" : "")}");
        }

        if (trend.CopyNowExpected is { } expected)
        {
            _output.MarkupLineInterpolated($"       [yellow]If it goes on like this, it is to be copied by {expected.ToLocalTime():yyyy-MM}.[/]");
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
