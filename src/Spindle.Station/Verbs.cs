// SPDX-License-Identifier: MIT
using Spindle.Station.Contents;
using Spindle.Station.Contract;
using Spindle.Station.Discs;
using Spindle.Station.Drives;
using Spindle.Station.Events;
using Spindle.Station.Exchanging;
using Spindle.Station.Finding;
using Spindle.Station.Inspecting;
using Spindle.Station.Protecting;
using Spindle.Station.Verifying;

namespace Spindle.Station;

/// <summary>All verbs that a station knows.</summary>
public static class Verbs
{
    /// <summary>All of them, by their names.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        CheckVerb.Verb,
        CountVerb.Verb,
        DamageVerb.Verb,
        DiscsVerb.Verb,
        DrivesVerb.Verb,
        EventsVerb.Verb,
        ExportVerb.Verb,
        ExtractVerb.Verb,
        FindVerb.Verb,
        ImportVerb.Verb,
        InspectVerb.Verb,
        ListVerb.Verb,
        ProtectVerb.Verb,
        RepairVerb.Verb,
        TreeVerb.Verb,
        VerifyVerb.Verb,
        WhereVerb.Verb,
    ];
}
