// SPDX-License-Identifier: MIT
using Spindle.Station.Contract;
using Spindle.Station.Finding;
using Spindle.Station.Verifying;

namespace Spindle.Station;

/// <summary>All verbs that a station knows.</summary>
public static class Verbs
{
    /// <summary>All of them, by their names.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        Events.EventsVerb.Verb,
        FindVerb.Verb,
        VerifyVerb.Verb,
        WhereVerb.Verb,
    ];
}
