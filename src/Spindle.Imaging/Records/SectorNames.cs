// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>How a sentence names sectors.</summary>
internal static class SectorNames
{
    private const int RangesNamed = 5;

    /// <summary>The first ranges, and how many more the record tells of: <c>16-31, 40 and 7 more places, all in the record</c>.</summary>
    public static string Of(IReadOnlyList<SectorRange> ranges)
    {
        string named = string.Join(", ", ranges.Take(RangesNamed));
        return ranges.Count > RangesNamed ? $"{named} and {ranges.Count - RangesNamed} more places, all in the record" : named;
    }
}
