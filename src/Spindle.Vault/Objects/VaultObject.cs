// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;

namespace Spindle.Vault.Objects;

/// <summary>An object of a bucket: what a program put there under a key.</summary>
public sealed record VaultObject
{
    /// <summary>Its number in the catalogue.</summary>
    public required long Id { get; init; }

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>What S3 calls its content, without quotes: its MD5, or that of the MD5s of its parts, with their number behind a hyphen.</summary>
    public required string ETag { get; init; }

    /// <summary>SHA-256 of its content.</summary>
    public required byte[] Sha256 { get; init; }

    /// <summary>When it was put: milliseconds since 1970-01-01 UTC.</summary>
    public required long Modified { get; init; }

    /// <summary>The storage class that it was put with, such as <c>GLACIER</c>; null where none was named.</summary>
    public required string? StorageClass { get; init; }

    /// <summary>The name of its file in the landing; null where it is on discs only, or holds nothing.</summary>
    public required string? File { get; init; }

    /// <summary>Its content in the catalogue; null until it was packed.</summary>
    public required long? Content { get; init; }

    /// <summary>It was on discs only, and was fetched: until when it stays here at least, in milliseconds since 1970-01-01 UTC. Null for all others.</summary>
    public required long? Until { get; init; }

    /// <summary>Why it could not be fetched; null where that was not tried, or went well.</summary>
    public required string? Lost { get; init; }

    /// <summary>What else is kept of it.</summary>
    public required ObjectDetail Detail { get; init; }

    /// <summary>When it was put.</summary>
    public DateTimeOffset ModifiedAt => DateTimeOffset.FromUnixTimeMilliseconds(Modified);

    /// <summary>Whether its content can be read at once.</summary>
    public bool IsHere => File is not null || Size == 0;
}

/// <summary>What is kept of an object beside its content: what was sent with it.</summary>
public sealed record ObjectDetail
{
    /// <summary>Nothing.</summary>
    public static ObjectDetail None { get; } = new();

    /// <summary>Headers that are given back as they came, by their names in lower case: <c>content-type</c>, <c>cache-control</c> and the like.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string>? Headers { get; init; }

    /// <summary>Metadata of the user, by name without <c>x-amz-meta-</c>, in lower case.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, string>? Metadata { get; init; }

    /// <summary>A checksum that was sent with it, and held.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ObjectChecksum? Checksum { get; init; }

    /// <summary>The parts that it was sent in; null where it came whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ObjectPart>? Parts { get; init; }

    /// <summary>The upload that it was made of; null where it came whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Upload { get; init; }
}

/// <summary>A checksum of an object or a part.</summary>
/// <param name="Algorithm"><c>CRC32</c>, <c>CRC32C</c>, <c>CRC64NVME</c>, <c>SHA1</c> or <c>SHA256</c>.</param>
/// <param name="Value">In base64; one that is of the checksums of parts ends with a hyphen and their number.</param>
/// <param name="IsComposite">Whether it is of the checksums of parts, and not of the whole.</param>
public sealed record ObjectChecksum(string Algorithm, string Value, bool IsComposite);

/// <summary>A part of an object.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Checksum">In base64, as of the object's algorithm; null for none.</param>
public sealed record ObjectPart(int Number, long Size, string? Checksum);
