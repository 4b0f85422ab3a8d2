// SPDX-License-Identifier: MIT
using Spindle.Formats.DvdAudio;
using Spindle.Formats.DvdVr;
using Spindle.Formats.VideoCd;

namespace Spindle.Imaging.Records;

/// <summary>What a DVD-Audio has to play, by its own tables of contents.</summary>
/// <param name="TitleSets">How many groups it has, by its own word.</param>
/// <param name="Whole">Whether all of them could be read.</param>
/// <param name="FromBackup">Whether a table was damaged, and its backup was read in its place.</param>
/// <param name="Titles">Its titles.</param>
public sealed record DvdAudioPart(int TitleSets, bool Whole, bool FromBackup, IReadOnlyList<DvdAudioTitlePart> Titles)
{
    internal static DvdAudioPart Of(DvdAudioDisc disc) => new(
        disc.TitleSets,
        disc.IsWhole,
        disc.IsFromBackup,
        [.. disc.Titles.Select(title => new DvdAudioTitlePart(title.TitleSet, title.NumberInSet, title.Tracks, Math.Round(title.Duration.TotalSeconds, 3)))]);
}

/// <summary>A title of a DVD-Audio.</summary>
/// <param name="TitleSet">The group that it is in, from 1.</param>
/// <param name="Number">From 1, in its group.</param>
/// <param name="Tracks">How many it has.</param>
/// <param name="Seconds">How long it plays.</param>
public sealed record DvdAudioTitlePart(int TitleSet, int Number, int Tracks, double Seconds);

/// <summary>What a DVD of a video recorder or camera has to play, by its own table of contents.</summary>
/// <param name="Version">Of the standard that it is after, such as <c>1.1</c>.</param>
/// <param name="Label">What its recorder or its owner calls it; null where nobody said, or not in ASCII.</param>
/// <param name="Key">Whether it has a key of CPRM.</param>
/// <param name="Whole">Whether all recordings are in the table that it says it has.</param>
/// <param name="FromBackup">Whether the table was damaged, and its backup was read in its place.</param>
/// <param name="Programs">Its recordings, in their order.</param>
public sealed record DvdVrPart(string Version, string? Label, bool Key, bool Whole, bool FromBackup, IReadOnlyList<DvdVrProgramPart> Programs)
{
    internal static DvdVrPart Of(DvdVrDisc disc) => new(
        disc.Version,
        disc.Label,
        disc.HasKey,
        disc.IsWhole,
        disc.IsFromBackup,
        [.. disc.Programs.Select(program => new DvdVrProgramPart(
            program.RecordedAt is { } at ? FormattableString.Invariant($"{at:yyyy-MM-dd'T'HH:mm:ss}") : null, program.Duration is { } time ? Math.Round(time.TotalSeconds, 3) : null))]);
}

/// <summary>A recording.</summary>
/// <param name="RecordedAt">When, by the recorder's clock, of which nobody knows the zone; null where it does not say.</param>
/// <param name="Seconds">How long it plays; null where it ends before it begins.</param>
public sealed record DvdVrProgramPart(string? RecordedAt, double? Seconds);

/// <summary>What a Video CD or Super Video CD has to play, by its own tables of contents.</summary>
/// <param name="Super">Whether it is a Super Video CD.</param>
/// <param name="Version">Of the standard that it is after, such as <c>2.0</c>; null for what is not known.</param>
/// <param name="Album">The name of its album; null where it has none.</param>
/// <param name="Volumes">How many discs the album has, by its own word.</param>
/// <param name="Volume">Which of them it is.</param>
/// <param name="Tracks">Its films, by their numbers.</param>
public sealed record VideoCdPart(bool Super, string? Version, string? Album, int Volumes, int Volume, IReadOnlyList<VideoCdTrackPart> Tracks)
{
    internal static VideoCdPart Of(VideoCdDisc disc) => new(
        disc.IsSuper,
        disc.StandardVersion,
        disc.AlbumName,
        disc.VolumeCount,
        disc.VolumeNumber,
        [.. disc.Tracks.Select(track => new VideoCdTrackPart(track.Number, track.Standard, track.Duration is { } time ? Math.Round(time.TotalSeconds, 3) : null, track.Entries))]);
}

/// <summary>A film of a Video CD.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Standard"><c>NTSC</c> or <c>PAL</c>; null where the disc does not say.</param>
/// <param name="Seconds">How long it plays, by its sectors; null of a Super Video CD, whose films are of any rate.</param>
/// <param name="Entries">Places at which it can be entered.</param>
public sealed record VideoCdTrackPart(int Number, string? Standard, double? Seconds, int Entries);

/// <summary>What a Photo CD has.</summary>
/// <param name="Images">Files of image packs, by their names.</param>
public sealed record PhotoCdPart(int Images);
