// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>The record of an image that had none, made when an audit met it: <c>IMAGE_adopted.json</c> (docs/formats/adopted.md).</summary>
/// <remarks>It vouches for the image from then on, and for nothing before: whether it ever was what its disc gave, nobody knows.</remarks>
internal sealed record AdoptedRecord
{
    /// <summary>Ends its name.</summary>
    public const string Ending = "_adopted.json";

    private const string SchemaName = "spindle/adopted/1";

    /// <summary>Which record it is.</summary>
    public string Schema { get; init; } = SchemaName;

    /// <summary>Name of the image, which is in the same folder.</summary>
    public required string Image { get; init; }

    /// <summary>Bytes of it.</summary>
    public required long Size { get; init; }

    /// <summary>Since when it is vouched for (RFC 3339).</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Its hashes by their names, in lower-case hexadecimal digits.</summary>
    public required IReadOnlyDictionary<string, string> Hashes { get; init; }

    /// <summary>The program that made the record.</summary>
    public required string Tool { get; init; }

    /// <summary>What the record does not say, in words.</summary>
    public string Note { get; init; } = "the hashes are of the image as it was found: nothing is known of it before";

    /// <summary>As it is written.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, AdoptedJson.Default.AdoptedRecord), (byte)'\n'];

    /// <summary>Understands one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it holds.</param>
    public static ImageClaim Read(string path, string text)
    {
        ImageClaim claim = new() { Record = path, Kind = RecordKind.Adopted };
        AdoptedRecord? record = null;
        try
        {
            record = JsonSerializer.Deserialize(text, AdoptedJson.Default.AdoptedRecord);
        }
        catch (JsonException)
        {
            // Told below: whatever is wrong with it, it is none.
        }

        if (record is not { Schema: SchemaName, Image: not null, Hashes: not null })
        {
            return claim with { Unverifiable = "is no record of an adopted image" };
        }

        if (!ImageClaim.IsBelow(record.Image) || record.Image.Contains('/') || record.Image.Contains('\\'))
        {
            return claim with { Unverifiable = "names an image that is not in its own folder" };
        }

        claim = claim with { Name = record.Image, Size = record.Size, Since = record.Since };
        Dictionary<HashKind, string> hashes = [];
        foreach ((string name, string value) in record.Hashes)
        {
            if (HashKind.Find(name) is not { } kind || ImageClaim.HashOf(kind, value) is not { } hash)
            {
                return claim with { Unverifiable = "has something else where a hash should be" };
            }

            hashes[kind] = hash;
        }

        return hashes.Count > 0 ? claim with { Hashes = hashes } : claim with { Unverifiable = "has no hash" };
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AdoptedRecord))]
internal sealed partial class AdoptedJson : JsonSerializerContext;
