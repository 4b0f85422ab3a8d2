// SPDX-License-Identifier: MIT
using Spindle.Formats.DvdVideo;

namespace Spindle.Imaging.Records;

/// <summary>What a DVD-Video has to play, by its own tables of contents.</summary>
/// <param name="TitleSets">How many title sets it has, by its own word.</param>
/// <param name="Regions">The regions in which players play it, 1 to 8.</param>
/// <param name="Scrambled">Whether its films are scrambled (CSS), as the sectors say that were looked at; null where none could be.</param>
/// <param name="FromBackup">Whether a table was damaged, and its backup was read in its place.</param>
/// <param name="Titles">Its titles, in the order of their numbers.</param>
public sealed record DvdVideoPart(int TitleSets, IReadOnlyList<int> Regions, bool? Scrambled, bool FromBackup, IReadOnlyList<DvdTitlePart> Titles)
{
    internal static DvdVideoPart Of(DvdVideoDisc disc) => new(
        disc.TitleSets,
        disc.PlayableRegions,
        disc.IsScrambled,
        disc.IsFromBackup,
        [
            .. disc.Titles.Select(title => new DvdTitlePart(
                title.Number,
                title.TitleSet,
                title.Duration is { } time ? Math.Round(time.TotalSeconds, 3) : null,
                title.Chapters,
                title.Angles,
                title.Pictures?.Standard,
                title.Pictures?.Aspect,
                [.. title.Sound.Select(sound => new DvdSoundPart(sound.Coding, sound.Language, sound.Channels, sound.Content))],
                title.Subtitles)),
        ]);
}

/// <summary>A title of a DVD-Video.</summary>
/// <param name="Number">From 1.</param>
/// <param name="TitleSet">Whose films it is made of, from 1.</param>
/// <param name="Seconds">How long it plays; null where its title set is not there, or does not say.</param>
/// <param name="Chapters">How many it has.</param>
/// <param name="Angles">How many pictures there are of it.</param>
/// <param name="Standard"><c>NTSC</c> or <c>PAL</c>; null where it does not say.</param>
/// <param name="Aspect"><c>4:3</c> or <c>16:9</c>; null where it does not say.</param>
/// <param name="Sound">Its sound tracks.</param>
/// <param name="Subtitles">Its subtitles, each as its language (ISO 639-1), or null.</param>
public sealed record DvdTitlePart(
    int Number, int TitleSet, double? Seconds, int Chapters, int Angles, string? Standard, string? Aspect, IReadOnlyList<DvdSoundPart> Sound, IReadOnlyList<string?> Subtitles);

/// <summary>A sound track of a DVD-Video.</summary>
/// <param name="Coding">Such as <c>AC-3</c>; null for what is not known.</param>
/// <param name="Language">ISO 639-1; null where it does not say.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="Content">Such as <c>director's comments</c>; null for the usual.</param>
public sealed record DvdSoundPart(string? Coding, string? Language, int Channels, string? Content);
