// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Media;
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>What is known of a member of a set.</summary>
[JsonConverter(typeof(JsonForm.Words<SetState>))]
public enum SetState
{
    /// <summary>It is at hand; it was not read.</summary>
    There,

    /// <summary>It was read, and each piece is as it was written.</summary>
    Whole,

    /// <summary>It was read, and something of it is missing or not as it was written.</summary>
    Damaged,

    /// <summary>It is not at hand.</summary>
    Missing,
}

/// <summary>A member of a set, and what is known of it.</summary>
/// <param name="Member">What it is to be.</param>
/// <param name="Path">Where it is; null where it is missing.</param>
/// <param name="State">What is known.</param>
public sealed record SetMemberState(SetMember Member, string? Path, SetState State);

/// <summary>A set that was looked at.</summary>
/// <param name="Table">The set.</param>
/// <param name="Members">Its members, discs first.</param>
/// <param name="MayLose">How many more may be lost as a whole; negative where too many are missing already.</param>
/// <param name="Damaged">What of those at hand is damaged.</param>
/// <param name="Concerns">What does not hold.</param>
/// <param name="Others">What was named and is none of the set.</param>
public sealed record SetCheckResult(
    SetTable Table, IReadOnlyList<SetMemberState> Members, int MayLose, IReadOnlyList<SetRange> Damaged, IReadOnlyList<Failure> Concerns, IReadOnlyList<Failure> Others);
