// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spindle.Catalogue.Health;

/// <summary>What <c>event.detail</c> holds of a check; docs/formats/catalogue.md explains it.</summary>
internal sealed record CheckDetail
{
    public required string Format { get; init; }

    public required int Roots { get; init; }

    public required long Blocks { get; init; }

    public required long SectorsMissing { get; init; }

    public required long ChecksumMismatches { get; init; }

    public required long SilentErrors { get; init; }

    public required long BlocksLost { get; init; }

    public required int WorstBlock { get; init; }

    public required int WorstMargin { get; init; }

    public required long LongestBearableBurst { get; init; }

    public required double CopyNowShare { get; init; }

    /// <summary>Up to the worst block: what comes behind is zero.</summary>
    public required IReadOnlyList<long> BlocksByWrongSectors { get; init; }

    public static CheckDetail Of(string format, DiscCheck check) => new()
    {
        Format = format,
        Roots = check.Roots,
        Blocks = check.Blocks,
        SectorsMissing = check.SectorsMissing,
        ChecksumMismatches = check.ChecksumMismatches,
        SilentErrors = check.SilentErrors,
        BlocksLost = check.BlocksLost,
        WorstBlock = check.WorstBlock,
        WorstMargin = check.WorstMargin,
        LongestBearableBurst = check.LongestBearableBurst,
        CopyNowShare = check.CopyNowShare,
        BlocksByWrongSectors = [.. check.BlocksByWrongSectors.Take(check.WorstBlock + 1)],
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote; null where it is something else.</summary>
    public static CheckDetail? Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CheckDetailJson.Default.CheckDetail) is { Roots: > 0, BlocksByWrongSectors: not null } detail ? detail : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, CheckDetailJson.Default.CheckDetail);
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckDetail))]
internal sealed partial class CheckDetailJson : JsonSerializerContext;
