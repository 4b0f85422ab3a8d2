// SPDX-License-Identifier: MIT
using Spindle.Station.AccessCopies;
using Spindle.Station.Archiving;
using Spindle.Station.Auditing;
using Spindle.Station.Batches;
using Spindle.Station.Burning;
using Spindle.Station.Contents;
using Spindle.Station.Contract;
using Spindle.Station.Demonstrating;
using Spindle.Station.Discs;
using Spindle.Station.Drives;
using Spindle.Station.Events;
using Spindle.Station.Exchanging;
using Spindle.Station.Finding;
using Spindle.Station.Imaging;
using Spindle.Station.Inspecting;
using Spindle.Station.Labels;
using Spindle.Station.Merging;
using Spindle.Station.Mounting;
using Spindle.Station.Protecting;
using Spindle.Station.Restoring;
using Spindle.Station.Robots;
using Spindle.Station.Sets;
using Spindle.Station.Vaults;
using Spindle.Station.Verifying;

namespace Spindle.Station;

/// <summary>All verbs that a station knows.</summary>
public static class Verbs
{
    /// <summary>All of them, by their names.</summary>
    public static IReadOnlyList<IVerb> All { get; } =
    [
        AccessVerb.Verb,
        ArchiveVerb.Verb,
        AuditVerb.Verb,
        BatchVerb.Verb,
        BurnVerb.Verb,
        CheckVerb.Verb,
        CountVerb.Verb,
        DamageVerb.Verb,
        DemoVerb.Verb,
        DiscsVerb.Verb,
        DrivesVerb.Verb,
        EventsVerb.Verb,
        ExportVerb.Verb,
        ExtractVerb.Verb,
        FindVerb.Verb,
        ImageVerb.Verb,
        ImportVerb.Verb,
        InspectVerb.Verb,
        LabelVerb.Verb,
        ListVerb.Verb,
        MergeVerb.Verb,
        MountVerb.Verb,
        ParityVerb.Verb,
        PlanVerb.Verb,
        ProtectVerb.Verb,
        RepairVerb.Verb,
        RestoreVerb.Verb,
        RobotVerb.Verb,
        ScanVerb.Verb,
        TreeVerb.Verb,
        VaultVerb.Verb,
        VerifyVerb.Verb,
        WhereVerb.Verb,
        WriteVerb.Verb,
    ];
}
