// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Service.Jobs;

/// <summary>How a job ended.</summary>
public sealed record JobEnd
{
    /// <summary>What it came to.</summary>
    public required JobOutcome Outcome { get; init; }

    /// <summary>The verb's document, as JSON; null where there is none.</summary>
    public string? Document { get; init; }

    /// <summary>Where that document lies, on the station.</summary>
    public string? DocumentPath { get; init; }

    /// <summary>What stopped it.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The exit code of its process; null where a signal ended it, or nobody saw its end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended its process.</summary>
    public int? Signal { get; init; }
}
