// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Auditing;

/// <summary>Which images are held against their records, and how.</summary>
public sealed record AuditRequest
{
    /// <summary>Folders with all that is below them, images, or records.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>How many images of one disk are read at once, from 1 to 64.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Only images whose last audit is longer ago than that, as far as the history knows; null for all.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>The share of the images that is read, above 0 and up to 1: those that wait longest, as far as the history knows, else any.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Whether images that have no record get one.</summary>
    public bool Adopts { get; init; }

    /// <summary>Images, and records that name none, that were done by an earlier run, as absolute paths: they are left out.</summary>
    public IReadOnlySet<string> Done { get; init; } = new HashSet<string>();

    /// <summary>Folders with further copies of the images, in which whole ones are looked for where an image is not; none of them is audited itself.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];
}
