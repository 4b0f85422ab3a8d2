// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging;
using Spindle.Imaging.Hashing;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Imaging;

/// <summary>Which disc is to become an image, and what of that is kept.</summary>
public sealed record ImageRequest
{
    /// <summary>The drive, block device or image file.</summary>
    public required string Source { get; init; }

    /// <summary>The one session to image, from 1; null for all of the disc that an image can hold.</summary>
    public int? Session { get; init; }

    /// <summary>The directory in which the image gets a folder of its own.</summary>
    public required string Directory { get; init; }

    /// <summary>The image's name, without <c>.iso</c>: also the folder's. Null for the volume's name.</summary>
    public string? Name { get; init; }

    /// <summary>Who does this, for the record.</summary>
    public string? Operator { get; init; }

    /// <summary>The call number or accession number of the disc.</summary>
    public string? Identifier { get; init; }

    /// <summary>What the disc is called, as people call it.</summary>
    public string? Title { get; init; }

    /// <summary>Whatever else is to be remembered of it.</summary>
    public string? Note { get; init; }

    /// <summary>The hashes to make, by their names; null for the usual ones.</summary>
    public IReadOnlyList<string>? Hashes { get; init; }

    /// <summary>What is read a second time.</summary>
    [JsonConverter(typeof(JsonForm.Words<VerifyMode>))]
    public VerifyMode Verify { get; set; } = VerifyMode.Image;

    /// <summary>How often a sector that failed by itself is tried again; at least 0.</summary>
    public int Retries { get; set; } = ImagingRequest.DefaultRetries;

    /// <summary>How fast the drive reads at most, in multiples of the disc's own speed; null for as fast as it likes.</summary>
    public int? Speed { get; init; }

    /// <summary>Whether what cannot be read is restored by the parity on the disc, where it carries some; else that is asked.</summary>
    public bool Repair { get; init; }

    /// <summary>Where the rescue map is kept; null for beside the image.</summary>
    public string? Map { get; init; }

    /// <summary>Whether an unfinished copy is carried on, or a damaged image improved.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether an image of that name may be replaced, once the new one is proven.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the disc is ejected at the end, and where it is refused.</summary>
    public bool Eject { get; set; } = true;

    /// <summary>Whether nothing is to be done but told.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether the image's folder becomes a bag (RFC 8493).</summary>
    public bool Bag { get; init; }

    /// <summary>Whether a PREMIS 3 record is written, too.</summary>
    public bool Premis { get; init; }

    /// <summary>Whether the tree of files is listed.</summary>
    public bool Tree { get; set; } = true;

    /// <summary>The charset of names that do not say theirs; null for UTF-8 or Latin-1.</summary>
    public string? Charset { get; init; }

    /// <summary>Whether the structure of the file systems is analysed.</summary>
    public bool Structure { get; set; } = true;

    /// <summary>The command as the user gave it, for the record.</summary>
    public string CommandLine { get; set; } = "";

    /// <summary>The catalogue that the disc is entered in, with the files on it; null for none.</summary>
    public string? Catalogue { get; init; }

    /// <summary>Where the disc is kept, for the catalogue.</summary>
    public string? Place { get; init; }

    /// <summary>What the imager is asked.</summary>
    /// <exception cref="OperationFailedException"><c>usage</c>: it makes no sense.</exception>
    internal ImagingRequest ToImagingRequest() => new()
    {
        Source = Source,
        Session = Session is < 1 ? throw Usage.Error("--session is less than 1", "sessions are counted from 1") : Session,
        Directory = Directory,
        Name = ImageName.Of(Name),
        Operator = Operator,
        Identifier = Identifier,
        Title = Title,
        Note = Note,
        Hashes = Hashes is null ? ImagingRequest.DefaultHashes : [.. Hashes.Select(HashOf).Distinct().DefaultIfEmpty(HashKind.Md5)],
        Verify = Verify,
        Retries = Retries >= 0 ? Retries : throw Usage.Error($"--retries {Retries} is less than none", "give 0 or more"),
        Speed = Speed is < 1 ? throw Usage.Error("--speed is less than 1", "give 1 or more, or leave it out") : Speed,
        Repair = Repair,
        MapPath = Map,
        Resume = Resume,
        Overwrite = Overwrite,
        Eject = Eject,
        DryRun = DryRun,
        Bag = Bag,
        Premis = Premis,
        Tree = Tree,
        Charset = Usage.Charset(Charset),
        Structure = Structure,
        CommandLine = CommandLine,
    };

    private static HashKind HashOf(string name) =>
        HashKind.Find(name) ?? throw Usage.Error($"--hash {name} is not known", $"known are {string.Join(", ", HashKind.All.Select(kind => kind.Name))}");
}
