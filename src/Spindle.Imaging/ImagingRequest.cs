// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging;

/// <summary>What is asked for when a disc becomes an image.</summary>
public sealed record ImagingRequest
{
    /// <summary>How often a sector that failed by itself is tried again, unless told otherwise.</summary>
    public const int DefaultRetries = 1;

    /// <summary>The hashes that are made unless told otherwise.</summary>
    public static readonly IReadOnlyList<HashKind> DefaultHashes = [HashKind.Md5, HashKind.Sha256];

    /// <summary>The drive, device or image file.</summary>
    public required string Source { get; init; }

    /// <summary>The one session to image, from 1; null for all of the disc that an image can hold.</summary>
    public int? Session { get; init; }

    /// <summary>The directory in which the image gets a folder of its own.</summary>
    public required string Directory { get; init; }

    /// <summary>The image's name, without <c>.iso</c>: also the folder's. Null for <see cref="Sources.SourceDescription.DefaultName"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Who does this, for the record; null where nobody said.</summary>
    public string? Operator { get; init; }

    /// <summary>The call number or accession number of the disc; null where nobody said.</summary>
    public string? Identifier { get; init; }

    /// <summary>What the disc is called, as people call it; null where nobody said.</summary>
    public string? Title { get; init; }

    /// <summary>Whatever else is to be remembered of it; null where nobody said.</summary>
    public string? Note { get; init; }

    /// <summary>The hashes to make, each once.</summary>
    public IReadOnlyList<HashKind> Hashes { get; init; } = DefaultHashes;

    /// <summary>What is read a second time.</summary>
    public VerifyMode Verify { get; init; } = VerifyMode.Image;

    /// <summary>How often a sector that failed by itself is tried again; at least 0.</summary>
    public int Retries { get; init; } = DefaultRetries;

    /// <summary>How fast the drive reads at most, in multiples of the disc's own speed, 4 for 4×; null for as fast as it likes.</summary>
    public int? Speed { get; init; }

    /// <summary>Whether what cannot be read is restored by the parity on the disc, where it carries some; else <see cref="Running.Imager"/> asks.</summary>
    public bool Repair { get; init; }

    /// <summary>Where the map is kept; null for beside the image.</summary>
    public string? MapPath { get; init; }

    /// <summary>Whether an unfinished copy is carried on, or a damaged image improved.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether an image of that name may be replaced, once the new one is proven.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the disc is ejected at the end.</summary>
    public bool Eject { get; init; } = true;

    /// <summary>Whether nothing is to be done but told.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether the image's folder becomes a bag (RFC 8493). SHA-256 is then made in any case.</summary>
    public bool Bag { get; init; }

    /// <summary>Whether a PREMIS 3 record is written, too.</summary>
    public bool Premis { get; init; }

    /// <summary>Whether the tree of files is listed.</summary>
    public bool Tree { get; init; } = true;

    /// <summary>The charset of names that do not say theirs, for that list, the catalogue and the report of damage; null for <c>VolumeOptions</c>' default.</summary>
    public System.Text.Encoding? Charset { get; init; }

    /// <summary>Whether the structure of the file systems is analysed.</summary>
    public bool Structure { get; init; } = true;

    /// <summary>The command as the user gave it, for the record.</summary>
    public string CommandLine { get; init; } = "";
}
