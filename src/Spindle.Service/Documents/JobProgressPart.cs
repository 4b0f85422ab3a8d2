// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Spindle.Service.Documents;

/// <summary>How far a job is: the last line of its <c>spindle/progress/1</c> (docs/formats/progress.md).</summary>
public sealed record JobProgressPart
{
    /// <summary>What is being done, in small letters and hyphens.</summary>
    public string Stage { get; init; } = "";

    /// <summary>How much of this stage is done.</summary>
    public long Done { get; init; }

    /// <summary>How much there is; null where that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>The unit: <c>B</c>, or a word for several.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What is being worked on.</summary>
    public string? Item { get; init; }

    /// <summary>What has gone wrong so far.</summary>
    public JobTroublePart? Trouble { get; init; }

    /// <summary>Units a second; null where nothing can be said yet.</summary>
    public double? Rate { get; init; }

    /// <summary>How long this stage still takes; null where nobody knows, and where nothing moves.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Since this stage began.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>Since anything was heard of the work last.</summary>
    public double SilentSeconds { get; init; }

    /// <summary>How much is done, in percent and rounded down, so that 100 is all of it; null where the total is not known.</summary>
    public int? Percent => Total is > 0 and { } total ? (int)Int128.Clamp(100 * (Int128)Done / total, 0, 100) : null;

    /// <summary>Reads a line.</summary>
    /// <returns>Null where it is none.</returns>
    public static JobProgressPart? Parse(string? line)
    {
        try
        {
            return line is null ? null : JsonSerializer.Deserialize(line, JobsJson.Form.JobProgressPart) is { Stage.Length: > 0 } progress ? progress : null;
        }
        catch (JsonException)
        {
            return null; // a line that was cut off, or something else that was written there
        }
    }
}

/// <summary>What has gone wrong in some work.</summary>
/// <param name="Count">How often.</param>
/// <param name="What">Of what, as for several.</param>
public sealed record JobTroublePart(long Count, string What);
