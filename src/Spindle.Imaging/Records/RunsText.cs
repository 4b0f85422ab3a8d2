// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>The runs that an image was made in, as the manifest has them, and as they lie beside an unfinished image.</summary>
internal static class RunsText
{
    private const string Schema = "spindle/runs/1";

    /// <summary>NAME.runs.part: what the next run takes up.</summary>
    public static byte[] Of(IEnumerable<ImagingRunRecord> runs) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["schema_version"] = Schema, ["runs"] = ToJson(runs) }.ToJsonString() + "\n");

    /// <summary>Reads what <see cref="Of"/> made.</summary>
    /// <returns>Null where it is none.</returns>
    public static IReadOnlyList<ImagingRunRecord>? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            JsonNode? file = JsonNode.Parse(bytes);
            return file?["schema_version"]?.GetValue<string>() == Schema && file["runs"] is JsonArray runs ? [.. runs.Select(run => Run(run!))] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException)
        {
            // Another program's file, or one that a failing disk left: the image itself does not depend on it.
            return null;
        }
    }

    /// <summary>The list, as it is in the manifest.</summary>
    public static JsonArray ToJson(IEnumerable<ImagingRunRecord> runs) => new([.. runs.Select(run => new JsonObject
    {
        ["uuid"] = run.Id?.ToString(),
        ["operator"] = run.Operator,
        ["command_line"] = run.CommandLine,
        ["source"] = run.Source,
        ["drive"] = run.Drive,
        ["started"] = run.StartedAt is { } started ? Figures.Moment(started) : null,
        ["ended"] = run.EndedAt is { } ended ? Figures.Moment(ended) : null,
        ["status"] = run.Outcome is { } outcome ? ManifestText.StatusName(outcome) : null,
        ["passes"] = run.Passes,
        ["sectors_read"] = run.SectorsRead,
        ["sectors_got"] = run.SectorsGot,
    })]);

    private static ImagingRunRecord Run(JsonNode run)
    {
        DateTimeOffset? Moment(string name) =>
            run[name]?.GetValue<string>() is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
        return new()
        {
            Id = run["uuid"]?.GetValue<string>() is { } id ? Guid.Parse(id) : null,
            Operator = run["operator"]?.GetValue<string>(),
            CommandLine = run["command_line"]?.GetValue<string>(),
            Source = run["source"]?.GetValue<string>(),
            Drive = run["drive"]?.GetValue<string>(),
            StartedAt = Moment("started"),
            EndedAt = Moment("ended"),
            Outcome = run["status"]?.GetValue<string>() is { } status
                ? Enum.GetValues<ImagingOutcome>().Cast<ImagingOutcome?>().FirstOrDefault(outcome => ManifestText.StatusName(outcome!.Value) == status)
                : null,
            Passes = run["passes"]?.GetValue<int>(),
            SectorsRead = run["sectors_read"]?.GetValue<long>(),
            SectorsGot = run["sectors_got"]?.GetValue<long>(),
        };
    }
}
