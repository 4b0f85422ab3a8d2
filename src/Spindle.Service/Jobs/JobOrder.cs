// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>A job that is to be entered.</summary>
public sealed record JobOrder
{
    /// <summary>Names it for ever: a version 7 uuid (RFC 9562 §5.7) that the caller draws, so that the same order sent twice is one job.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is asked for, such as <c>image</c>.</summary>
    public required string Verb { get; init; }

    /// <summary>What people call it, such as <c>box12-07</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The verb's request, as JSON. Two requests are the same if their text is.</summary>
    public required string Request { get; init; }

    /// <summary>
    /// What no two jobs may have at a time; it gets all of them at once, or waits: <c>drive:IDENTITY</c>, <c>catalogue:PATH</c>,
    /// <c>target:PATH</c>, each of them one thing in the whole register; and <see cref="Processor"/>.
    /// </summary>
    public IReadOnlyList<string> Resources { get; init; } = [];

    /// <summary>The only station that may do it; null where any may.</summary>
    public string? Station { get; init; }

    /// <summary>Whether it can be begun anew elsewhere when its station is gone, as a verification can; what reads the disc in a drive can't.</summary>
    public bool IsMovable { get; init; }

    /// <summary>The higher goes first; 0 is usual. From -<see cref="MostPriority"/> to that, as people give it.</summary>
    public int Priority { get; init; }

    /// <summary>The batch that it belongs to.</summary>
    public string? Batch { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? Operator { get; init; }

    /// <summary>The highest priority that can be asked for.</summary>
    public const int MostPriority = 1000;

    /// <summary>The resource that hashing and parity ask for: each station has <see cref="ProcessorTokens"/> of it.</summary>
    public const string Processor = "cpu";

    /// <summary>How many jobs of a station may have <see cref="Processor"/> at a time.</summary>
    public const int ProcessorTokens = 2;
}
