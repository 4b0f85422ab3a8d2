// SPDX-License-Identifier: MIT
namespace Spindle.Station.Auditing;

/// <summary>Which collection is audited, and how.</summary>
public sealed record AuditCollectionRequest
{
    /// <summary>Folders with all that is below them, images, or records.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>How many images of one disk are read at once, from 1 to 64.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>Only images that passed longer ago than so many days, as the catalogue knows; null for all.</summary>
    public double? OlderThanDays { get; init; }

    /// <summary>The share of the images that is read, in percent: above 0, 100 at most.</summary>
    public double SamplePercent { get; set; } = 100;

    /// <summary>Whether images without a record get one.</summary>
    public bool Adopt { get; init; }

    /// <summary>Folders in which whole copies are looked for.</summary>
    public IReadOnlyList<string> Copies { get; set; } = [];

    /// <summary>The table to write, a line for each image as it is known; null for none.</summary>
    public string? Csv { get; init; }

    /// <summary>Whether a table of that name is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the table of an interrupted audit is gone on with: what it has is not read again.</summary>
    public bool Resume { get; init; }

    /// <summary>The catalogue that remembers audits; null for none.</summary>
    public string? Catalogue { get; init; }
}
