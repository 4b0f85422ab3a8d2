// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>Reads what a manifest says of its image: our own (<see cref="ManifestText"/>), and those of all versions of makeiso.py, whose sections ours has.</summary>
/// <remarks>
/// It fails closed: a manifest of which a part is missing or blank is never taken for good, for something may have happened to it. A key
/// that is not there at all is another thing where older versions did not have it, as the SHA-256 of makeiso.py.
/// </remarks>
internal static class ManifestClaim
{
    private static readonly string[] Good = ["success", "success_with_warnings", "incomplete"];
    private const string Failed = "failed";

    private static readonly string[] WithoutImage = [Failed, "interrupted", "dry_run"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Understands a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it holds.</param>
    public static ImageClaim Read(string path, string text)
    {
        ImageClaim claim = new() { Record = path, Kind = RecordKind.Manifest };
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(claim, document.RootElement) : claim with { Unverifiable = "is JSON, but no record" };
        }
        catch (JsonException e)
        {
            return claim with { Unverifiable = $"is no JSON from line {(e.LineNumber ?? 0) + 1} on, or says something twice" };
        }
    }

    private static ImageClaim Read(ImageClaim claim, JsonElement root)
    {
        if (Part(root, "backup_metadata") is not { } metadata)
        {
            return Part(root, "integrity_verification") is null && Part(root, "backup_status") is null
                ? claim with { Skipped = "is a record of another kind" }
                : claim with { Unverifiable = "lacks its part backup_metadata" };
        }

        claim = claim with
        {
            RunId = Text(metadata, "run_id"),
            Since = DateTimeOffset.TryParse(Text(metadata, "created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out DateTimeOffset created) ? created : null,
        };
        string? name = Part(root, "output_files") is { } files ? Text(files, "iso_filename") : null;
        if (!string.IsNullOrEmpty(name) && (!ImageClaim.IsBelow(name) || name.Contains('/') || name.Contains('\\')))
        {
            return claim with { Unverifiable = "names an image that is not in its own folder" };
        }

        claim = claim with { Name = string.IsNullOrEmpty(name) ? null : name };
        string? status = Part(root, "backup_status") is { } states ? Text(states, "overall_status") : null;
        if (metadata.TryGetProperty("dry_run", out JsonElement isDry) && isDry.ValueKind == JsonValueKind.True)
        {
            return claim with { Skipped = "is of a dry run, which made no image" };
        }

        if (WithoutImage.Contains(status))
        {
            return claim with { Skipped = $"is of a run that ended as '{status}': there is no image that it vouches for", IsOfFailedRun = status == Failed };
        }

        if (!Good.Contains(status))
        {
            return claim with { Unverifiable = status is null ? "does not say how its run ended" : "says that its run ended in a way that is not known" };
        }

        if (claim.Name is null)
        {
            return claim with { Unverifiable = "does not name its image" };
        }

        claim = claim with
        {
            Size = Part(root, "output_files")!.Value.TryGetProperty("iso_file_size_bytes", out JsonElement size) && size.ValueKind == JsonValueKind.Number && size.TryGetInt64(out long bytes) ? bytes : null,
            UnreadableSectors = Part(root, "sectors") is { } sectors && sectors.TryGetProperty("unreadable", out JsonElement count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out long lost) ? lost : 0,
        };
        return Part(root, "integrity_verification") is { } integrity ? WithHashes(claim, integrity) : claim with { Unverifiable = "has no hash of the disc: its part integrity_verification is missing" };
    }

    /// <summary>What was read from the disc is what counts: of the image, there may have been no second reading.</summary>
    private static ImageClaim WithHashes(ImageClaim claim, JsonElement integrity)
    {
        Dictionary<HashKind, string> hashes = [];
        string? algorithm = Text(integrity, "hash_algorithm");
        HashKind? kind = algorithm is null ? HashKind.Md5 : HashKind.All.FirstOrDefault(one => one.Title.Equals(algorithm, StringComparison.OrdinalIgnoreCase)) ?? HashKind.Find(algorithm);
        if (kind is null)
        {
            return claim with { Unverifiable = "names a kind of hash that is not known" };
        }

        List<(HashKind Kind, JsonElement Value)> said = [];
        Add(kind, "source_hash");
        Add(HashKind.Sha256, "sha256_source_hash");
        if (integrity.TryGetProperty("readings", out JsonElement readings) && readings.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement reading in readings.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object && Text(one, "what") == "disc"))
            {
                said.AddRange(Part(reading, "hashes") is { } all
                    ? all.EnumerateObject().Select(hash => (HashKind.Find(hash.Name), hash.Value)).Where(hash => hash.Item1 is not null).Select(hash => (hash.Item1!, hash.Value)) : []);
            }
        }

        foreach ((HashKind one, JsonElement value) in said)
        {
            if (ImageClaim.HashOf(one, value.ValueKind == JsonValueKind.String ? value.GetString() : null) is not { } hash)
            {
                return claim with { Unverifiable = $"has {(value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Length == 0) ? "a blank" : "something else")} where its {one.Title} should be" };
            }

            if (hashes.TryGetValue(one, out string? other) && other != hash)
            {
                return claim with { Unverifiable = $"has two {one.Title} for the disc, which differ" };
            }

            hashes[one] = hash;
        }

        return hashes.Count > 0 ? claim with { Hashes = hashes } : claim with { Unverifiable = "has no hash of the disc" };

        void Add(HashKind one, string key)
        {
            if (integrity.TryGetProperty(key, out JsonElement value))
            {
                said.Add((one, value));
            }
        }
    }

    private static JsonElement? Part(JsonElement of, string key) => of.TryGetProperty(key, out JsonElement part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static string? Text(JsonElement of, string key) => of.TryGetProperty(key, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
