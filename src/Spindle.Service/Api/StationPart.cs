// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spindle.Service.Api;

/// <summary>What a drive is to be called.</summary>
/// <param name="Name">The name; empty for none.</param>
internal sealed record NamePart(string Name);

/// <summary>What a disc is called.</summary>
/// <param name="Identifier">Its call number.</param>
/// <param name="Title">As the list of titles has it.</param>
internal sealed record TitlePart(string Identifier, string Title);

/// <summary>Something that is kept back, or no longer.</summary>
/// <param name="Paused">Whether no job is to begin.</param>
/// <param name="Operator">Who says so.</param>
internal sealed record PausePart(bool Paused, string? Operator = null);

/// <summary>What is to begin by itself in a drive.</summary>
/// <param name="Request">What is asked of each disc: the request of an image, without source and name (docs/formats/requests.md).</param>
/// <param name="Template">How images are called: <c>{nn}</c> counts, <c>{batch}</c>, <c>{volume}</c>; null for the volume's name.</param>
/// <param name="Batch">The batch that they belong to.</param>
internal sealed record ArmPart(JsonElement Request, string? Template = null, string? Batch = null);

/// <summary>A batch that is to be open, or closed.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Closed">Whether it takes no jobs any more.</param>
/// <param name="Operator">Who says so.</param>
internal sealed record BatchChangePart(string Name, bool Closed = false, string? Operator = null);

/// <summary>Jobs that belong together.</summary>
/// <param name="Name">What people call them.</param>
/// <param name="Jobs">How many are known.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it was closed; null while it takes jobs.</param>
/// <param name="LastAt">When its last job was entered; null where it has none.</param>
internal sealed record BatchPart(string Name, long Jobs, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateTimeOffset? LastAt);

/// <summary>Batches: <c>spindle/batches/1</c>.</summary>
/// <param name="Batches">Those with the newest jobs first.</param>
internal sealed record BatchesPart(IReadOnlyList<BatchPart> Batches)
{
    /// <summary>Which document it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/batches/1";
}
