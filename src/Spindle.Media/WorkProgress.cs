// SPDX-License-Identifier: MIT
namespace Spindle.Media;

/// <summary>How far some work is: totals, never steps. All work of all kinds tells of itself in this.</summary>
/// <remarks>It may be told as often as it changes: who shows it chooses what of it is shown.</remarks>
/// <param name="Stage">What is being done: a word of small letters and hyphens, without numbers, such as <c>laying-out</c>.</param>
/// <param name="Done">How much of this stage is done, from 0.</param>
/// <param name="Total">How much there is; 0 where that is not known.</param>
/// <param name="Unit">What is counted: <see cref="Bytes"/>, or a word for several, such as <c>sectors</c>.</param>
public readonly record struct WorkProgress(string Stage, long Done, long Total, string Unit)
{
    /// <summary>The unit of bytes.</summary>
    public const string Bytes = "B";

    /// <summary>What is being worked on just now; null where there is nothing to name.</summary>
    public string? Item { get; init; }

    /// <summary>What has gone wrong up to now; null for nothing.</summary>
    public WorkTrouble? Trouble { get; init; }

    /// <summary>Whether a drive is waited for, and not a storage.</summary>
    public bool IsOfDrive { get; init; }

    /// <summary>Whether what is left will come as what is done came; not so where a damaged disc is tried again.</summary>
    public bool IsSteady { get; init; } = true;
}

/// <summary>What has gone wrong in some work.</summary>
/// <param name="Count">How often, from 1.</param>
/// <param name="What">Of what, as for several, such as <c>sectors unreadable</c>.</param>
public readonly record struct WorkTrouble(long Count, string What)
{
    /// <summary>Trouble, or null where there was none.</summary>
    public static WorkTrouble? Of(long count, string what) => count > 0 ? new(count, what) : null;
}
