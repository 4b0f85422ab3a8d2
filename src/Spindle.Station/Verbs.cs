// SPDX-License-Identifier: MIT
using Spindle.Station.Contents;
using Spindle.Station.Contract;
using Spindle.Station.Drives;
using Spindle.Station.Events;
using Spindle.Station.Finding;
using Spindle.Station.Inspecting;
using Spindle.Station.Verifying;

namespace Spindle.Station;

/// <summary>All verbs that a station knows.</summary>
public static class Verbs
{
    /// <summary>All of them, by their names.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        DamageVerb.Verb,
        DrivesVerb.Verb,
        EventsVerb.Verb,
        ExtractVerb.Verb,
        FindVerb.Verb,
        InspectVerb.Verb,
        ListVerb.Verb,
        TreeVerb.Verb,
        VerifyVerb.Verb,
        WhereVerb.Verb,
    ];
}
