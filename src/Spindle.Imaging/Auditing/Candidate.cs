// SPDX-License-Identifier: MIT
using Spindle.Imaging.Records;

namespace Spindle.Imaging.Auditing;

/// <summary>An image that was met on the walk, or a record of one, with all that is known before anything of it is read.</summary>
/// <param name="Image">The image, as an absolute path; null where a record names none.</param>
/// <param name="Claims">What records say of it; none where none does.</param>
internal sealed record Candidate(string? Image, IReadOnlyList<ImageClaim> Claims)
{
    /// <summary>Bytes; null where it is not there.</summary>
    public long? Size { get; init; }

    /// <summary>Which file system it is on, so that each disk is read by itself; 0 where that is not known.</summary>
    public long Device { get; init; }

    /// <summary>Where it really is, where its name is a link; null where it is none.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Why it can't be read; null where it may be.</summary>
    public string? Unreadable { get; init; }
}
