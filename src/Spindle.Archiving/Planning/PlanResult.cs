// SPDX-License-Identifier: MIT
using Spindle.Catalogue.Sets;

namespace Spindle.Archiving.Planning;

/// <summary>What was planned.</summary>
public sealed record PlanResult
{
    /// <summary>The new discs; none where nothing new needs one.</summary>
    public required IReadOnlyList<PlannedDisc> Discs { get; init; }

    /// <summary>Sectors of 2048 bytes that a disc has.</summary>
    public required long CapacitySectors { get; init; }

    /// <summary>Sectors that the images may have: the capacity without reserve and check data.</summary>
    public required long ImageSectors { get; init; }

    /// <summary>Discs that it takes at least (L2 of Martello and Toth).</summary>
    public required int LowerBound { get; init; }

    /// <summary>Files of what was planned, and bytes of their contents, each content once.</summary>
    public required long Files { get; init; }

    /// <summary>Bytes of contents, each once.</summary>
    public required long Bytes { get; init; }

    /// <summary>Names whose contents are on earlier discs already, and are not written again.</summary>
    public required long References { get; init; }

    /// <summary>
    /// Names of the last scan that no disc knows as they are, although all contents have a disc: new, renamed, with another mode, owner, time or
    /// attribute, or gone. 0 where a disc was planned, for its lists and its catalogue know them.
    /// </summary>
    public long NamesUnknown { get; init; }

    /// <summary>Discs of earlier plans that are still to be made: planned, or told of by a catalogue that was imported and never seen.</summary>
    public IReadOnlyList<int> Waiting { get; init; } = [];

    /// <summary>Share of the files that are in a directory whose files are all on one disc, 0 to 1.</summary>
    public required double Cohesion { get; init; }

    /// <summary>Discs that a directory's files are on, on average.</summary>
    public required double Spread { get; init; }

    /// <summary>What was divided, and why.</summary>
    public required IReadOnlyList<PlanDivision> Divisions { get; init; }

    /// <summary>Sets of discs that have parity discs in common; none where none were asked for.</summary>
    public IReadOnlyList<PlannedSet> Sets { get; init; } = [];

    /// <summary>How full the discs are, the last one left out of account: sectors of images, check data included, for those of discs; 0 to 1.</summary>
    public double Fill => Discs.Count == 0 ? 0 : Discs.Sum(disc => disc.Sectors) / (double)(((Discs.Count - 1) * CapacitySectors) + Discs[^1].Sectors);
}

/// <summary>A directory or a file that did not fit onto one disc.</summary>
/// <param name="Path">From the archive's root; what is not UTF-8 is replaced by U+FFFD.</param>
/// <param name="IsFile">Whether it is a file, that is in parts; otherwise a directory whose own files are divided in name order.</param>
/// <param name="Discs">How many discs have a piece of it.</param>
public sealed record PlanDivision(string Path, bool IsFile, int Discs);

/// <summary>A disc of a plan.</summary>
/// <param name="Number">From 0, through all plans of the archive.</param>
/// <param name="Label">Name of its volume.</param>
/// <param name="Sectors">Sectors of 2048 bytes of its image.</param>
/// <param name="Files">Files on it.</param>
/// <param name="Bytes">Bytes of their contents, each once.</param>
public sealed record PlannedDisc(int Number, string Label, long Sectors, long Files, long Bytes);
