// SPDX-License-Identifier: MIT
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Spindle.Cli.Terminals;
using Spindle.Cli.Texts;
using Spindle.Imaging;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Merging;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Cli.Reports;

/// <summary>For programs: exactly one JSON document on standard output, on failure too.</summary>
internal sealed partial class JsonReport(string command, Terminal terminal, ProgressStyle progress) : IReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private JsonArray? _discs;

    public IProgress<WorkProgress> Progress { get; } = new ProgressReport(terminal, progress);

    public void Note(string text)
    {
    }

    public void Told<TDocument>(TDocument document, JsonTypeInfo<TDocument> form, IText<TDocument> text)
        where TDocument : Document
    {
        if (document.IsTold)
        {
            JsonText<TDocument>.Write(document, form, terminal.Output);
        }
    }

    public void Printed(string key, JsonValue value) => Write(new() { [key] = value });

    public void BeginDiscs() => _discs = [];

    public void EndDiscs()
    {
        JsonArray? discs = _discs;
        _discs = null;
        Write(new() { ["discs"] = discs });
    }

    public void Imaged(ImagingResult result, EnteredDisc entered) => Write(new()
    {
        ["outcome"] = JsonNamingPolicy.KebabCaseLower.ConvertName(result.Outcome.ToString()),
        ["verified"] = result.IsVerified,
        ["image"] = result.ImagePath,
        ["id"] = result.Id.ToString(),
        ["startedAt"] = Figures.Moment(result.StartedAt),
        ["endedAt"] = Figures.Moment(result.EndedAt),
        ["source"] = new JsonObject
        {
            ["path"] = result.Source.Path,
            ["volumeIdentifier"] = result.Source.Structure.VolumeIdentifier,
            ["bytes"] = result.Source.Length,
            ["sectorSize"] = result.Source.SectorSize,
            ["class"] = result.Source.Disc.Kind == DiscKind.Unknown ? null : JsonNamingPolicy.KebabCaseLower.ConvertName(result.Source.Disc.Kind.ToString()),
            ["imageStartsAt"] = result.Source.FirstSector,
        },
        ["sectors"] = new JsonObject
        {
            ["total"] = result.Map?.SectorCount,
            ["readable"] = result.Map?.Total(SectorState.Finished),
            ["unreadable"] = result.Map is null ? null : result.Unreadable.Sum(range => range.Count),
            ["restoredByParity"] = result.Restored.Sum(range => range.Count),
            ["runOut"] = result.RunOut.Count,
            ["offTrack"] = result.OffTrack.Sum(gap => gap.Count),
            ["passes"] = result.Passes.Count,
            ["unreadableRanges"] = Ranges(result.Unreadable),
            ["restoredRanges"] = Ranges(result.Restored),
        },
        ["readings"] = new JsonArray([.. result.Readings.Select(ReadingOf)]),
        ["differences"] = Ranges(result.Differences),
        ["ejected"] = result.Ejected,
        ["catalogue"] = entered.Catalogue is null ? null : Path.GetFullPath(entered.Catalogue),
        ["filesEntered"] = entered.Catalogue is null ? null : entered.Files,
        ["files"] = new JsonArray([.. result.RecordPaths.Select(path => JsonValue.Create(path))]),
        ["concerns"] = new JsonArray([.. result.Concerns.Select(FailureOf)]),
        ["warnings"] = new JsonArray([.. result.Warnings.Concat(entered.Concern is { } concern ? [concern] : []).Select(FailureOf)]),
    });

    public void Merged(MergeResult result) => terminal.Output.WriteLine(MergeText.Of(result));

    public void Failed(Failure failure) => Write(new() { ["error"] = FailureOf(failure) });

    private static JsonNode ReadingOf(Reading reading)
    {
        JsonObject hashes = [];
        foreach ((HashKind kind, string hash) in reading.Hashes)
        {
            hashes[kind.Name()] = hash;
        }

        return new JsonObject
        {
            ["what"] = JsonNamingPolicy.KebabCaseLower.ConvertName(reading.Subject.ToString()),
            ["startedAt"] = Figures.Moment(reading.StartedAt),
            ["durationSeconds"] = Math.Round(reading.Duration.TotalSeconds, 3),
            ["bytes"] = reading.Bytes,
            ["hashes"] = hashes,
        };
    }

    private static JsonArray Ranges(IEnumerable<SectorRange> ranges) =>
        new([.. ranges.Select(range => new JsonObject { ["start"] = range.Start, ["count"] = range.Count })]);

    private static JsonNode FailureOf(Failure failure) =>
        new JsonObject { ["code"] = failure.Code, ["what"] = failure.What, ["hint"] = failure.Hint };

    private void Write(JsonObject document)
    {
        if (_discs is not null)
        {
            _discs.Add((JsonNode)document);
            return;
        }

        document.Insert(0, "schema", $"spindle/{command}/1");
        terminal.Output.WriteLine(document.ToJsonString(Options));
    }
}
