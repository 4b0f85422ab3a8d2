// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.MapFile;

/// <summary>What a rescue knows of the sectors of an image file, kept in a map beside it.</summary>
public static class ImageMaps
{
    private const string MapSuffix = ".map";
    private const string UnfinishedImage = ".iso.part";
    private const string UnfinishedMap = ".map.part";

    /// <summary>Looks for the map of an image: <c>NAME.map</c> or <c>NAME.iso.map</c>, and of an unfinished one <c>NAME.map.part</c>.</summary>
    /// <returns>Its path; null where there is none.</returns>
    public static string? Beside(string image)
    {
        string[] places = image.EndsWith(UnfinishedImage, StringComparison.Ordinal)
            ? [image[..^UnfinishedImage.Length] + UnfinishedMap]
            : [Path.ChangeExtension(image, MapSuffix), image + MapSuffix];
        return places.FirstOrDefault(place => place != image && File.Exists(place));
    }

    /// <summary>Reads the map that lies beside an image.</summary>
    /// <returns>The map; null where there is none.</returns>
    /// <exception cref="OperationFailedException">It is no map, or another image's.</exception>
    public static SectorMap? ReadBeside(string image, int sectorSize, long length) =>
        Beside(image) is { } path ? RescueMapFile.Read(path).ToSectorMap(sectorSize, length) : null;
}
