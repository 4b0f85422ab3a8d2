// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Catalogue.Collecting;

namespace Spindle.Station.Discs;

/// <summary>A disc that was imaged.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Image">Where the image is.</param>
/// <param name="Volume">What the disc calls itself.</param>
/// <param name="Identifier">Of its owner's.</param>
/// <param name="Title">What its owner calls it.</param>
/// <param name="Note">What its owner wrote of it.</param>
/// <param name="ImagedAt">When.</param>
/// <param name="Length">Bytes of the image.</param>
/// <param name="Sha256">Of the image, in lower-case hexadecimal digits.</param>
/// <param name="Status">How the imaging ended.</param>
/// <param name="UnreadableSectors">Sectors that could not be read.</param>
/// <param name="Place">Where the disc is kept.</param>
public sealed record ImagedDiscPart(
    string Name,
    string Image,
    string? Volume,
    string? Identifier,
    string? Title,
    string? Note,
    DateTimeOffset ImagedAt,
    long Length,
    string? Sha256,
    string Status,
    long UnreadableSectors,
    string? Place)
{
    /// <summary>How many files are listed of it; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Files { get; init; }

    /// <summary>What kinds of disc it is, the most telling first; none where nobody has looked, and null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Kinds { get; init; }

    internal static ImagedDiscPart Of(ImagedDisc disc) => new(
        disc.Name, disc.Image, disc.Volume, disc.Identifier, disc.Title, disc.Note, disc.ImagedAt, disc.Length, disc.Sha256, disc.Status, disc.UnreadableSectors, disc.Place);
}
