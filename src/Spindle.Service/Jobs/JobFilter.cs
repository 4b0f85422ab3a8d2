// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>Which jobs are wanted: all that have everything that is named here.</summary>
public sealed record JobFilter
{
    /// <summary>All jobs.</summary>
    public static JobFilter All { get; } = new();

    /// <summary>One of these states; empty for any.</summary>
    public IReadOnlyList<JobState> States { get; init; } = [];

    /// <summary>This verb.</summary>
    public string? Verb { get; init; }

    /// <summary>This batch.</summary>
    public string? Batch { get; init; }

    /// <summary>This operator.</summary>
    public string? Operator { get; init; }

    /// <summary>This among its resources, such as <c>drive:IDENTITY</c>.</summary>
    public string? Resource { get; init; }
}
