// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spindle.Catalogue;

/// <summary>What a plan was told and found out: all that its discs need beside the catalogue to be made again.</summary>
public sealed record PlanDetail
{
    /// <summary>The <see cref="Format"/> in which discs list what is gone; without it, in 1, they did not.</summary>
    public const int FormatWithGone = 2;

    /// <summary>Form of what is written, as format.txt tells. A later program that writes another one keeps this one for old plans.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The program that planned, as the discs name it.</summary>
    public required string Tool { get; init; }

    /// <summary>Names of job and client as they were.</summary>
    public required string Job { get; init; }

    /// <summary>Name of the client as it was.</summary>
    public required string Client { get; init; }

    /// <summary>The capacity as it was asked for, such as <c>bd</c>.</summary>
    public required string Capacity { get; init; }

    /// <summary>Sectors that the images may have: the capacity without reserve and room for check data.</summary>
    public required long ImageSectors { get; init; }

    /// <summary>Percent of check data that is added to each image; null for none.</summary>
    public double? ParityPercent { get; init; }

    /// <summary>Whether the catalogue on the discs is compressed.</summary>
    public bool IsCatalogueCompressed { get; init; }

    /// <summary>Whether the discs have a list of SHA-512, too.</summary>
    public bool HasSha512 { get; init; }

    /// <summary>Discs that were known to exist at the plan, so that each of its own discs proves them: as <see cref="DiscNumbers"/>.</summary>
    public string? Written { get; init; }

    /// <summary>Discs that were withdrawn before this plan, or for it: nothing counts on them.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>Parity discs that each set of the plan's discs gets, 1 to 8; null where there are no sets.</summary>
    public int? ParityDiscs { get; init; }

    /// <summary>Discs that a set has at most.</summary>
    public int? SetSize { get; init; }

    /// <summary>Number of the plan's first set, from 0, through all plans.</summary>
    public int? FirstSet { get; init; }

    /// <summary>Discs that no plan could have done with fewer of.</summary>
    public int LowerBound { get; init; }

    /// <summary>The share of files that are on one disc with all others of their directory: 0 to 1.</summary>
    public double Cohesion { get; init; }

    /// <summary>How many discs a directory is on, on average.</summary>
    public double Spread { get; init; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static PlanDetail Parse(string json) => JsonSerializer.Deserialize(json, PlanDetailJson.Default.PlanDetail) ?? throw new JsonException("a plan without anything");

    /// <summary>The JSON that the catalogue keeps.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, PlanDetailJson.Default.PlanDetail);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanDetail))]
internal sealed partial class PlanDetailJson : JsonSerializerContext;
