// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Spindle.Formats.Holdings;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>What a disc holds, in an image's manifest and in what <c>inspect</c> tells.</summary>
/// <param name="Kinds">What it is, the most telling first; never none.</param>
/// <param name="Complete">Whether all names of the disc could be read; if not, there may be more on it.</param>
/// <param name="JudgedBy">What the classes of files rest on: their names, which are a claim.</param>
/// <param name="Files">Its files by their class, but for those of players.</param>
/// <param name="ForPlayers">The files that are parts of what it has for players.</param>
/// <param name="SoundTracks">Tracks of sound beside the data, as the drive tells; 0 where there are none, or no drive was asked.</param>
public sealed record HoldsPart(
    IReadOnlyList<string> Kinds,
    bool Complete,
    string JudgedBy,
    IReadOnlyList<ClassPart> Files,
    FilesPart ForPlayers,
    int SoundTracks)
{
    /// <summary>What a Blu-ray Disc has to play; left out where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BlurayPart? BluRay { get; init; }

    /// <summary>What a DVD-Audio has to play; left out where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DvdAudioPart? DvdAudio { get; init; }

    /// <summary>What a DVD of a video recorder or camera has to play; left out where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DvdVrPart? DvdVr { get; init; }

    /// <summary>What a Video CD or Super Video CD has to play; left out where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VideoCdPart? VideoCd { get; init; }

    /// <summary>What a Photo CD has; left out where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PhotoCdPart? PhotoCd { get; init; }

    /// <summary>What a DVD-Video has to play; null where it is none. It has a place of its own in what <c>inspect</c> tells.</summary>
    [JsonIgnore]
    public DvdVideoPart? DvdVideo { get; init; }

    /// <summary>Tells of a judgement.</summary>
    public static HoldsPart Of(DiscHoldings holdings) => new(
        [.. holdings.Kinds.Select(JsonForm.Word)],
        holdings.IsComplete,
        "names",
        [.. holdings.Files.OrderBy(count => count.Key).Select(count => new ClassPart(JsonForm.Word(count.Key), count.Value.Files, count.Value.Bytes))],
        new(holdings.ForPlayers.Files, holdings.ForPlayers.Bytes),
        holdings.Players.SoundTracks)
    {
        BluRay = holdings.Players.Bluray is { } bluray ? BlurayPart.Of(bluray) : null,
        DvdAudio = holdings.Players.DvdAudio is { } audio ? DvdAudioPart.Of(audio) : null,
        DvdVr = holdings.Players.DvdVr is { } recordings ? DvdVrPart.Of(recordings) : null,
        VideoCd = holdings.Players.VideoCd is { } films ? VideoCdPart.Of(films) : null,
        PhotoCd = holdings.Players.PhotoCd is { } photos ? new(photos.Images) : null,
        DvdVideo = holdings.Players.DvdVideo is { } video ? DvdVideoPart.Of(video) : null,
    };

    /// <summary>The section of a manifest, whose keys are in snake_case.</summary>
    internal JsonObject ToManifest()
    {
        JsonObject section = JsonSerializer.SerializeToNode(this, HoldsJson.Snake.HoldsPart)!.AsObject();
        if (DvdVideo is { } video)
        {
            section["dvd_video"] = JsonSerializer.SerializeToNode(video, HoldsJson.Snake.DvdVideoPart);
        }

        return section;
    }
}

/// <summary>Files of a class.</summary>
/// <param name="Class">What they are by their names: <c>pictures</c>, <c>sound</c>, <c>video</c>, <c>software</c> or <c>data</c>.</param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Of all of them.</param>
public sealed record ClassPart(string Class, long Files, long Bytes);

/// <summary>Some files.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Of all of them.</param>
public sealed record FilesPart(long Files, long Bytes);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HoldsPart))]
[JsonSerializable(typeof(DvdVideoPart))]
internal sealed partial class HoldsJson : JsonSerializerContext
{
    public static HoldsJson Snake { get; } = new(InSnakeCase());

    private static JsonSerializerOptions InSnakeCase()
    {
        JsonSerializerOptions options = JsonForm.Options();
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        return options;
    }
}
