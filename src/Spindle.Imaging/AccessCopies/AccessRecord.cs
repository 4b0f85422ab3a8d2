// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Imaging.Records;
using Spindle.Media;

namespace Spindle.Imaging.AccessCopies;

/// <summary>The record of an access copy, or of why there is none: <c>NAME.access.json</c> (docs/formats/access-copy.md).</summary>
internal sealed record AccessRecord
{
    /// <summary>Ends its name.</summary>
    public const string Ending = ".access.json";

    private const string SchemaName = "spindle/access-copy/1";

    public string Schema { get; init; } = SchemaName;

    [JsonConverter(typeof(JsonForm.Words<AccessState>))]
    public required AccessState State { get; init; }

    public required string Detail { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required RecordedImage Image { get; init; }

    public RecordedFilm? Film { get; init; }

    public RecordedSettings? Settings { get; init; }

    public RecordedProgram? Program { get; init; }

    public RecordedCopy? Copy { get; init; }

    public IReadOnlyList<RecordedUnread> Unread { get; init; } = [];

    public DateTimeOffset Started { get; init; }

    public DateTimeOffset Finished { get; init; }

    public string Tool { get; init; } = $"{Records.Tool.Name} {Records.Tool.Version}";

    /// <summary>As it is written.</summary>
    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, AccessRecordJson.Form.AccessRecord), (byte)'\n'];

    /// <summary>Reads one.</summary>
    /// <returns>Null where there is none, or it can't be understood.</returns>
    public static AccessRecord? TryRead(string path)
    {
        try
        {
            return File.Exists(path) && RecordFile.Read(path).Text is { } text && JsonSerializer.Deserialize(text, AccessRecordJson.Form.AccessRecord) is { Schema: SchemaName, Image: not null } record ? record : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }
}

/// <param name="Name">The image's file name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Uuid">The run that made it, as its manifest says; null where none does.</param>
/// <param name="Sha256">In lower-case hexadecimal digits; null where it was not needed.</param>
/// <param name="Sha256From">Who says so: the name of a record, or <c>reading</c> where it was taken now.</param>
internal sealed record RecordedImage(string Name, long Size, DateTimeOffset Modified, string? Uuid, string? Sha256, string? Sha256From);

/// <param name="TitleSet">Of a DVD-Video, from 1.</param>
/// <param name="Playlist">Of a Blu-ray Disc, its five digits.</param>
/// <param name="Titles">Their numbers.</param>
/// <param name="Seconds">How long it plays, by the disc's table of contents; null where that does not say.</param>
/// <param name="Chapters">Where chapters begin, in seconds.</param>
/// <param name="Aspect"><c>4:3</c> or <c>16:9</c>.</param>
/// <param name="Sectors">Of 2048 bytes.</param>
/// <param name="Streams">Its streams of pictures and sound.</param>
/// <param name="Subtitles">Its subtitles.</param>
internal sealed record RecordedFilm(
    int? TitleSet, string? Playlist, IReadOnlyList<int> Titles, double? Seconds, IReadOnlyList<double> Chapters, string? Aspect, long Sectors, IReadOnlyList<RecordedStream> Streams, IReadOnlyList<RecordedSubtitle> Subtitles)
{
    public static RecordedFilm Of(Film film, FilmSurvey survey, ProbedFile? probed, IReadOnlyList<ProbedStream> copied) => new(
        film.TitleSet,
        film.Playlist,
        film.Titles,
        film.Duration is { } duration ? Math.Round(duration.TotalSeconds, 3) : null,
        [.. film.Chapters.Select(chapter => Math.Round(chapter.TotalSeconds, 3))],
        film.Aspect,
        film.Sectors,
        [
            .. copied.Select(stream => stream.Id).Union(survey.Streams).Select(stream => new RecordedStream(
                Hex(stream),
                copied.FirstOrDefault(one => one.Id == stream)?.Kind ?? (film.Sound.Any(track => track.Stream == stream) || film.OrderOfPictures(stream) is null ? "audio" : "video"),
                probed?.Streams.FirstOrDefault(one => one.Id == stream)?.Coding,
                film.Sound.FirstOrDefault(track => track.Stream == stream)?.Language,
                film.Sound.FirstOrDefault(track => track.Stream == stream)?.Content,
                copied.Any(one => one.Id == stream))),
        ],
        [.. film.Subtitles.Select(subtitle => new RecordedSubtitle(Hex(subtitle.Stream), subtitle.Language, false))]);

    /// <summary>The same, when all of the film was read.</summary>
    /// <param name="streams">What was met in it.</param>
    public RecordedFilm WithSeen(IEnumerable<int> streams)
    {
        HashSet<string> seen = [.. streams.Select(Hex)];
        return this with { Subtitles = [.. Subtitles.Select(subtitle => subtitle with { Seen = seen.Contains(subtitle.Stream) })] };
    }

    private static string Hex(int stream) => stream.ToString("x", CultureInfo.InvariantCulture);
}

/// <param name="Stream">Its number in the film, in hexadecimal digits.</param>
/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Coding">As ffprobe calls it; null where it found nothing to decode.</param>
/// <param name="Language">As the disc says: ISO 639-1, on a Blu-ray Disc 639-2.</param>
/// <param name="Content">What the disc says of it.</param>
/// <param name="Copied">Whether it is in the copy.</param>
internal sealed record RecordedStream(string Stream, string Kind, string? Coding, string? Language, string? Content, bool Copied);

/// <param name="Stream">Its number in the film, in hexadecimal digits.</param>
/// <param name="Language">As the disc says: ISO 639-1, on a Blu-ray Disc 639-2.</param>
/// <param name="Seen">Whether the film has any.</param>
internal sealed record RecordedSubtitle(string Stream, string? Language, bool Seen);

/// <summary>As in <see cref="AccessSettings"/>: two copies of one image with the same settings are the same copy.</summary>
internal sealed record RecordedSettings(
    [property: JsonConverter(typeof(JsonForm.Words<AccessProfile>))] AccessProfile Profile,
    bool ByTitle,
    int? Crf,
    string? Preset,
    [property: JsonConverter(typeof(JsonForm.Words<Deinterlacing>))] Deinterlacing Deinterlace,
    int Stills,
    bool Subtitles)
{
    public static RecordedSettings Of(AccessSettings settings) => new(
        settings.Profile,
        settings.ByTitle,
        settings.Profile == AccessProfile.Mp4 ? settings.Crf : null,
        settings.Profile == AccessProfile.Mp4 ? settings.Preset : null,
        settings.Joining,
        settings.Stills,
        settings.Subtitles);
}

/// <param name="Version">What ffmpeg calls itself.</param>
/// <param name="Command">Its words, one after the other.</param>
internal sealed record RecordedProgram(string Version, IReadOnlyList<string> Command);

/// <param name="Name">Its file name, in the folder of the record.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Seconds">How long it plays.</param>
/// <param name="Frames">Pictures that were written.</param>
/// <param name="FramesDecoded">Pictures that came out when all of it was decoded.</param>
/// <param name="Streams">Its streams.</param>
/// <param name="Md5">In lower-case hexadecimal digits.</param>
/// <param name="Sha256">In lower-case hexadecimal digits.</param>
/// <param name="Beside">Further files of it: pictures, subtitles.</param>
internal sealed record RecordedCopy(
    string Name, long Size, double? Seconds, long Frames, long FramesDecoded, IReadOnlyList<RecordedCopyStream> Streams, string Md5, string Sha256, IReadOnlyList<string> Beside);

/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Coding">As ffprobe calls it.</param>
/// <param name="Language">ISO 639-2.</param>
/// <param name="Seconds">How long it plays.</param>
internal sealed record RecordedCopyStream(string Kind, string? Coding, string? Language, double? Seconds);

/// <param name="From">Minutes and seconds of the copy: <c>1:07</c>.</param>
/// <param name="To">Where it ends.</param>
/// <param name="FromSeconds">The same in seconds.</param>
/// <param name="ToSeconds">The same in seconds.</param>
/// <param name="Sectors">How many are missing.</param>
internal sealed record RecordedUnread(string From, string To, double FromSeconds, double ToSeconds, long Sectors)
{
    public static RecordedUnread Of(UnreadPart part) => new(
        UnreadTimes.Text(part.From, isEnd: false), UnreadTimes.Text(part.To, isEnd: true), Math.Round(part.From.TotalSeconds, 3), Math.Round(part.To.TotalSeconds, 3), part.Sectors);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AccessRecord))]
internal sealed partial class AccessRecordJson : JsonSerializerContext
{
    public static AccessRecordJson Form { get; } = new(JsonForm.Options());
}
