// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace Spindle.Archiving.Health;

/// <summary>What a check of a disc found, as the catalogue remembers it.</summary>
public sealed record DiscCheck
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Which copy of the disc; null where that was not said.</summary>
    public string? Copy { get; init; }

    /// <summary>The device or file that was read; null where that was not said.</summary>
    public string? Drive { get; init; }

    /// <summary><c>good</c>, <c>watch</c> or <c>copy-now</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Sectors of each ecc block that may be lost.</summary>
    public required int Roots { get; init; }

    /// <summary>Ecc blocks.</summary>
    public required long Blocks { get; init; }

    /// <summary>Sectors that could not be read.</summary>
    public required long SectorsMissing { get; init; }

    /// <summary>Sectors that did not have their checksum.</summary>
    public required long ChecksumMismatches { get; init; }

    /// <summary>Sectors that only the parity showed to be wrong.</summary>
    public required long SilentErrors { get; init; }

    /// <summary>Ecc blocks that could not be restored.</summary>
    public required long BlocksLost { get; init; }

    /// <summary>Wrong sectors of the worst ecc block.</summary>
    public required int WorstBlock { get; init; }

    /// <summary>Sectors that the worst ecc block may lose in addition.</summary>
    public required int WorstMargin { get; init; }

    /// <summary>Sectors in one piece that may be lost in addition.</summary>
    public required long LongestBearableBurst { get; init; }

    /// <summary>Part of the roots, 0 to 1, above which the verdict was <c>copy-now</c>.</summary>
    public required double CopyNowShare { get; init; }

    /// <summary>How many ecc blocks had how many wrong sectors, from none up to those of the worst block.</summary>
    public required IReadOnlyList<long> BlocksByWrongSectors { get; init; }

    /// <summary>Part of the roots that the worst ecc block has used up: 0 where nothing is wrong, 1 and more where nothing is left.</summary>
    [JsonIgnore]
    public double UsedShare => BlocksLost > 0 ? Math.Max(1, (double)WorstBlock / Roots) : (double)WorstBlock / Roots;
}
