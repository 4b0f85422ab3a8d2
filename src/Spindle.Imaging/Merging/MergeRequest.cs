// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Merging;

/// <summary>What is asked for when several partial copies of one disc become one image.</summary>
public sealed record MergeRequest
{
    /// <summary>The most copies that can be merged.</summary>
    public const int MostSources = 64;

    /// <summary>The image to write; its map and record are written beside it.</summary>
    public required string Output { get; init; }

    /// <summary>The copies, two at least.</summary>
    public required IReadOnlyList<MergeSource> Sources { get; init; }

    /// <summary>The hashes to make, each once.</summary>
    public IReadOnlyList<HashKind> Hashes { get; init; } = ImagingRequest.DefaultHashes;

    /// <summary>
    /// Bytes of a sector of the disc, which are taken from one copy together; null for the largest of 2048, 1024 and 512 that all maps
    /// keep to.
    /// </summary>
    public int? SectorSize { get; init; }

    /// <summary>Whether an image of that name may be replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where the map is written.</summary>
    public string MapPath => Output + ".map";

    /// <summary>Where the record is written.</summary>
    public string RecordPath => Output + "_merge.json";
}
