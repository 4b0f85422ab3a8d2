// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Analysis;

/// <summary>One image of a report in isolyzer's format.</summary>
public sealed record IsolyzerImage
{
    /// <summary>Name of the file, without its directory.</summary>
    public required string FileName { get; init; }

    /// <summary>Its absolute path.</summary>
    public required string FilePath { get; init; }

    /// <summary>Bytes of the file.</summary>
    public required long FileSize { get; init; }

    /// <summary>When it was last changed, in the zone in which it is to be printed.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>What was found; null where the image could not be read.</summary>
    public DiscAnalysis? Analysis { get; init; }

    /// <summary>Why it could not be read; null where it could.</summary>
    public string? FailureMessage { get; init; }
}
