// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.Auditing;

/// <summary>An image, and what an audit found of it.</summary>
public sealed record AuditedImage
{
    /// <summary>What came of it.</summary>
    public required AuditState State { get; init; }

    /// <summary>The image, as an absolute path; null where a record names none that could be its.</summary>
    public required string? Image { get; init; }

    /// <summary>The files that say what it must be, as absolute paths; none where nothing does.</summary>
    public required IReadOnlyList<string> Records { get; init; }

    /// <summary>The strongest kind of them; null where there is none.</summary>
    public RecordKind? Kind { get; init; }

    /// <summary>Bytes of the image; null where it is not there.</summary>
    public long? Size { get; init; }

    /// <summary>The run that made the image, as its manifest calls it; null where none says.</summary>
    public string? RunId { get; init; }

    /// <summary>Since when its record vouches for it; null where that is not said.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Hashes, each as it must be and as it was found, in the order of <see cref="HashKind.All"/>.</summary>
    public IReadOnlyList<AuditedHash> Hashes { get; init; } = [];

    /// <summary>What was found, in a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>What can be done about it; null where nothing need be.</summary>
    public string? Hint { get; init; }

    /// <summary>Sectors of 2048 bytes that are not what they must be, as far as anything tells where they are.</summary>
    public IReadOnlyList<SectorRange> Differing { get; init; } = [];

    /// <summary>Files on the disc that those sectors hit.</summary>
    public IReadOnlyList<string> FilesHit { get; init; } = [];

    /// <summary>Whether the bytes are known to have come from storage, and not from the system's memory of it; null where nothing was read.</summary>
    public bool? IsFromStorage { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>When that was known.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A hash of an image.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Expected">As the records have it, in lower-case hexadecimal digits; null where none has it.</param>
/// <param name="Found">As it was found; null where it was not taken.</param>
public sealed record AuditedHash(HashKind Kind, string? Expected, string? Found);
