// SPDX-License-Identifier: MIT
using Spindle.Drives.Mmc;

namespace Spindle.Drives;

/// <summary>All that a drive tells of the disc in it. What it does not know, or does not tell, is null.</summary>
public sealed record DiscSurvey
{
    /// <summary>Who the drive is.</summary>
    public InquiryData? Drive { get; init; }

    /// <summary>Why the disc cannot be read; null where it can.</summary>
    public Sense? NotReady { get; init; }

    /// <summary>What the drive can do, and with this disc.</summary>
    public DriveConfiguration? Configuration { get; init; }

    /// <summary>How long the disc is.</summary>
    public MediumCapacity? Capacity { get; init; }

    /// <summary>How far it is written.</summary>
    public DiscInformation? Disc { get; init; }

    /// <summary>Its tracks.</summary>
    public TableOfContents? Toc { get; init; }

    /// <summary>Its complete sessions.</summary>
    public SessionInformation? Sessions { get; init; }

    /// <summary>The lead-ins of a CD.</summary>
    public RawToc? RawToc { get; init; }

    /// <summary>The program memory area of a recordable CD.</summary>
    public RawToc? Pma { get; init; }

    /// <summary>What is moulded into a recordable CD.</summary>
    public Atip? Atip { get; init; }

    /// <summary>Titles on a CD.</summary>
    public CdText? CdText { get; init; }

    /// <summary>Each track, as far as the drive tells of it; at most 99.</summary>
    public IReadOnlyList<TrackInformation> Tracks { get; init; } = [];

    /// <summary>Where, in front of audio tracks that follow data, their pauses begin: first sectors by the number of the audio track.</summary>
    public IReadOnlyDictionary<int, long> Pregaps { get; init; } = new Dictionary<int, long>();

    /// <summary>How a DVD is built.</summary>
    public DvdPhysicalFormat? DvdFormat { get; init; }

    /// <summary>Whether a DVD is encrypted.</summary>
    public DvdCopyright? DvdCopyright { get; init; }

    /// <summary>Where the first layer of a recordable DVD ends.</summary>
    public LayerBoundary? LayerBoundary { get; init; }

    /// <summary>What is moulded into a Blu-ray disc.</summary>
    public BlurayInformation? Bluray { get; init; }

    /// <summary>Who made a recordable disc, and which it is, as it is moulded into it; null where the drive does not say.</summary>
    public string? MediumCode { get; init; }

    /// <summary>How fast the disc can be written, in 1000 bytes a second, the fastest first; empty where it can't be, or the drive does not say.</summary>
    public IReadOnlyList<int> WritingSpeeds { get; init; } = [];

    /// <summary>What a disc that is written anywhere was formatted to.</summary>
    public FormatCapacities? FormatCapacities { get; init; }

    /// <summary>The kind of disc that is in.</summary>
    public Profile Profile => Configuration?.CurrentProfile ?? Profile.None;

    /// <summary>Whether a disc can be read.</summary>
    public bool IsReady => NotReady is null;
}
