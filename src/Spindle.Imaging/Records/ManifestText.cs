// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spindle.Formats.Analysis;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Hashing;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>The manifest: what was done and seen, for programs. Its schema is docs/formats/manifest.schema.json.</summary>
/// <remarks>Every value is true or null. The sections and keys are those that archives know from earlier tools, plus ours.</remarks>
internal static partial class ManifestText
{
    private const string SchemaVersion = "spindle/manifest/1";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        // The file is UTF-8 and read by people, too: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="result">What was done.</param>
    /// <param name="lengthOf">Bytes of a file of the record; null for the manifest itself, which is being made.</param>
    public static byte[] Of(ImagingResult result, Func<string, long?> lengthOf)
    {
        JsonObject manifest = new()
        {
            ["schema_version"] = SchemaVersion,
            ["backup_metadata"] = Metadata(result),
            ["backup_status"] = Status(result),
            ["runs"] = RunsText.ToJson(result.Runs),
            ["source_disc"] = SourceDisc(result.Source),
            ["volume_information"] = Volume(result),
            ["output_files"] = OutputFiles(result, lengthOf),
            ["operations_performed"] = Operations(result),
            ["timing_performance"] = Timing(result),
            ["integrity_verification"] = Integrity(result),
            ["sectors"] = Sectors(result),
            ["structural_analysis"] = StructuralAnalysis(result),
            ["findings"] = Findings(result.Analysis),
            ["holds"] = result.Holdings is { } holdings ? HoldsPart.Of(holdings).ToManifest() : null,
            ["system_environment"] = SystemEnvironment(),
            ["technical_details"] = TechnicalDetails(result),
            ["quality_assurance"] = QualityAssurance(result),
        };
        return Encoding.UTF8.GetBytes(manifest.ToJsonString(Options) + "\n");
    }

    private static JsonObject Metadata(ImagingResult result) => new()
    {
        ["run_id"] = result.RunName,
        ["uuid"] = result.Id.ToString(),
        ["tool_name"] = Tool.Name,
        ["tool_version"] = Tool.Version,
        ["created"] = Figures.Moment(result.StartedAt),
        ["operator"] = result.Request.Operator,
        ["identifier"] = result.Request.Identifier,
        ["title"] = result.Request.Title,
        ["note"] = result.Request.Note,
        ["command_line"] = result.Request.CommandLine,
        ["dry_run"] = result.Outcome == ImagingOutcome.DryRun,
    };

    private static JsonObject Status(ImagingResult result) => new()
    {
        ["overall_status"] = StatusName(result.Outcome),
        ["iso_created"] = result.ImagePath is not null && result.Outcome != ImagingOutcome.Interrupted,
        ["verification_performed"] = result.Readings.Count > 1,
        ["verification_passed"] = result.Readings.Count > 1 ? result.IsVerified : null,
        ["errors"] = Failures(result.Concerns),
        ["warnings"] = Failures(result.Warnings),
    };

    internal static string StatusName(ImagingOutcome outcome) => outcome switch
    {
        ImagingOutcome.Success => "success",
        ImagingOutcome.Incomplete => "incomplete",
        ImagingOutcome.Failed => "failed",
        ImagingOutcome.Interrupted => "interrupted",
        ImagingOutcome.DryRun => "dry_run",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static JsonObject SourceDisc(SourceDescription source) => new()
    {
        ["kind"] = source.Kind switch
        {
            SourceKind.OpticalDrive => "optical_drive",
            SourceKind.BlockDevice => "block_device",
            _ => "file",
        },
        ["disk_identifier"] = Path.GetFileName(source.Device?.Node ?? source.Path),
        ["device_path"] = source.Path,
        ["raw_device_path"] = source.Device?.Node,
        ["volume_name"] = source.Structure.VolumeIdentifier,
        ["media_type"] = source.Disc.Medium,
        ["filesystem"] = source.Structure.FileSystems.Count > 0 ? string.Join(" + ", source.Structure.FileSystems) : null,
        ["drive_vendor"] = source.Device?.Vendor,
        ["drive_model"] = source.Device?.Model,
        ["drive_firmware"] = source.Device?.Firmware,
        ["drive_capabilities"] = source.Disc.DriveReads.Count > 0 ? string.Join(", ", source.Disc.DriveReads) : null,
        ["connection_type"] = source.Device?.Connection,
        ["erasable"] = source.Disc.IsErasable,
        ["read_only"] = source.Device?.IsReadOnly,
        ["raw_sectors"] = source.IsRaw,
        ["disc"] = source.Disc.Kind == DiscKind.Unknown ? null : Disc(source),
    };

    private static JsonObject Volume(ImagingResult result)
    {
        SourceDescription source = result.Source;
        IEnumerable<SizeCandidate> candidates = source.Structure.Sizes.Prepend(
            new(source.Kind == SourceKind.File ? "file" : "device", "", source.Length, Counts: true))
            .Concat(source.Disc.Sizes.Select(size => new SizeCandidate(size.Source, size.Clause, size.Sectors * source.SectorSize, Counts: false)));
        return new()
        {
            ["total_size_bytes"] = source.Length,
            ["total_size_formatted"] = Figures.Size(source.Length),
            ["used_space_bytes"] = result.Tree?.Bytes,
            ["used_space_formatted"] = result.Tree is { } tree ? Figures.Size(tree.Bytes) : null,
            ["allocation_block_size"] = result.Analysis?.FileSystems.Select(fileSystem => fileSystem.LogicalBlockSize).FirstOrDefault(size => size > 0) is > 0 and var size ? size : null,
            ["sector_size"] = source.SectorSize,
            ["mount_point"] = result.Unmounted.Count > 0 ? result.Unmounted[0].Point : null,
            ["size_candidates"] = Array(candidates.Select(candidate => new JsonObject
            {
                ["source"] = candidate.Source,
                ["bytes"] = candidate.Bytes,
                ["clause"] = candidate.Clause.Length > 0 ? candidate.Clause : null,
                ["believed"] = candidate.Counts,
            })),
        };
    }

    private static JsonObject OutputFiles(ImagingResult result, Func<string, long?> lengthOf)
    {
        bool hasImage = result.ImagePath is not null && result.Outcome != ImagingOutcome.Interrupted;
        string? Recorded(string ending) =>
            result.RecordPaths.Select(path => Path.GetFileName(path)).FirstOrDefault(name => name.EndsWith(ending, StringComparison.Ordinal));
        return new()
        {
            ["iso_filename"] = Path.GetFileName(result.ImagePath),
            ["iso_file_size_bytes"] = hasImage ? result.Source.Length : null,
            ["iso_file_size_formatted"] = hasImage ? Figures.Size(result.Source.Length) : null,
            ["output_directory"] = Path.GetFullPath(Path.Combine(result.Request.Directory, result.Request.Name!)),
            ["log_filename"] = Recorded(".log.txt"),
            ["tree_filename"] = Recorded("_tree.txt"),
            ["isolyzer_filename"] = Recorded("_isolyzer.xml"),
            ["manifest_filename"] = Recorded("_manifest.json"),
            ["map_filename"] = Recorded(".map") ?? Recorded(".map.part"),
            ["damage_filename"] = Recorded("_damage.json"),
            ["premis_filename"] = Recorded("_premis.xml"),
            ["files"] = Array((result.ImagePath is { } image ? result.RecordPaths.Prepend(image) : result.RecordPaths).Distinct().Select(path => new JsonObject
            {
                ["name"] = Path.GetFileName(path),
                ["size_bytes"] = lengthOf(path),
            })),
            ["checksum_filenames"] = Array(result.RecordPaths.Select(path => Path.GetFileName(path))
                .Where(name => HashKind.All.Any(kind => name.EndsWith($".iso.{kind.Name}", StringComparison.Ordinal)))
                .Select(name => JsonValue.Create(name))),
        };
    }

    private static JsonObject Sectors(ImagingResult result) => new()
    {
        ["total"] = result.Map?.SectorCount,
        ["readable"] = result.Map?.Total(SectorState.Finished),
        ["unreadable"] = result.Map is null ? null : result.Unreadable.Sum(range => range.Count),
        ["restored_by_parity"] = result.Restored.Sum(range => range.Count),
        ["restored_ranges"] = Ranges(result.Restored),
        ["run_out"] = result.RunOut.Count,
        ["off_track"] = result.OffTrack.Sum(gap => gap.Count),
        ["suspected_protection"] = result.SuspectedProtection,
        ["not_tried"] = result.Map is { } map ? map.SectorCount - map.Total(SectorState.Finished) - map.Total(SectorState.Bad) : null,
        ["passes"] = result.Passes.Count,
        ["retries"] = result.Request.Retries,
        ["unreadable_ranges"] = Ranges(result.Unreadable),
        ["rescue"] = Array(result.Passes.Select(pass => new JsonObject
        {
            ["phase"] = pass.Phase.ToString().ToLowerInvariant(),
            ["pass"] = pass.Number,
            ["direction"] = pass.IsBackwards ? "backwards" : "forwards",
            ["reads"] = pass.Reads,
            ["failed_reads"] = pass.FailedReads,
            ["sectors_read"] = pass.SectorsRead,
            ["duration_seconds"] = Math.Round(pass.Duration.TotalSeconds, 3),
        })),
    };

    private static JsonArray Ranges(IEnumerable<SectorRange> ranges) =>
        Array(ranges.Select(range => new JsonObject { ["start"] = range.Start, ["count"] = range.Count }));

    private static JsonArray Failures(IEnumerable<Failure> failures) =>
        Array(failures.Select(failure => new JsonObject { ["code"] = failure.Code, ["what"] = failure.What, ["hint"] = failure.Hint }));

    private static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    private static string? Name(CacheBypass? bypass) => bypass switch
    {
        CacheBypass.Direct => "direct",
        CacheBypass.Evicted => "evicted",
        CacheBypass.Memory => "memory",
        CacheBypass.None => "cached",
        _ => null,
    };
}
