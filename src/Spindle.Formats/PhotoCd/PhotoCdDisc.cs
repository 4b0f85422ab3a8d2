// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.PhotoCd;

/// <summary>What a Photo CD has: pictures in the image packs of Kodak.</summary>
/// <param name="Images">Files of image packs, by their names.</param>
public sealed record PhotoCdDisc(int Images)
{
    private const int LongestTable = 1 << 20;

    /// <summary>Reads what a volume says of itself.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>Null where it is no Photo CD.</returns>
    public static PhotoCdDisc? Read(Volume volume)
    {
        VolumeEntry? folder = volume.Folder("PHOTO_CD");
        if (volume.ReadTable(volume.FileIn(folder, "INFO.PCD"), LongestTable) is not { } info || !info.Says(0, "PHOTO_CD"))
        {
            return null;
        }

        VolumeEntry? images = volume.Folder("PHOTO_CD", "IMAGES");
        return new(images is null ? 0 : volume.List(images).Count(IsImage));
    }

    // IMGnnnn.PCD
    private static bool IsImage(VolumeEntry entry) =>
        entry.Type == EntryType.File && entry.PlayerName() is { Length: 11 } name && name.StartsWith("IMG", StringComparison.Ordinal) && name.EndsWith(".PCD", StringComparison.Ordinal) && name[3..7].All(char.IsAsciiDigit);
}
