// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Service.Documents;
using Spindle.Service.Jobs;
using Spindle.Service.Pages.Working;

namespace Spindle.Service.Pages;

/// <summary>How far a job is, in the words of the page.</summary>
/// <param name="Number">Of the job.</param>
/// <param name="Part">Which share of its stage is done, from 0 to 1; null where nobody knows.</param>
/// <param name="Fields">Texts, by the names of their places.</param>
internal sealed record JobNews(long Number, double? Part, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>Of a job, as of a moment.</summary>
    public static JobNews Of(JobPart job, DateTimeOffset now) => new(job.Number, JobWords.Part(job), JobWords.Fields(job, now));
}

/// <summary>That something else is on the page from now on: a job came, began, asks, ended.</summary>
/// <param name="Text">One sentence, for those who hear it, too.</param>
/// <param name="Ended">Whether a job ended.</param>
/// <param name="Good">Whether it came to what it should.</param>
internal sealed record ChangeNews(string Text, bool Ended, bool Good)
{
    /// <summary>Of a job.</summary>
    public static ChangeNews Of(JobPart job) => new(JobWords.Sentence(job), job.State == JobState.Ended, job.Outcome == JobOutcome.Done);

    /// <summary>Of what a person changed about the station.</summary>
    public static ChangeNews Of(RegisterEvent change) => new(change.Kind switch
    {
        RegisterEventKind.Held => $"Paused: {PausedPart.WordsOf(change.Detail)}.",
        RegisterEventKind.Freed => $"Not paused: {PausedPart.WordsOf(change.Detail)}.",
        RegisterEventKind.BatchClosed => $"Batch {change.Detail} was closed.",
        _ => $"Batch {change.Detail} was opened.",
    }, Ended: false, Good: true);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JobNews))]
[JsonSerializable(typeof(ChangeNews))]
internal sealed partial class PagesJson : JsonSerializerContext
{
    public static PagesJson InOneLine { get; } = new(new(JsonForm.Options()) { WriteIndented = false });
}
