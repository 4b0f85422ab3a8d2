// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Service.Web;

/// <summary>What went wrong, for programs: problem details (RFC 9457 §3).</summary>
public sealed record Problem
{
    /// <summary>Names the kind of problem: <c>urn:spindle:error:CODE</c>.</summary>
    public string Type => $"urn:spindle:error:{Code}";

    /// <summary>What could not be done, in plain English.</summary>
    public required string Title { get; init; }

    /// <summary>What to do next; null where nothing is known to help.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The stable name of what went wrong: docs/errors.md has all.</summary>
    public required string Code { get; init; }

    /// <summary>The address of what is there already; null where that is not what went wrong.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class WebJson : JsonSerializerContext
{
    public static WebJson Form { get; } = new(JsonForm.Options());
}
