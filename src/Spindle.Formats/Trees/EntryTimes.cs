// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>When what happened to a file, as its view tells; null where it does not.</summary>
/// <remarks>Files that lie side by side mostly agree, and share one then: four dates are a third of what is kept of a file.</remarks>
internal sealed record EntryTimes
{
    /// <summary>Of a file of which no time is known.</summary>
    public static EntryTimes Unknown { get; } = new();

    /// <summary>When the content was last changed.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>When the content was last read.</summary>
    public DateTimeOffset? Accessed { get; init; }

    /// <summary>When the attributes were last changed.</summary>
    public DateTimeOffset? Changed { get; init; }

    /// <summary>When it came into being.</summary>
    public DateTimeOffset? Created { get; init; }
}
