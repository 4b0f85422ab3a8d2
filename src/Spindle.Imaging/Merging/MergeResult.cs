// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Imaging.Merging;

/// <summary>What came of merging copies.</summary>
public sealed record MergeResult
{
    /// <summary>What was asked for.</summary>
    public required MergeRequest Request { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Bytes of the image.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes of a sector.</summary>
    public required int SectorSize { get; init; }

    /// <summary>What is known of every sector of the image.</summary>
    public required SectorMap Map { get; init; }

    /// <summary>Where every sector came from, in order and without gaps.</summary>
    public required IReadOnlyList<MergeRange> Ranges { get; init; }

    /// <summary>The hashes of the image, in lower-case hexadecimal.</summary>
    public required IReadOnlyDictionary<HashKind, string> Hashes { get; init; }

    /// <summary>How it is known that the image was read back from storage.</summary>
    public required CacheBypass Bypass { get; init; }

    /// <summary>All that keeps it from being a success; empty when it is one.</summary>
    public required IReadOnlyList<Failure> Concerns { get; init; }

    /// <summary>Where copies disagree.</summary>
    public IEnumerable<MergeRange> Conflicts => Ranges.Where(range => range.IsConflict);
}
