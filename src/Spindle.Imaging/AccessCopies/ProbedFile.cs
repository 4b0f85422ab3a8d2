// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;

namespace Spindle.Imaging.AccessCopies;

/// <summary>What ffprobe says of a film.</summary>
/// <param name="Streams">Its streams, in their order.</param>
/// <param name="Duration">How long it plays; null where it does not say.</param>
internal sealed record ProbedFile(IReadOnlyList<ProbedStream> Streams, TimeSpan? Duration)
{
    /// <summary>What ffprobe is to tell.</summary>
    public static readonly IReadOnlyList<string> Questions =
        ["-v", "error", "-show_entries", "stream=id,codec_type,codec_name,width,height,display_aspect_ratio,r_frame_rate,field_order,sample_rate,channels,duration:stream_tags=language:format=duration", "-of", "json"];

    /// <summary>Understands its answer.</summary>
    /// <returns>Null where it is none.</returns>
    public static ProbedFile? Read(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new(
                [.. root.GetProperty("streams").EnumerateArray().Select((stream, index) => StreamOf(stream) with { Index = index })],
                root.TryGetProperty("format", out JsonElement format) ? Seconds(Text(format, "duration")) : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ProbedStream StreamOf(JsonElement stream) => new(
        Text(stream, "id") is { } id && id.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(id.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int number) ? number : 0,
        Text(stream, "codec_type") ?? "unknown",
        Text(stream, "codec_name"))
    {
        Width = Number(stream, "width"),
        Height = Number(stream, "height"),
        Aspect = Text(stream, "display_aspect_ratio"),
        FrameRate = Text(stream, "r_frame_rate")?.Split('/') is [var over, var under] && double.TryParse(over, CultureInfo.InvariantCulture, out double frames)
            && double.TryParse(under, CultureInfo.InvariantCulture, out double seconds) && seconds > 0 ? Math.Round(frames / seconds, 3) : null,
        FieldOrder = Text(stream, "field_order"),
        SampleRate = int.TryParse(Text(stream, "sample_rate"), CultureInfo.InvariantCulture, out int rate) ? rate : null,
        Channels = Number(stream, "channels"),
        Duration = Seconds(Text(stream, "duration")),
        Language = stream.TryGetProperty("tags", out JsonElement tags) ? Text(tags, "language") : null,
    };

    private static string? Text(JsonElement of, string key) => of.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement of, string key) => of.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number : null;

    private static TimeSpan? Seconds(string? text) => double.TryParse(text, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>A stream, as ffprobe says.</summary>
/// <param name="Id">Its number in the film; 0 where it has none.</param>
/// <param name="Kind"><c>video</c>, <c>audio</c>, or another.</param>
/// <param name="Coding">Such as <c>mpeg2video</c>; null where it is not known.</param>
internal sealed record ProbedStream(int Id, string Kind, string? Coding)
{
    /// <summary>Its place among all of them, from 0.</summary>
    public int Index { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? Aspect { get; init; }

    /// <summary>Pictures a second.</summary>
    public double? FrameRate { get; init; }

    public string? FieldOrder { get; init; }

    /// <summary>Hz.</summary>
    public int? SampleRate { get; init; }

    public int? Channels { get; init; }

    public TimeSpan? Duration { get; init; }

    public string? Language { get; init; }

    /// <summary>Whether it can be decoded, as far as looking at its beginning tells.</summary>
    public bool IsKnown => Coding is not (null or "unknown") && (Kind == "video" ? Width > 0 : Kind == "audio" && SampleRate > 0);
}
