// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Health;

/// <summary>A disc, and what its checks found over time.</summary>
/// <param name="Disc">The disc.</param>
/// <param name="Checks">Its checks, of all copies, the oldest first.</param>
public sealed record DiscHealth(DiscRecord Disc, IReadOnlyList<DiscCheck> Checks)
{
    /// <summary>The same, copy by copy: each one ages by itself.</summary>
    public IReadOnlyList<HealthTrend> Trends =>
        [.. Checks.GroupBy(check => check.Copy).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new HealthTrend(group.Key, [.. group]))];
}

/// <summary>How one copy of a disc ages.</summary>
/// <param name="Copy">Its name; null for checks that did not say which copy it was.</param>
/// <param name="Checks">The checks, the oldest first; at least one.</param>
public sealed record HealthTrend(string? Copy, IReadOnlyList<DiscCheck> Checks)
{
    // Less than this says more of the drives than of the disc.
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromDays(30);
    private static readonly TimeSpan FarthestForecast = TimeSpan.FromDays(36525);

    /// <summary>
    /// When the worst ecc block will have used up the share that calls for a copy, if it goes on as from the first check to the last.
    /// Null where it did not get worse, is past that already, or the checks span less than 30 days.
    /// </summary>
    public DateTimeOffset? CopyNowExpected
    {
        get
        {
            (DiscCheck first, DiscCheck last) = (Checks[0], Checks[^1]);
            TimeSpan span = last.At - first.At;
            double grown = last.UsedShare - first.UsedShare;
            double left = last.CopyNowShare - last.UsedShare;
            if (span < ShortestSpan || grown <= 0 || left <= 0 || first.Roots != last.Roots)
            {
                return null;
            }

            double days = span.TotalDays * left / grown;
            return days < FarthestForecast.TotalDays ? last.At.AddDays(days) : null;
        }
    }
}
