// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>Sectors that follow one another.</summary>
/// <param name="Start">The first one, from 0.</param>
/// <param name="Count">How many.</param>
public sealed record SectorRangePart(long Start, long Count)
{
    internal static IReadOnlyList<SectorRangePart> Of(IEnumerable<SectorRange> ranges) => [.. ranges.Select(range => new SectorRangePart(range.Start, range.Count))];
}
