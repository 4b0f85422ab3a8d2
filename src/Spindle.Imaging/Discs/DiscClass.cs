// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Imaging.Discs;

/// <summary>What a disc is, and what an image of it holds. Sectors are counted from the start of the disc.</summary>
public sealed record DiscClass
{
    /// <summary>Nothing is known: the medium is taken as it is.</summary>
    public static readonly DiscClass Unknown = new() { Kind = DiscKind.Unknown };

    /// <summary>What it is.</summary>
    public required DiscKind Kind { get; init; }

    /// <summary>The kind of disc as it is printed on discs, such as <c>DVD-R</c>; null where the drive does not say.</summary>
    public string? Medium { get; init; }

    /// <summary>Which discs it is like in what is read at once, and how fast.</summary>
    public DiscFamily Family { get; init; }

    /// <summary>Kinds of discs that the drive reads, as they are printed on discs; empty where it does not say.</summary>
    public IReadOnlyList<string> DriveReads { get; init; } = [];

    /// <summary>All tracks, in order.</summary>
    public IReadOnlyList<DiscTrackSummary> Tracks { get; init; } = [];

    /// <summary>First sectors and lengths of the sessions, in order, as they are numbered from 1.</summary>
    public IReadOnlyList<SectorRange> Sessions { get; init; } = [];

    /// <summary>
    /// Where the last session of a CD ends, by its table of contents, where that is of data; 0 else. A drive's capacity may be less.
    /// </summary>
    public long LeadOut { get; init; }

    /// <summary>What an image holds; null for all that the drive gives.</summary>
    public SectorRange? Extent { get; init; }

    /// <summary>Where within <see cref="Extent"/> nothing can be read, for nothing is meant to be there: between sessions.</summary>
    public IReadOnlyList<SectorRange> Gaps { get; init; } = [];

    /// <summary>First sectors of the sessions whose file systems may be the current ones, the best first.</summary>
    public IReadOnlyList<long> ContentStarts { get; init; } = [];

    /// <summary>Why there can be no image of it; null where there can.</summary>
    public Failure? Refusal { get; init; }

    /// <summary>What whoever gets the image must know.</summary>
    public IReadOnlyList<Failure> Notes { get; init; } = [];

    /// <summary>The copy protection's name, such as <c>CSS</c>; null where there is none, or the drive does not say.</summary>
    public string? Protection { get; init; }

    /// <summary>The regions in which a DVD may be played; empty where there are none to tell.</summary>
    public IReadOnlyList<int> Regions { get; init; } = [];

    /// <summary>Whether more can be added to it: it was not closed.</summary>
    public bool IsUnfinalised { get; init; }

    /// <summary>Whether it was closed, so that nothing can be added; null where the drive does not say.</summary>
    public bool? IsFinalised { get; init; }

    /// <summary>Whether it can be erased; null where the drive does not say.</summary>
    public bool? IsErasable { get; init; }

    /// <summary>Layers; null where it is not known.</summary>
    public int? Layers { get; init; }

    /// <summary>The first sector of the second layer; null where there is none, or it is not known.</summary>
    public long? LayerBreak { get; init; }

    /// <summary>What a drive decodes as a whole, in sectors: 1 on CD, 16 on DVD, 32 on Blu-ray Disc; null where it is not known.</summary>
    public int? SectorsPerUnit { get; init; }

    /// <summary>Every answer of the drive to how long the disc is, in sectors.</summary>
    public IReadOnlyList<DiscSize> Sizes { get; init; } = [];

    /// <summary>What keeps an image from being made.</summary>
    /// <exception cref="OperationFailedException">There can be no image of it.</exception>
    public void RefuseIfThereCanBeNoImage()
    {
        if (Refusal is not null)
        {
            throw new OperationFailedException(Refusal);
        }
    }
}
