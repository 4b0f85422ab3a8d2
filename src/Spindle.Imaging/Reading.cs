// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Imaging;

/// <summary>One reading of the whole disc or image, with what it gave.</summary>
public sealed record Reading
{
    /// <summary>What was read.</summary>
    public required ReadingSubject Subject { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Bytes that went into the hashes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of these, bytes that an earlier run had read and that came from the unfinished image this time.</summary>
    public long BytesFromEarlierRun { get; init; }

    /// <summary>
    /// Whether the hashes were taken from the written image: the disc was damaged, and not read from front to back. Each piece was
    /// held against what the disc had given.
    /// </summary>
    public bool IsHashedFromImage { get; init; }

    /// <summary>How it is known that the bytes do not come from the system's memory of an earlier reading; null for the first one.</summary>
    public CacheBypass? Bypass { get; init; }

    /// <summary>The hashes, in lower-case hexadecimal.</summary>
    public required IReadOnlyDictionary<HashKind, string> Hashes { get; init; }
}
