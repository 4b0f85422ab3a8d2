// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Service.Jobs;

namespace Spindle.Service.Api;

/// <summary>A job that is asked for.</summary>
/// <param name="Verb">A verb's name, such as <c>image</c>.</param>
/// <param name="Request">Its request (docs/formats/requests.md); paths begin at the root.</param>
/// <param name="Id">A version 7 uuid that names the job for ever: the same order sent twice is one job. Null for one that is drawn.</param>
/// <param name="Title">What people call it; null for what its request says.</param>
/// <param name="Priority">The higher goes first.</param>
/// <param name="Batch">The batch that it belongs to.</param>
/// <param name="Operator">Who asks for it.</param>
internal sealed record OrderPart(string Verb, JsonElement Request, Guid? Id = null, string? Title = null, int Priority = 0, string? Batch = null, string? Operator = null)
{
    private const int LongestTitle = 200; // characters

    /// <summary>Refuses what no page could show.</summary>
    /// <exception cref="OperationFailedException"><c>not-a-request</c>.</exception>
    public void Check()
    {
        Limit("title", Title);
        Limit("batch", Batch);
        Limit("operator", Operator);
    }

    /// <summary>Refuses a text that is too long for what it says.</summary>
    internal static void Limit(string key, string? text)
    {
        if (text is not null && (text.Length > LongestTitle || text.Any(char.IsControl)))
        {
            throw Failures.TooLong(key, LongestTitle);
        }
    }
}

/// <summary>How a job is to stop.</summary>
/// <param name="Hard">At once, and not in order.</param>
/// <param name="Operator">Who asks for it.</param>
internal sealed record StopPart(bool Hard = false, string? Operator = null);

/// <summary>When a queued job is to have its turn.</summary>
/// <param name="Priority">The higher goes first, from -1000 to 1000; null for before all that wait now.</param>
/// <param name="Operator">Who asks for it.</param>
internal sealed record PriorityPart(int? Priority = null, string? Operator = null);

/// <summary>Who asks for something.</summary>
/// <param name="Operator">The person's name.</param>
internal sealed record ByPart(string? Operator = null);

/// <summary>An answer to what a job asks.</summary>
/// <param name="Question">The question's id.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Operator">Whose it is.</param>
internal sealed record AnswerPart(Guid Question, AnswerWord Answer, string? Operator = null);

/// <summary>What can be answered.</summary>
[JsonConverter(typeof(JsonForm.Words<AnswerWord>))]
internal enum AnswerWord
{
    /// <summary>No.</summary>
    No,

    /// <summary>Yes.</summary>
    Yes,
}

/// <summary>The files that a job made: <c>spindle/job-files/1</c>.</summary>
/// <param name="Files">Those that are still there.</param>
internal sealed record FilesPart(IReadOnlyList<FilePart> Files)
{
    /// <summary>Which document it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/job-files/1";
}

/// <summary>A file that a job made.</summary>
/// <param name="Name">Its name, at which it can be fetched.</param>
/// <param name="Path">Where it lies, on the station.</param>
/// <param name="Bytes">How long it is.</param>
internal sealed record FilePart(string Name, string Path, long Bytes);

/// <summary>What was reported of a job when it was not its station's any more: <c>spindle/late-reports/1</c>.</summary>
/// <param name="Reports">The reports, the oldest first.</param>
internal sealed record LateReportsPart(IReadOnlyList<LateReportPart> Reports)
{
    /// <summary>Which document it is.</summary>
    [JsonPropertyOrder(-1)]
    public string Schema { get; } = "spindle/late-reports/1";
}

/// <summary>A report that came too late.</summary>
/// <param name="Token">By which it is decided.</param>
/// <param name="Station">Who reported it.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">What the work came to.</param>
/// <param name="Taken">What was decided: it became the result, or it was discarded; null before that.</param>
internal sealed record LateReportPart(Guid Token, string Station, DateTimeOffset At, [property: JsonConverter(typeof(JsonForm.Words<JobOutcome>))] JobOutcome Outcome, bool? Taken);

/// <summary>A person's word on a report that came too late.</summary>
/// <param name="Token">Which report.</param>
/// <param name="Take">It becomes the job's result; else it is discarded.</param>
/// <param name="Operator">Whose word it is.</param>
internal sealed record DecisionPart(Guid Token, bool Take, string? Operator = null);
