// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>What can be written onto the disc in a drive. Pure: no drive is asked.</summary>
public sealed record Writability
{
    /// <summary>Features of which one is current where the drive writes discs like the one in it (MMC-6, feature definitions).</summary>
    private static readonly ushort[] WritingFeatures = [0x0020, 0x0021, 0x002D, 0x0041];

    /// <summary>Features of DVD+R and DVD+RW that drives have, too, which only read: bit 0 of the first byte tells.</summary>
    private static readonly ushort[] PlusFeatures = [0x002A, 0x002B, 0x003A, 0x003B];

    private const ushort CdMastering = 0x002E;
    private const ushort DvdMinusWriting = 0x002F;
    private const ushort PseudoOverwrite = 0x0038;

    /// <summary>The kind of disc.</summary>
    public required Profile Profile { get; init; }

    /// <summary>How far it is written.</summary>
    public required WritingState State { get; init; }

    /// <summary>Whether the drive says that it writes such discs.</summary>
    public required bool IsByThisDrive { get; init; }

    /// <summary>Sectors that can be written; of a disc that is not formatted yet, those of its largest format. 0 where nothing can be, or nothing is said of it.</summary>
    public required long FreeSectors { get; init; }

    /// <summary>Who made the disc, and which it is; null where the drive does not say.</summary>
    public string? MediumCode { get; init; }

    /// <summary>How fast it can be written, in 1000 bytes a second, the fastest first; empty where the drive does not say.</summary>
    public IReadOnlyList<int> Speeds { get; init; } = [];

    /// <summary>Whether it can be made blank again (CD-RW, DVD-RW), or written over as it is.</summary>
    public bool CanBeReused => Profile.IsFormatted() || Profile is Profile.CdRw or Profile.DvdMinusRwSequential or Profile.DvdMinusRwDualLayer;

    /// <summary>Decides.</summary>
    /// <param name="survey">What the drive tells.</param>
    /// <returns>Null where there is no disc, or one that was pressed, or of which nothing is known.</returns>
    public static Writability? Of(DiscSurvey survey)
    {
        if (!survey.IsReady || !survey.Profile.IsRecordable() || survey.Disc is null)
        {
            return null;
        }

        WritingState state = survey.Profile.IsFormatted() ? StateOfFormatted(survey) : StateOfTracks(survey, survey.Disc);
        return new()
        {
            Profile = survey.Profile,
            State = state,
            IsByThisDrive = survey.Configuration?.Features.Any(feature => IsOfWriter(feature, survey.Profile)) == true,
            FreeSectors = FreeSectorsOf(survey, state),
            MediumCode = survey.MediumCode,
            Speeds = survey.WritingSpeeds,
        };
    }

    private static bool IsOfWriter(DriveFeature feature, Profile profile) => feature.Code switch
    {
        _ when PlusFeatures.Contains(feature.Code) => feature is { IsCurrent: true, Data: [var first, ..] } && (first & 0x01) != 0,

        // Of a full disc that can be erased, drives differ in what they call current.
        CdMastering or DvdMinusWriting => feature.IsCurrent || profile is Profile.CdRw or Profile.DvdMinusRwSequential or Profile.DvdMinusRwRestrictedOverwrite,
        _ => feature.IsCurrent && WritingFeatures.Contains(feature.Code),
    };

    private static WritingState StateOfFormatted(DiscSurvey survey) => survey switch
    {
        { FormatCapacities.IsUnformatted: true } => WritingState.Blank,
        { FormatCapacities: null, Capacity: null } => WritingState.Unknown,
        _ => WritingState.Overwritable,
    };

    private static WritingState StateOfTracks(DiscSurvey survey, DiscInformation disc) => disc switch
    {
        { State: DiscState.Blank } => WritingState.Blank,
        { State: DiscState.Finalised } => WritingState.Finished,
        { State: not DiscState.Appendable } => WritingState.Unknown,
        _ when survey.Configuration?.Features.Any(feature => feature is { Code: PseudoOverwrite, IsCurrent: true }) == true => WritingState.PseudoOverwrite,
        _ when disc.LastSession == SessionState.Damaged || survey.Tracks.Any(track => track.IsDamaged) => WritingState.Interrupted,

        // A BD-R that was formatted, and not written, calls itself appendable.
        { Sessions: <= 1, LastSession: SessionState.Empty } when survey.Tracks is [{ Start: 0, IsBlank: true }] => WritingState.Blank,
        _ => WritingState.Appendable,
    };

    private static long FreeSectorsOf(DiscSurvey survey, WritingState state) => (state, survey.Profile.IsFormatted()) switch
    {
        (WritingState.Blank, true) => survey.FormatCapacities!.Formattable.Where(format => format.Type is FormatOrder.Usual or FormatOrder.BdReWithoutSpare or FormatOrder.DvdPlusRw)
            .Select(format => format.Sectors).Append(0).Max(),
        (WritingState.Overwritable, _) => survey.Capacity?.Sectors ?? survey.FormatCapacities!.Current.Sectors,
        (WritingState.Blank or WritingState.Appendable or WritingState.Interrupted or WritingState.PseudoOverwrite, _) =>
            survey.Tracks is [.., { Free: > 0 } last] ? last.Free : state == WritingState.Blank ? Math.Max(survey.Atip?.LastLeadOut ?? 0, 0) : 0,
        _ => 0,
    };
}

/// <summary>How far a disc is written that can be.</summary>
public enum WritingState
{
    /// <summary>The drive does not say.</summary>
    Unknown,

    /// <summary>Nothing is written on it.</summary>
    Blank,

    /// <summary>It is written anywhere, like a disk; whether there is something on it, only its sectors tell.</summary>
    Overwritable,

    /// <summary>Something is on it, and more can be added.</summary>
    Appendable,

    /// <summary>Writing it was interrupted.</summary>
    Interrupted,

    /// <summary>A BD-R that pretends to be written anywhere, for the sake of programs that know no better: what is added costs room that nobody reckons with.</summary>
    PseudoOverwrite,

    /// <summary>It was closed: nothing can be added.</summary>
    Finished,
}
