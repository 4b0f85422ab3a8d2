// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Spindle.Imaging.Hashing;
using Spindle.Media;

namespace Spindle.Imaging.Records;

/// <summary>The sections on what was read how often, and what that proves.</summary>
internal static partial class ManifestText
{
    private static JsonObject Integrity(ImagingResult result)
    {
        HashKind kind = result.Request.Hashes[0];
        Reading? disc = result.Readings.FirstOrDefault();
        Reading? image = result.Readings.FirstOrDefault(reading => reading.Subject == ReadingSubject.Image);
        return new()
        {
            ["hash_algorithm"] = kind.Title,
            ["hash_length_bits"] = disc?.Hashes[kind].Length * 4,
            ["iso_hash"] = image?.Hashes[kind],
            ["source_hash"] = disc?.Hashes[kind],
            ["hashes_match"] = image is null ? null : image.Hashes[kind] == disc!.Hashes[kind],
            ["verification_method"] = image is null
                ? null
                : result.Readings.Any(reading => reading.Subject == ReadingSubject.DiscAgain)
                    ? "the image was read back from storage, and the disc was read a second time and compared with it sector by sector"
                    : "the image was read back from storage and compared with what the disc gave",
            ["integrity_status"] = IntegrityStatus(result),
            ["notes"] = Notes(result),
            ["differing_ranges"] = Ranges(result.Differences),
            ["readings"] = Array(result.Readings.Select(ReadingOf)),
        };
    }

    private static string IntegrityStatus(ImagingResult result) => result switch
    {
        { Differences.Count: > 0 } => "failed",
        { Readings.Count: < 2 } => "not_performed",
        { IsVerified: true } => "verified",
        _ => "cached",
    };

    private static string? Notes(ImagingResult result)
    {
        long earlier = result.Readings.Count > 0 ? result.Readings[0].BytesFromEarlierRun : 0;
        string resumed = earlier > 0
            ? $"{earlier} bytes had been read from the disc by an earlier run and came from the unfinished image, checked against the digests noted then"
            : "";
        string unreadable = result.Map?.Total(Media.SectorState.Bad) > 0 ? "zeros stand for the sectors that could not be read" : "";
        string rescued = result.Readings.FirstOrDefault()?.IsHashedFromImage == true
            ? "the disc was not read from front to back: its hashes were taken from the image, each piece of which was what the disc had given"
            : "";
        string restored = result.Restored.Count > 0 ? "sectors that the disc did not give, or gave wrongly, came from its own parity, which proves them" : "";
        string notes = string.Join("; ", new[] { resumed, rescued, restored, unreadable }.Where(note => note.Length > 0));
        return notes.Length > 0 ? notes : null;
    }

    private static JsonObject ReadingOf(Reading reading)
    {
        JsonObject hashes = [];
        foreach ((HashKind kind, string hash) in reading.Hashes)
        {
            hashes[kind.Name] = hash;
        }

        return new()
        {
            ["what"] = reading.Subject switch
            {
                ReadingSubject.Disc => "disc",
                ReadingSubject.Image => "image",
                _ => "disc_again",
            },
            ["when"] = Figures.Moment(reading.StartedAt),
            ["duration_seconds"] = Math.Round(reading.Duration.TotalSeconds, 3),
            ["bytes"] = reading.Bytes,
            ["bytes_from_earlier_run"] = reading.BytesFromEarlierRun,
            ["hashed_from_image"] = reading.IsHashedFromImage,
            ["cache_bypass"] = Name(reading.Bypass),
            ["hashes"] = hashes,
        };
    }

    private static JsonObject QualityAssurance(ImagingResult result) => new()
    {
        ["verification_levels"] = new JsonArray(
            new JsonObject
            {
                ["type"] = "bit_perfect_copy",
                ["method"] = result.Readings.Count > 1 ? "second reading" : null,
                ["status"] = result.Map is not null && !result.IsWhole ? "incomplete" : IntegrityStatus(result),
                ["confidence"] = result.IsVerified
                    ? result.Readings[^1].Subject == ReadingSubject.DiscAgain ? "two readings of the disc agree" : "one reading of the disc"
                    : null,
            },
            new JsonObject
            {
                ["type"] = "structural_integrity",
                ["method"] = result.Analysis is null ? null : "every tree was walked, sizes and checksums were compared",
                ["status"] = StructuralStatus(result),
                ["confidence"] = null,
            }),
        ["recommended_verifications"] = new JsonArray(
            "check the image with its checksum files each year and after every move",
            "read the disc a second time with --verify disc, best in another drive",
            "mount the image read-only and open some of its files",
            "compare this manifest's hashes with those of other copies"),
        ["backup_best_practices"] = new JsonArray(
            "keep the image, its map, manifest, log and checksum files together",
            "keep three copies on two kinds of media, one of them elsewhere",
            "keep the disc itself",
            "note where each copy is kept"),
        ["manifest_notes"] = "null means: not known, or not done",
    };

    private static string StructuralStatus(ImagingResult result) => result switch
    {
        _ when result.Concerns.Any(concern => concern.Code == "smaller-than-file-system") => "failed",
        { Analysis: null } => "not_performed",
        { Analysis.ContainsKnownFileSystem: false } => "no_known_file_system",
        { Analysis.Findings.Counts.Count: > 0 } => "findings",
        _ => "verified",
    };

    private static JsonObject Timing(ImagingResult result)
    {
        Reading? copy = result.Readings.FirstOrDefault();
        TimeSpan verifying = result.Readings.Skip(1).Aggregate(TimeSpan.Zero, (sum, reading) => sum + reading.Duration);
        TimeSpan total = result.Duration;
        double? speed = copy is null ? null : Figures.MegabytesPerSecond(copy.Bytes - copy.BytesFromEarlierRun, copy.Duration);
        return new()
        {
            ["started"] = Figures.Moment(result.StartedAt),
            ["ended"] = Figures.Moment(result.EndedAt),
            ["iso_creation"] = new JsonObject
            {
                ["duration_seconds"] = copy is null ? null : Math.Round(copy.Duration.TotalSeconds, 3),
                ["duration_formatted"] = copy is null ? null : Figures.Duration(copy.Duration),
                ["average_speed_mb_s"] = speed,
                ["average_speed_formatted"] = speed is null ? null : FormattableString.Invariant($"{speed:F2} MB/s"),
            },
            ["verification"] = new JsonObject
            {
                ["duration_seconds"] = result.Readings.Count > 1 ? Math.Round(verifying.TotalSeconds, 3) : null,
                ["duration_formatted"] = result.Readings.Count > 1 ? Figures.Duration(verifying) : null,
                ["note"] = result.Readings.Count > 1 ? null : "not performed",
            },
            ["total_operation"] = new JsonObject
            {
                ["duration_seconds"] = Math.Round(total.TotalSeconds, 3),
                ["duration_formatted"] = Figures.Duration(total),
                ["efficiency_note"] = "reading, hashing and writing run at the same time",
            },
        };
    }
}
