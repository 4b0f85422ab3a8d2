// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Files;

/// <summary>Where everything about one image is written: the folder <c>DIR/NAME</c>.</summary>
/// <param name="directory">The directory that holds folders of images.</param>
/// <param name="name">The image's name, without <c>.iso</c>.</param>
/// <param name="mapPath">Where the user wants the map; null for beside the image.</param>
internal sealed class OutputPaths(string directory, string name, string? mapPath)
{
    /// <summary>Ends the name of everything that is not whole yet.</summary>
    public const string PartSuffix = ".part";

    public string Folder { get; } = Path.Combine(directory, name);

    public string Image => InFolder($"{name}.iso");

    public string ImagePart => Image + PartSuffix;

    public string Map => mapPath ?? InFolder($"{name}.map");

    /// <summary>The map while copying. One that the user named is used in place, as ddrescue does.</summary>
    public string MapPart => mapPath ?? Map + PartSuffix;

    public string DigestsPart => InFolder($"{name}.digests{PartSuffix}");

    public string Log => InFolder($"{name}.iso.log.txt");

    public string Manifest => InFolder($"{name}_manifest.json");

    public string Checksum(HashKind kind) => InFolder($"{name}.iso.{kind.Name()}");

    private string InFolder(string file) => Path.Combine(Folder, file);

    /// <summary>The same record files under names that leave an older image's record alone.</summary>
    public string AsFailedAttempt(string path) => Path.Combine(
        Folder, $"{name}.failed{Path.GetFileName(path)[name.Length..]}");
}
