// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;

namespace Spindle.Service.Managing;

/// <summary>Which jobs are listed.</summary>
public sealed record JobsRequest
{
    /// <summary>How many at most, if nobody says so.</summary>
    public const int UsualLimit = 50;

    /// <summary>Only those in this state, as <c>running</c>; or of this outcome, as <c>failed</c>; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>Only those of this batch; null for all.</summary>
    public string? Batch { get; init; }

    /// <summary>Only those before this number; null for the newest.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most, 1 to 1000.</summary>
    public int Limit { get; set; } = UsualLimit;
}

/// <summary>Which job is meant.</summary>
/// <param name="Number">Its number.</param>
public sealed record JobRequest(long Number);

/// <summary>What is to become a job.</summary>
/// <param name="File">A request in JSON (docs/formats/requests.md).</param>
/// <param name="Folder">From where its relative paths are meant.</param>
public sealed record AddJobRequest(string File, string Folder)
{
    /// <summary>What people are to call it; null for what the request says.</summary>
    public string? Title { get; init; }

    /// <summary>The higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>The batch that it belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>Who asks for it.</summary>
    public string? Operator { get; init; }
}

/// <summary>Which job is to stop.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Now">Whether at once, and not in order.</param>
/// <param name="By">Who says so.</param>
public sealed record StopJobRequest(long Number, bool Now, string? By = null);

/// <summary>Which job is to be done once more, or is given free.</summary>
/// <param name="Number">Its number.</param>
/// <param name="By">Who says so.</param>
public sealed record AgainRequest(long Number, string? By = null);

/// <summary>Which priority a queued job is to have.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Priority">The higher goes first, from -1000 to 1000; null for before all that wait now.</param>
/// <param name="By">Who says so.</param>
public sealed record PrioritizeRequest(long Number, int? Priority, string? By = null);

/// <summary>What is to be kept back, or no longer.</summary>
/// <param name="Drive">A drive, by its path, its identity or its name; null for all jobs of this station.</param>
/// <param name="Paused">Whether no job is to begin.</param>
/// <param name="By">Who says so.</param>
public sealed record PauseRequest(string? Drive, bool Paused, string? By = null);

/// <summary>Which batch is to be open, or closed.</summary>
/// <param name="Batch">What it is called.</param>
/// <param name="Closed">Whether it takes no jobs any more.</param>
/// <param name="By">Who says so.</param>
public sealed record BatchRequest(string Batch, bool Closed, string? By = null);

/// <summary>An answer to what a job asks.</summary>
/// <param name="Number">The job's number.</param>
/// <param name="Answer"><c>yes</c> or <c>no</c>.</param>
/// <param name="By">Who says so.</param>
public sealed record AnswerJobRequest(long Number, string Answer, string By);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JobsRequest))]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(AddJobRequest))]
[JsonSerializable(typeof(StopJobRequest))]
[JsonSerializable(typeof(AgainRequest))]
[JsonSerializable(typeof(AnswerJobRequest))]
[JsonSerializable(typeof(PrioritizeRequest))]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(BatchRequest))]
internal sealed partial class JobsRequestJson : JsonSerializerContext
{
    public static JobsRequestJson Form { get; } = new(JsonForm.Options());
}
