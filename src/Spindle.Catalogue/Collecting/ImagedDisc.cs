// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue.Collecting;

/// <summary>A disc that was imaged, as the catalogue knows it. It is none of the archive's: no plan counts on it.</summary>
public sealed record ImagedDisc
{
    /// <summary>What its image is called, without <c>.iso</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The image, as an absolute path.</summary>
    public required string Image { get; init; }

    /// <summary>Name of its volume; null where it has none.</summary>
    public string? Volume { get; init; }

    /// <summary>Its call number or the like; null where nobody said.</summary>
    public string? Identifier { get; init; }

    /// <summary>What people call it; null where nobody said.</summary>
    public string? Title { get; init; }

    /// <summary>What else is remembered of it; null where nobody said.</summary>
    public string? Note { get; init; }

    /// <summary>When it was imaged.</summary>
    public required DateTimeOffset ImagedAt { get; init; }

    /// <summary>Bytes of the image.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-256 of the image in lower-case hexadecimal digits; null where it was not taken.</summary>
    public string? Sha256 { get; init; }

    /// <summary>How the imaging ended, in the manifest's words: <c>success</c>, <c>incomplete</c>…</summary>
    public required string Status { get; init; }

    /// <summary>Sectors that could not be read.</summary>
    public long UnreadableSectors { get; init; }

    /// <summary>Where the disc is kept; null where nobody said.</summary>
    public string? Place { get; init; }

    /// <summary>What kinds of disc it is, the most telling first, such as <c>dvd-video</c>; none where nobody has looked.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>How many files are listed of it.</summary>
    public long Files { get; init; }
}
