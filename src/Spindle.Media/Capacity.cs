// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;

namespace Spindle.Media;

/// <summary>How much fits on a disc, by the names that people use.</summary>
/// <param name="Name">The name as it was given, in lower case.</param>
/// <param name="Sectors">Sectors of 2048 bytes, at least 1.</param>
public sealed record Capacity(string Name, long Sectors)
{
    /// <summary>Bytes of a sector of every data disc.</summary>
    public const int SectorSize = 2048;

    /// <summary>Sectors that a number of bytes takes: rounded up; none for no bytes.</summary>
    public static long SectorsOf(long bytes) => (bytes / SectorSize) + (bytes % SectorSize == 0 ? 0 : 1);

    /// <summary>
    /// Sectors by name: with spare area as drives format discs, and without. CDs: minutes × 60 × 75 (ECMA-130), <c>cd</c> less
    /// what track-at-once writing takes; the others as drives report them (READ FORMAT CAPACITIES, MMC-6 §6.24).
    /// </summary>
    private static readonly Dictionary<string, (long Spare, long Raw)> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cd"] = (359_424, 360_000),
        ["cd74"] = (333_000, 333_000),
        ["cd80"] = (360_000, 360_000),
        ["dvd"] = (2_295_104, 2_295_104),
        ["dvd-r"] = (2_298_496, 2_298_496),
        ["dvd+r"] = (2_295_104, 2_295_104),
        ["dvd-dl"] = (4_171_712, 4_171_712),
        ["bd"] = (11_826_176, 12_219_392),
        ["bluray"] = (11_826_176, 12_219_392),
        ["bd-dl"] = (23_652_352, 24_438_784),
        ["bd-xl"] = (47_305_728, 48_878_592),
        ["bd-xx"] = (60_403_712, 62_500_864),
    };

    /// <summary>The names that <see cref="TryParse"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => Named.Keys;

    /// <summary>Bytes.</summary>
    public long Bytes => Sectors * SectorSize;

    /// <summary>Reads a name (<c>bd</c>, <c>bd:raw</c>, <c>bd:spare</c>), sectors (<c>12219392s</c>) or bytes (<c>25GB</c>, <c>700MiB</c>, plain).</summary>
    /// <returns>False where the text is none of these, or is less than a sector. Bytes are rounded down to whole sectors.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out Capacity? capacity)
    {
        capacity = null;
        string[] parts = text.Split(':', 2);
        if (Named.TryGetValue(parts[0], out (long Spare, long Raw) named))
        {
            long? sectors = parts is [_] or [_, "spare"] ? named.Spare : parts[1] == "raw" ? named.Raw : null;
            capacity = sectors is { } known ? new(text.ToLowerInvariant(), known) : null;
            return capacity is not null;
        }

        if (!ByteSize.TryParse(text, out long bytes))
        {
            return false;
        }

        capacity = bytes >= SectorSize ? new(text, bytes / SectorSize) : null;
        return capacity is not null;
    }
}
