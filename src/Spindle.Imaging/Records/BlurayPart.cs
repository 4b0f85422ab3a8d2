// SPDX-License-Identifier: MIT
using Spindle.Formats.Bluray;

namespace Spindle.Imaging.Records;

/// <summary>What a Blu-ray Disc has to play, by its own tables of contents.</summary>
/// <param name="Version">Of its index: <c>0100</c>, <c>0200</c>, or <c>0300</c> for Ultra HD; null where the index can't be read.</param>
/// <param name="Titles">How many titles its index has; null as above.</param>
/// <param name="Keys">Whether it has keys of AACS, as discs have that are encrypted.</param>
/// <param name="Encrypted">Whether its clips are encrypted, as the packets say that were looked at; null where none could be.</param>
/// <param name="FromBackup">Whether a table was damaged, and its backup was read in its place.</param>
/// <param name="PlaylistsNotRead">How many playlists could not be read, or were too many.</param>
/// <param name="Playlists">Its playlists, in the order of their names.</param>
public sealed record BlurayPart(string? Version, int? Titles, bool Keys, bool? Encrypted, bool FromBackup, int PlaylistsNotRead, IReadOnlyList<BlurayPlaylistPart> Playlists)
{
    internal static BlurayPart Of(BlurayDisc disc) => new(
        disc.Version,
        disc.Titles,
        disc.HasKeys,
        disc.IsEncrypted,
        disc.IsFromBackup,
        disc.PlaylistsNotRead,
        [
            .. disc.Playlists.Select(list => new BlurayPlaylistPart(
                list.Name,
                Math.Round(list.Duration.TotalSeconds, 3),
                list.Items.Count,
                list.ClipCount,
                list.Chapters.Count,
                list.Angles,
                list.IsWhole,
                [.. list.Streams.Where(stream => stream.Kind == BlurayStreamKind.Video).Select(stream => new BlurayPicturesPart(stream.Coding, stream.Format, stream.Rate))],
                [.. list.Streams.Where(stream => stream.Kind == BlurayStreamKind.Sound).Select(stream => new BluraySoundPart(stream.Coding, stream.Language, stream.Format))],
                [.. list.Streams.Where(stream => stream.Kind == BlurayStreamKind.Subtitles).Select(stream => stream.Language)])),
        ]);
}

/// <summary>A playlist of a Blu-ray Disc.</summary>
/// <param name="Name">Its number, of five digits.</param>
/// <param name="Seconds">How long it plays.</param>
/// <param name="Items">Of how many pieces it is made.</param>
/// <param name="Clips">Of how many different clips: fewer where it plays one again.</param>
/// <param name="Chapters">How many it has.</param>
/// <param name="Angles">How many pictures there are of it.</param>
/// <param name="Whole">Whether all is there that it says it has, and makes sense.</param>
/// <param name="Video">Its pictures.</param>
/// <param name="Sound">Its sound tracks.</param>
/// <param name="Subtitles">Its subtitles, each as its language (ISO 639-2), or null.</param>
public sealed record BlurayPlaylistPart(
    string Name,
    double Seconds,
    int Items,
    int Clips,
    int Chapters,
    int Angles,
    bool Whole,
    IReadOnlyList<BlurayPicturesPart> Video,
    IReadOnlyList<BluraySoundPart> Sound,
    IReadOnlyList<string?> Subtitles);

/// <summary>Pictures of a Blu-ray Disc.</summary>
/// <param name="Coding">Such as <c>AVC</c>; null for what is not known.</param>
/// <param name="Format">Such as <c>1080p</c>; null for what is not known.</param>
/// <param name="Rate">How many in a second, such as <c>23.976</c>; null for what is not known.</param>
public sealed record BlurayPicturesPart(string? Coding, string? Format, string? Rate);

/// <summary>A sound track of a Blu-ray Disc.</summary>
/// <param name="Coding">Such as <c>DTS-HD MA</c>; null for what is not known.</param>
/// <param name="Language">ISO 639-2; null where it does not say.</param>
/// <param name="Channels"><c>mono</c>, <c>stereo</c>, <c>multi-channel</c> or <c>stereo and multi-channel</c>; null for what is not known.</param>
public sealed record BluraySoundPart(string? Coding, string? Language, string? Channels);
