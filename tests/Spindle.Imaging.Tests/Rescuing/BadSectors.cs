// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Spindle.Media;

namespace Spindle.Imaging.Tests.Rescuing;

/// <summary>Damage as discs have it: single sectors, clusters, tails and scratches.</summary>
internal static class BadSectors
{
    /// <summary>Sets of damage for a medium.</summary>
    /// <param name="sectorCount">Its sectors.</param>
    public static Gen<SectorRange[]> On(int sectorCount)
    {
        Gen<SectorRange[]> single = Gen.Choose(0, sectorCount - 1).Select(sector => new[] { new SectorRange(sector, 1) });
        Gen<SectorRange[]> cluster = Gen.Choose(0, sectorCount - 1).SelectMany(
            _ => Gen.Choose(1, 200), (start, count) => new[] { Within(start, count, sectorCount) });
        Gen<SectorRange[]> tail = Gen.Choose(1, 160).Select(count => new[] { new SectorRange(sectorCount - count, count) });

        // A scratch hits the spiral once each turn, for some sectors.
        Gen<SectorRange[]> scratch = Gen.Choose(0, sectorCount - 1).SelectMany(_ => Gen.Choose(9, 60), (start, turn) => (start, turn)).SelectMany(
            _ => Gen.Choose(1, 8),
            (at, width) => Enumerable.Range(0, 25).Select(i => at.start + (i * at.turn)).Where(start => start < sectorCount)
                .Select(start => Within(start, width, sectorCount)).ToArray());
        return Gen.OneOf(single, cluster, tail, scratch).ArrayOf().Select(parts => parts.SelectMany(part => part).ToArray());
    }

    /// <summary>The map that a rescue of a disc with that damage must end with.</summary>
    public static SectorMap MapOf(long sectorCount, IEnumerable<SectorRange> bad)
    {
        SectorMap map = new(sectorCount, SectorState.Finished);
        foreach (SectorRange range in bad)
        {
            map.Set(range, SectorState.Bad);
        }

        return map;
    }

    private static SectorRange Within(int start, int count, int end) => new(start, Math.Min(count, end - start));
}
