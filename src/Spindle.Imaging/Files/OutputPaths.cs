// SPDX-License-Identifier: MIT
using Spindle.Files;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Files;

/// <summary>Where everything about one image is written: the folder <c>DIR/NAME</c>.</summary>
/// <param name="directory">The directory that holds folders of images.</param>
/// <param name="name">The image's name, without <c>.iso</c>.</param>
/// <param name="mapPath">Where the user wants the map; null for beside the image.</param>
/// <param name="isBag">Whether the folder becomes a bag (RFC 8493): then all that is finished lies in its <c>data</c> folder.</param>
internal sealed class OutputPaths(string directory, string name, string? mapPath, bool isBag = false)
{
    /// <summary>Bytes of a name: file systems take 255, of which the longest ending, of <c>NAME.failed_manifest.json.part</c>, takes some.</summary>
    public const int LongestName = 255 - 26;

    public string Folder { get; } = Path.Combine(directory, name);

    /// <summary>The folder of what is finished.</summary>
    public string Payload => isBag ? InFolder("data") : Folder;

    public string Image => InPayload($"{name}.iso");

    /// <summary>The image while it is not finished: outside a bag's payload, where it would make the bag invalid.</summary>
    public string ImagePart => InFolder($"{name}.iso{WholeFile.PartSuffix}");

    public string Map => mapPath ?? InPayload($"{name}.map");

    /// <summary>The map while copying. One that the user named is used in place, as ddrescue does.</summary>
    public string MapPart => mapPath ?? InFolder($"{name}.map{WholeFile.PartSuffix}");

    public string DigestsPart => InFolder($"{name}.digests{WholeFile.PartSuffix}");

    /// <summary>The runs so far, while the image is not whole.</summary>
    public string RunsPart => InFolder($"{name}.runs{WholeFile.PartSuffix}");

    public string Log => InPayload($"{name}.iso.log.txt");

    public string Manifest => InPayload($"{name}_manifest.json");

    public string Tree => InPayload($"{name}_tree.txt");

    public string Isolyzer => InPayload($"{name}_isolyzer.xml");

    public string Damage => InPayload($"{name}_damage.json");

    public string Premis => InPayload($"{name}_premis.xml");

    public string Checksum(HashKind kind) => InPayload($"{name}.iso.{kind.Name}");

    /// <summary>The checksum file of an image that did not get its name.</summary>
    public string PartChecksum(HashKind kind) => $"{ImagePart}.{kind.Name}";

    private string InPayload(string file) => Path.Combine(Payload, file);

    private string InFolder(string file) => Path.Combine(Folder, file);

    /// <summary>The same record files under names that leave an older image's record alone.</summary>
    public string AsFailedAttempt(string path) => Path.Combine(
        Folder, $"{name}.failed{Path.GetFileName(path)[name.Length..]}");
}
