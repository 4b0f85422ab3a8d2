// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Holdings;

/// <summary>Folders of the root that belong to discs for players, by the kind of disc: what lies in them is no file of its own.</summary>
internal static class PlayerFolders
{
    private static readonly Dictionary<ContentKind, string[]> ByKind = new()
    {
        [ContentKind.DvdVideo] = ["VIDEO_TS", "AUDIO_TS", "JACKET_P"],
        [ContentKind.BluRay] = ["BDMV", "AACS", "CERTIFICATE"],
        [ContentKind.DvdAudio] = ["AUDIO_TS", "VIDEO_TS", "JACKET_P"],
        [ContentKind.DvdVr] = ["DVD_RTAV"],
        [ContentKind.VideoCd] = ["VCD", "MPEGAV", "SEGMENT", "EXT", "KARAOKE", "CDDA", "CDI"],
        [ContentKind.SuperVideoCd] = ["SVCD", "MPEG2", "MPEGAV", "SEGMENT", "EXT"],
        [ContentKind.PhotoCd] = ["PHOTO_CD", "CDI"],
    };

    /// <summary>Of all kinds.</summary>
    public static IReadOnlySet<string> All { get; } = Of(ByKind.Keys);

    /// <summary>Of some kinds.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<ContentKind> kinds) => kinds.SelectMany(kind => ByKind.GetValueOrDefault(kind) ?? []).ToHashSet(StringComparer.Ordinal);
}
