// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Spindle.Media;
using Spindle.Service.Jobs;
using Spindle.Station.Contract;

namespace Spindle.Service.Documents;

/// <summary>Jobs of a register: <c>spindle/jobs/1</c>.</summary>
public sealed record JobsDocument : Document
{
    /// <summary>How it is written as JSON.</summary>
    [JsonIgnore]
    public static JsonTypeInfo<JobsDocument> Form => JobsJson.Form.JobsDocument;

    /// <summary>The jobs, the newest first.</summary>
    public required IReadOnlyList<JobPart> Jobs { get; init; }

    /// <summary>What to ask for next: jobs before this number; null where there are no others.</summary>
    public long? Next { get; init; }

    /// <summary>Whether a service runs them now.</summary>
    public required bool Serving { get; init; }

    /// <summary>What a person keeps back: drives in which no job begins, or the station.</summary>
    public IReadOnlyList<PausedPart> Paused { get; init; } = [];

    /// <inheritdoc/>
    protected override string Verb => "jobs";

    /// <summary>A page of jobs.</summary>
    /// <param name="register">Where they stand.</param>
    /// <param name="filter">Which.</param>
    /// <param name="before">Numbers below this only; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="watch">Who runs them, as far as that is seen.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<JobsDocument> ReadAsync(IRegister register, JobFilter filter, long? before, int limit, JobWatch watch, CancellationToken cancellationToken)
    {
        IReadOnlyList<Job> jobs = await register.ListAsync(filter, before, limit + 1, cancellationToken);
        DateTimeOffset now = await register.NowAsync(cancellationToken);
        JobSurroundings around = await watch.AroundAsync(register, cancellationToken);
        return new()
        {
            Jobs = [.. jobs.Take(limit).Select(job => JobPart.Of(job, now, around))],
            Next = jobs.Count > limit ? jobs[limit - 1].Number : null,
            Serving = watch.IsServing,
            Paused = [.. (await register.HoldsAsync(cancellationToken)).Select(PausedPart.Of)],
        };
    }
}

/// <summary>Something that a person keeps back.</summary>
/// <param name="Kind"><c>drive</c>, or <c>station</c>.</param>
/// <param name="Name">Which one.</param>
/// <param name="Since">Since when.</param>
/// <param name="By">Who said so; null where nobody did.</param>
public sealed record PausedPart(string Kind, string Name, DateTimeOffset Since, string? By)
{
    /// <summary>A resource in plain English.</summary>
    internal static string WordsOf(string resource) => resource.Split(':', 2) is ["drive", var drive] ? $"the drive {drive}" : resource.StartsWith("station:", StringComparison.Ordinal) ? "all jobs" : resource;

    internal static PausedPart Of(Hold hold)
    {
        string[] parts = hold.Resource.Split(':', 2);
        return new(parts[0], parts[^1], hold.At, hold.By.Length == 0 ? null : hold.By);
    }
}

/// <summary>What whoever runs jobs sees of them.</summary>
/// <param name="Station">The name of the station.</param>
/// <param name="IsServing">Whether somebody runs them.</param>
/// <param name="Live">What is seen now.</param>
public sealed record JobWatch(string Station, bool IsServing, Func<IReadOnlyDictionary<Guid, JobLive>> Live)
{
    /// <summary>Seen from another process: the register alone tells.</summary>
    /// <param name="station">The name of the station.</param>
    /// <param name="isServing">Whether somebody runs them.</param>
    public static JobWatch Afar(string station, bool isServing) => new(station, isServing, () => JobSurroundings.Unknown.Live);

    /// <summary>What is known around all jobs.</summary>
    public async Task<JobSurroundings> AroundAsync(IRegister register, CancellationToken cancellationToken) =>
        new(await register.WaitsAsync(Station, cancellationToken), await register.OpenQuestionsAsync(cancellationToken), Live());
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JobsDocument))]
[JsonSerializable(typeof(JobPart))]
[JsonSerializable(typeof(JobProgressPart))]
internal sealed partial class JobsJson : JsonSerializerContext
{
    public static JobsJson Form { get; } = new(JsonForm.Options());
}
