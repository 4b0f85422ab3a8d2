// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Cli.Texts;

/// <summary>What a disc holds.</summary>
internal static class HoldsText
{
    private const int TitlesShown = 10;

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["dvd-video"] = "DVD-Video",
        ["blu-ray"] = "Blu-ray films",
        ["dvd-audio"] = "DVD-Audio",
        ["dvd-vr"] = "recordings of a video recorder",
        ["video-cd"] = "Video CD",
        ["super-video-cd"] = "Super Video CD",
        ["photo-cd"] = "Photo CD",
        ["audio-cd"] = "tracks of an audio CD",
        ["video"] = "video files",
        ["empty"] = "nothing: there is no file on it",
        ["unknown"] = "not known",
    };

    /// <summary>A kind, for people.</summary>
    public static string Title(string kind) => Titles.GetValueOrDefault(kind) ?? kind;

    public static void Write(HoldsPart holds, TextLines lines)
    {
        string files = string.Join(", ", holds.Files.Select(files => $"{NameOf(files)} ({Figures.Size(files.Bytes)})"));
        string players = holds.ForPlayers.Files == 0 ? "" : $"{(files.Length > 0 ? ", " : "")}{TextLines.Count(holds.ForPlayers.Files, "file", "files")} for players ({Figures.Size(holds.ForPlayers.Bytes)})";
        string lost = holds.Complete || holds.Kinds is ["unknown"] ? "" : "; names are missing: there may be more on it";
        lines.Value("Holds", $"{string.Join(", ", holds.Kinds.Select(Title))}{(files.Length + players.Length > 0 ? ": " : "")}{files}{players}{lost}");
        if (holds.SoundTracks > 0)
        {
            lines.Value("Audio CD", TextLines.Count(holds.SoundTracks, "track", "tracks"));
        }

        if (holds.DvdVideo is { } video)
        {
            Write(video, lines);
        }

        if (holds.BluRay is { } bluray)
        {
            Write(bluray, lines);
        }

        if (holds.DvdAudio is { } audio)
        {
            Write(audio, lines);
        }

        if (holds.DvdVr is { } recordings)
        {
            Write(recordings, lines);
        }

        if (holds.VideoCd is { } films)
        {
            Write(films, lines);
        }

        if (holds.PhotoCd is { } photos)
        {
            lines.Value("Photo CD", TextLines.Count(photos.Images, "image pack", "image packs"));
        }
    }

    private static string NameOf(ClassPart files) => $"{TextLines.Number(files.Files)} {files.Class switch
    {
        "pictures" when files.Files == 1 => "picture",
        "sound" => files.Files == 1 ? "file of sound" : "files of sound",
        "video" => files.Files == 1 ? "video file" : "video files",
        "software" => files.Files == 1 ? "file of software" : "files of software",
        "data" => files.Files == 1 ? "file of data" : "files of data",
        var word => word,
    }}";

    private static void Write(DvdVideoPart video, TextLines lines)
    {
        string regions = video.Regions.Count == 8 ? "all regions" : $"regions {string.Join(", ", video.Regions)}";
        string scrambled = video.Scrambled switch { true => "scrambled (CSS)", false => "not scrambled", null => "no film could be looked at" };
        lines.Value("DVD-Video", $"{TextLines.Count(video.Titles.Count, "title", "titles")} in {TextLines.Count(video.TitleSets, "title set", "title sets")}, {regions}, {scrambled}{Backup(video.FromBackup)}");
        lines.Some(video.Titles, TitlesShown, title =>
        {
            string sound = string.Join(", ", title.Sound.Select(one => $"{one.Language ?? "?"} ({one.Coding ?? "?"}{(one.Content is null ? "" : $", {one.Content}")})"));
            string shape = string.Join(' ', new[] { title.Standard, title.Aspect }.OfType<string>());
            lines.Value($"  title {title.Number}", $"{Time(title.Seconds)}, {TextLines.Count(title.Chapters, "chapter", "chapters")}{Angles(title.Angles)}{(shape.Length > 0 ? $", {shape}" : "")}{(sound.Length > 0 ? $"; sound {sound}" : "")}{Subtitles(title.Subtitles)}");
        });
    }

    private static void Write(BlurayPart bluray, TextLines lines)
    {
        string encrypted = (bluray.Encrypted, bluray.Keys) switch
        {
            (true, _) => "encrypted (AACS)",
            (false, true) => "not encrypted, though it has keys of AACS",
            (false, false) => "not encrypted",
            (null, true) => "no clip could be looked at, and it has keys of AACS",
            _ => "no clip could be looked at",
        };
        string left = bluray.PlaylistsNotRead == 0 ? "" : $"; {TextLines.Count(bluray.PlaylistsNotRead, "playlist", "playlists")} could not be read";
        lines.Value("Blu-ray", $"{TextLines.Count(bluray.Playlists.Count, "playlist", "playlists")}{(bluray.Titles is { } titles ? $", {TextLines.Count(titles, "title", "titles")}" : "")}{(bluray.Version is { } version ? $", version {version}" : "")}, {encrypted}{left}{Backup(bluray.FromBackup)}");
        lines.Some([.. bluray.Playlists.OrderByDescending(list => list.Seconds)], TitlesShown, list =>
        {
            string shape = string.Join(", ", list.Video.Take(1).Select(pictures => string.Join(' ', new[] { pictures.Coding, pictures.Format, pictures.Rate }.OfType<string>())));
            string sound = string.Join(", ", list.Sound.Select(one => $"{one.Language ?? "?"} ({one.Coding ?? "?"}{(one.Channels is null ? "" : $", {one.Channels}")})"));
            string clips = $"{TextLines.Count(list.Clips, "clip", "clips")}{(list.Clips < list.Items ? $" in {TextLines.Number(list.Items)} pieces" : "")}";
            lines.Value($"  list {list.Name}", $"{Time(list.Seconds)}, {TextLines.Count(list.Chapters, "chapter", "chapters")}, {clips}{Angles(list.Angles)}{(shape.Length > 0 ? $", {shape}" : "")}{(sound.Length > 0 ? $"; sound {sound}" : "")}{Subtitles(list.Subtitles)}{(list.Whole ? "" : "; says more than it has, or what makes no sense")}");
        });
    }

    private static void Write(DvdAudioPart audio, TextLines lines)
    {
        lines.Value("DVD-Audio", $"{TextLines.Count(audio.Titles.Count, "title", "titles")} in {TextLines.Count(audio.TitleSets, "group", "groups")}{Whole(audio.Whole)}{Backup(audio.FromBackup)}");
        lines.Some(audio.Titles, TitlesShown, title => lines.Value($"  {title.TitleSet}.{title.Number}", $"{Time(title.Seconds)}, {TextLines.Count(title.Tracks, "track", "tracks")}"));
    }

    private static void Write(DvdVrPart recordings, TextLines lines)
    {
        string key = recordings.Key ? ", with a key of CPRM: some recordings may be encrypted" : "";
        lines.Value("DVD-VR", $"{TextLines.Count(recordings.Programs.Count, "recording", "recordings")}, version {recordings.Version}{(recordings.Label is null ? "" : $", '{recordings.Label}'")}{key}{Whole(recordings.Whole)}{Backup(recordings.FromBackup)}");
        lines.Some([.. recordings.Programs.Index()], TitlesShown, program => lines.Value($"  {program.Index + 1}", $"{Time(program.Item.Seconds)}{(program.Item.RecordedAt is { } at ? $", recorded {at.Replace('T', ' ')}" : "")}"));
    }

    private static void Write(VideoCdPart films, TextLines lines)
    {
        string album = films.Album is null ? "" : $", '{films.Album}'{(films.Volumes > 1 ? $" {films.Volume} of {films.Volumes}" : "")}";
        lines.Value(films.Super ? "Super Video CD" : "Video CD", $"{TextLines.Count(films.Tracks.Count, "film", "films")}{(films.Version is null ? "" : $", version {films.Version}")}{album}");
        lines.Some(films.Tracks, TitlesShown, track => lines.Value($"  film {track.Number}", $"{Time(track.Seconds)}{(track.Standard is null ? "" : $", {track.Standard}")}, {TextLines.Count(track.Entries, "entry", "entries")}"));
    }

    private static string Whole(bool isWhole) => isWhole ? "" : "; it says that it has more, which is not there";

    private static string Time(double? length) =>
        length is { } seconds ? $"{(long)Math.Round(seconds) / 3600}{TimeSpan.FromSeconds(Math.Round(seconds)).ToString("\\:mm\\:ss", CultureInfo.InvariantCulture)}" : "length not known";

    private static string Angles(int angles) => angles > 1 ? $", {angles} angles" : "";

    private static string Subtitles(IReadOnlyList<string?> languages) => languages.Count == 0 ? "" : $"; subtitles {string.Join(", ", languages.Select(language => language ?? "?"))}";

    private static string Backup(bool isFromBackup) => isFromBackup ? "; a table is damaged, its backup was read" : "";
}
