// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json.Serialization;
using Spindle.Archiving.Planning;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Archiving;

/// <summary>What comes onto which disc.</summary>
public sealed record PlanDocument : Document
{
    /// <summary>Sectors of 2048 bytes that a disc has.</summary>
    public required long CapacitySectors { get; init; }

    /// <summary>Sectors that the images may have: the capacity without reserve and check data.</summary>
    public required long ImageSectors { get; init; }

    /// <summary>Discs that it takes at least, whatever the plan.</summary>
    public required int LowerBound { get; init; }

    /// <summary>Discs more than that.</summary>
    public required int Gap { get; init; }

    /// <summary>How full the discs are on average, not counting the last one; 0 to 1.</summary>
    public required double Fill { get; init; }

    /// <summary>Share of the files that are on the same disc as all others of their directory, 0 to 1.</summary>
    public required double Cohesion { get; init; }

    /// <summary>Discs that a directory's files are on, on average.</summary>
    public required double Spread { get; init; }

    /// <summary>Files of what was planned.</summary>
    public required long Files { get; init; }

    /// <summary>Bytes of their contents, each once.</summary>
    public required long Bytes { get; init; }

    /// <summary>Names whose contents are on earlier discs already, or twice in the archive, and are not written again.</summary>
    public required long References { get; init; }

    /// <summary>Names of the last scan that no disc knows as they are, although all contents have a disc; 0 where a disc was planned.</summary>
    public required long NamesUnknown { get; init; }

    /// <summary>Discs of earlier plans that are still to be made.</summary>
    public required IReadOnlyList<int> Waiting { get; init; }

    /// <summary>The new discs; none where nothing new needs one.</summary>
    public required IReadOnlyList<PlannedDisc> Discs { get; init; }

    /// <summary>Sets of discs that have parity discs in common; none where none were asked for.</summary>
    public required IReadOnlyList<PlannedSetPart> Sets { get; init; }

    /// <summary>What is on the side.</summary>
    public required IReadOnlyList<Failure> Warnings { get; init; }

    /// <summary>What was divided, and why.</summary>
    public required IReadOnlyList<DivisionPart> Divisions { get; init; }

    /// <summary>What is new and comes onto no disc; null where nothing does.</summary>
    [JsonIgnore]
    public Failure? NamesOnNoDisc { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found => NamesUnknown == 0 ? Outcome.Done : Outcome.Lacking;

    /// <inheritdoc/>
    protected override string Verb => PlanVerb.Name;

    internal static PlanDocument Of(PlanRequest request, PlanResult result) => new()
    {
        CapacitySectors = result.CapacitySectors,
        ImageSectors = result.ImageSectors,
        LowerBound = result.LowerBound,
        Gap = result.Discs.Count - result.LowerBound,
        Fill = Math.Round(result.Fill, 4),
        Cohesion = Math.Round(result.Cohesion, 4),
        Spread = Math.Round(result.Spread, 4),
        Files = result.Files,
        Bytes = result.Bytes,
        References = result.References,
        NamesUnknown = result.NamesUnknown,
        Waiting = result.Waiting,
        Discs = result.Discs,
        Sets = [.. result.Sets.Select(set => new PlannedSetPart(set.Number, set.Uuid, set.FirstDisc, set.LastDisc, set.Rows))],
        Warnings = result.Sets.Count > 0 && request.ParityPercent is null ? [NoRimProtection] : [],
        Divisions = [.. result.Divisions.Select(division => new DivisionPart(division.Path, division.IsFile ? "file" : "directory", division.Discs, "larger-than-a-disc"))],
        NamesOnNoDisc = result.NamesUnknown == 0 ? null : new(
            "names-on-no-disc", $"no content is new, but {NamesUnknownOf(result)}", "--names plans a disc for them; else the next new file takes them along"),
    };

    private static Failure NoRimProtection { get; } = new(
        "no-rim-protection", "discs are damaged at their rims first, at the same place of all, where parity discs help least", "plan with --parity 10%, too: each disc mends its own rim then");

    /// <summary>Says, within a sentence, what no disc knows.</summary>
    internal static string NamesUnknownOf(PlanResult result) => result.NamesUnknown == 1
        ? "1 name is new or changed, or is gone, and no disc knows it"
        : string.Create(CultureInfo.InvariantCulture, $"{result.NamesUnknown:N0} names are new or changed, or are gone, and no disc knows them");
}

/// <summary>Discs that have parity discs in common.</summary>
/// <param name="Number">From 0, through all plans.</param>
/// <param name="Uuid">Tells it from all others.</param>
/// <param name="FirstDisc">Its first disc.</param>
/// <param name="LastDisc">Its last one.</param>
/// <param name="ParityDiscs">Parity discs: so many of all may be lost.</param>
public sealed record PlannedSetPart(int Number, Guid Uuid, int FirstDisc, int LastDisc, int ParityDiscs);

/// <summary>A directory or a file that did not fit onto one disc.</summary>
/// <param name="Path">From the archive's root.</param>
/// <param name="What"><c>file</c>: it is in parts; <c>directory</c>: its own files are divided in the order of their names.</param>
/// <param name="Pieces">How many discs have a piece of it.</param>
/// <param name="Why"><c>larger-than-a-disc</c>.</param>
public sealed record DivisionPart(string Path, string What, int Pieces, string Why);
