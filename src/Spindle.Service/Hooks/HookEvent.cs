// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;

namespace Spindle.Service.Hooks;

/// <summary>What a hook is told: <c>spindle/hook/1</c>.</summary>
public sealed record HookEvent
{
    /// <summary>How it is written as JSON.</summary>
    [JsonIgnore]
    public static JsonTypeInfo<HookEvent> Form => HookJson.Form.HookEvent;

    /// <summary>Of what form it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/hook/1";

    /// <summary>Names it: who is told twice, for it did not say that it had heard, knows that by this.</summary>
    public required string Id { get; init; }

    /// <summary>What happened.</summary>
    [JsonConverter(typeof(JsonForm.Words<HookKind>))]
    public required HookKind Kind { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>It in one sentence, for a mail or a message.</summary>
    public required string Text { get; init; }

    /// <summary>The job; null for a digest.</summary>
    public JobPart? Job { get; init; }

    /// <summary>The day's jobs; null for all but a digest.</summary>
    public HookDigest? Digest { get; init; }
}

/// <summary>What a hook is told of.</summary>
public enum HookKind
{
    /// <summary>A job needs a person: a disc, or an answer.</summary>
    Asked,

    /// <summary>A job did all that was asked for.</summary>
    Done,

    /// <summary>A job did not do all of it.</summary>
    Incomplete,

    /// <summary>A job could not be done.</summary>
    Failed,

    /// <summary>A job was stopped.</summary>
    Cancelled,

    /// <summary>The process of a job broke.</summary>
    Crashed,

    /// <summary>Nobody knows what became of a job.</summary>
    Lost,

    /// <summary>What a day's jobs came to; not told of a day without any.</summary>
    Digest,
}

/// <summary>What a day's jobs came to.</summary>
/// <param name="Day">Which day, by the clock on the wall.</param>
/// <param name="Outcomes">How many came to what, such as <c>done</c>.</param>
/// <param name="Troubled">Those that are to be looked at, the newest first; a hundred at most.</param>
public sealed record HookDigest(DateOnly Day, IReadOnlyDictionary<string, int> Outcomes, IReadOnlyList<HookedJob> Troubled);

/// <summary>A job that is to be looked at.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Failure">Why.</param>
public sealed record HookedJob(long Number, string Title, [property: JsonConverter(typeof(JsonForm.Words<JobOutcome>))] JobOutcome Outcome, Failure? Failure);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HookEvent))]
[JsonSerializable(typeof(HookPlace))]
internal sealed partial class HookJson : JsonSerializerContext
{
    public static HookJson Form { get; } = new(JsonForm.Options());
}
