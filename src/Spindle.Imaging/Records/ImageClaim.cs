// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>What one record says of one image, as far as it can be understood: a claim, which an audit holds the image against.</summary>
internal sealed record ImageClaim
{
    /// <summary>The file that says it.</summary>
    public required string Record { get; init; }

    /// <summary>Which kind of record that is.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>The image, as a path from the record's folder, names parted by slashes; null where the record names none that could be its.</summary>
    public string? Name { get; init; }

    /// <summary>The hashes that it must have, in lower-case hexadecimal digits.</summary>
    public IReadOnlyDictionary<HashKind, string> Hashes { get; init; } = new Dictionary<HashKind, string>();

    /// <summary>Bytes that it must have; null where that is not said.</summary>
    public long? Size { get; init; }

    /// <summary>Names the run that made the image; null where that is not said.</summary>
    public string? RunId { get; init; }

    /// <summary>Since when the record vouches for the image; null where that is not said.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Sectors that the disc never gave, for which zeros stand in the image.</summary>
    public long UnreadableSectors { get; init; }

    /// <summary>Why it vouches for nothing, and does not mean to; null where it does.</summary>
    public string? Skipped { get; init; }

    /// <summary>Whether it says that the run which made the image failed: who relies on other records of the image must know.</summary>
    public bool IsOfFailedRun { get; init; }

    /// <summary>Why nothing can be held against it, though it should be; null where something can.</summary>
    public string? Unverifiable { get; init; }

    /// <summary>Whether the image can be held against it.</summary>
    public bool Vouches => Skipped is null && Unverifiable is null;

    /// <summary>Whether a name can be that of a file in the record's folder or below it, and nowhere else.</summary>
    /// <remarks>Both slashes part names: a collection goes from one system to another.</remarks>
    public static bool IsBelow(string name) =>
        name.Length > 0 && !name.Contains('\0') && !(OperatingSystem.IsWindows() && name.Contains(':')) && name.Split('/', '\\').All(part => part is not ("" or "." or ".."));

    /// <summary>Understands a hash as it is written for people.</summary>
    /// <returns>In lower case; null where it is none of that kind.</returns>
    public static string? HashOf(HashKind kind, string? text) =>
        text is not null && text.Length == kind.Bits / 4 && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;
}

/// <summary>Kinds of records that vouch for images.</summary>
public enum RecordKind
{
    /// <summary>A manifest: ours (docs/formats/manifest.schema.json), or of makeiso.py.</summary>
    Manifest,

    /// <summary>A list of hashes as <c>md5sum</c> and its kin write and check it.</summary>
    Checksums,

    /// <summary>A manifest of a bag (RFC 8493).</summary>
    Bag,

    /// <summary>What <c>audit --adopt</c> wrote of an image that had no record (docs/formats/adopted.md).</summary>
    Adopted,

    /// <summary>The lists that a disc of an archive carries itself.</summary>
    OwnLists,
}
