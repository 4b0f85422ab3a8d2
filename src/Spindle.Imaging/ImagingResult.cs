// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Formats.Analysis;
using Spindle.Formats.Holdings;
using Spindle.Imaging.Contents;
using Spindle.Imaging.Sources;
using Spindle.Media;

namespace Spindle.Imaging;

/// <summary>What was done and seen. The record beside the image says the same.</summary>
public sealed record ImagingResult
{
    /// <summary>What was asked for.</summary>
    public required ImagingRequest Request { get; init; }

    /// <summary>A name for this run that no other run has.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How long it took, by a clock that nobody sets.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>All runs that the image was made in, in order; this one is the last.</summary>
    public IReadOnlyList<ImagingRunRecord> Runs { get; init; } = [];

    /// <summary>A name of this run for people: its start, operator and source.</summary>
    public string RunName => $"{StartedAt:yyyyMMdd'T'HHmmss}_{Request.Operator ?? "unknown"}_{Path.GetFileName(Source.Path)}";

    /// <summary>What was imaged.</summary>
    public required SourceDescription Source { get; init; }

    /// <summary>What came of it.</summary>
    public required ImagingOutcome Outcome { get; init; }

    /// <summary>All that keeps it from being a success; empty when it is one.</summary>
    public IReadOnlyList<Failure> Concerns { get; init; } = [];

    /// <summary>What went wrong on the side and changes nothing about the image: a disc that was not ejected, say.</summary>
    public IReadOnlyList<Failure> Warnings { get; init; } = [];

    /// <summary>The readings, in order.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>The passes over the disc at the first reading, in order.</summary>
    public IReadOnlyList<RescuePass> Passes { get; init; } = [];

    /// <summary>What was changed about how the drive reads; null where nothing was.</summary>
    public DriveSettings? DriveSettings { get; init; }

    /// <summary>Sectors that the disc did not give, or gave wrongly, and its own parity did, and proved: they count as read.</summary>
    public IReadOnlyList<SectorRange> Restored { get; init; } = [];

    /// <summary>What is known of every sector; null where nothing was read.</summary>
    public SectorMap? Map { get; init; }

    /// <summary>Unreadable sectors at the end, behind every file system, that no data is on; empty where there are none.</summary>
    public SectorRange RunOut { get; init; }

    /// <summary>Sectors that nobody has written, between sessions, and that were not tried.</summary>
    public IReadOnlyList<SectorRange> OffTrack { get; init; } = [];

    /// <summary>What seems to have made sectors unreadable on purpose; null where nothing is suspected.</summary>
    public string? SuspectedProtection { get; init; }

    /// <summary>Sectors that could not be read, but for those of <see cref="RunOut"/> and <see cref="OffTrack"/>.</summary>
    public IReadOnlyList<SectorRange> Unreadable { get; init; } = [];

    /// <summary>Whether the image holds every sector that data can be on.</summary>
    public bool IsWhole => Map is { } map && map.Total(SectorState.Finished) + RunOut.Count + OffTrack.Sum(gap => gap.Count) == map.SectorCount;

    /// <summary>Sectors on which two readings disagree; empty where they agree, or where there was one reading only.</summary>
    public IReadOnlyList<SectorRange> Differences { get; init; } = [];

    /// <summary>What the structure of the image was found to be; null where it was not looked at.</summary>
    public DiscAnalysis? Analysis { get; init; }

    /// <summary>What the image holds; null where its structure was not looked at.</summary>
    public DiscHoldings? Holdings { get; init; }

    /// <summary>What the tree of the image holds; null where it was not listed, or there is none.</summary>
    public TreeSummary? Tree { get; init; }

    /// <summary>What the unreadable sectors belong to; null where there are none.</summary>
    public DamageReport? Damage { get; init; }

    /// <summary>Where the disc was mounted, and was unmounted.</summary>
    public IReadOnlyList<DeviceMount> Unmounted { get; init; } = [];

    /// <summary>Those of <see cref="Unmounted"/> where it is mounted again.</summary>
    public IReadOnlyList<DeviceMount> MountedAgain { get; init; } = [];

    /// <summary>Whether the disc was ejected; null where that was not to be done, or could not be.</summary>
    public bool? Ejected { get; init; }

    /// <summary>The image: under its final name, or its <c>.part</c> name where it must not be taken for good; null where there is none.</summary>
    public string? ImagePath { get; init; }

    /// <summary>The files of the record that were written.</summary>
    public IReadOnlyList<string> RecordPaths { get; init; } = [];

    /// <summary>Whether a second reading that did not come from memory agreed with the first, over the whole image.</summary>
    public bool IsVerified => Readings.Count > 1 && Differences.Count == 0
        && Readings.Skip(1).All(reading => reading.Bypass is not CacheBypass.None and not null
            && reading.Hashes.All(hash => Readings[0].Hashes.GetValueOrDefault(hash.Key) == hash.Value));
}
