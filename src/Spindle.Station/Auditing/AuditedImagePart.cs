// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.Auditing;
using Spindle.Imaging.Records;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Auditing;

/// <summary>An image that was audited.</summary>
/// <param name="State">What came of it.</param>
/// <param name="Image">Its absolute path; null where a record names none that could be its.</param>
/// <param name="Records">The files that say what it must be.</param>
/// <param name="RecordKind">The strongest kind of them; null where there is none.</param>
/// <param name="Size">Bytes of it; null where it is not there.</param>
/// <param name="RunId">The run that made it, as its manifest calls it.</param>
/// <param name="Since">Since when its record vouches for it.</param>
/// <param name="Hashes">Its hashes, by their names.</param>
/// <param name="Detail">What was found, in words.</param>
/// <param name="Hint">What can be done about it; null where nothing need be.</param>
/// <param name="Differing">Sectors of 2048 bytes that are not what they must be, as far as anything tells where they are.</param>
/// <param name="FilesHit">Files of the disc that they hit.</param>
/// <param name="FromStorage">Whether the bytes are known to have come from storage; null where nothing was read.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Time">When that was known.</param>
public sealed record AuditedImagePart(
    [property: JsonConverter(typeof(JsonForm.Words<AuditState>))] AuditState State,
    string? Image,
    IReadOnlyList<string> Records,
    [property: JsonConverter(typeof(JsonForm.Words<RecordKind>))] RecordKind? RecordKind,
    long? Size,
    string? RunId,
    DateTimeOffset? Since,
    IReadOnlyDictionary<string, AuditedHashPart> Hashes,
    string Detail,
    string? Hint,
    IReadOnlyList<SectorRangePart> Differing,
    IReadOnlyList<string> FilesHit,
    bool? FromStorage,
    double Seconds,
    DateTimeOffset Time)
{
    internal static AuditedImagePart Of(AuditedImage image) => new(
        image.State,
        image.Image,
        image.Records,
        image.Kind,
        image.Size,
        image.RunId,
        image.Since,
        image.Hashes.ToDictionary(hash => hash.Kind.Name, hash => new AuditedHashPart(hash.Expected, hash.Found)),
        image.Detail,
        image.Hint,
        SectorRangePart.Of(image.Differing),
        image.FilesHit,
        image.IsFromStorage,
        Math.Round(image.Took.TotalSeconds, 3),
        image.At);
}

/// <summary>A hash of an image, in lower-case hexadecimal digits.</summary>
/// <param name="Expected">As the records have it; null where none does.</param>
/// <param name="Found">As it was found; null where it was not taken.</param>
public sealed record AuditedHashPart(string? Expected, string? Found);
