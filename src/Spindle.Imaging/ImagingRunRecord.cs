// SPDX-License-Identifier: MIT
using Spindle.Imaging.Sources;

namespace Spindle.Imaging;

/// <summary>One of the runs that an image was made in. What nobody told is null.</summary>
public sealed record ImagingRunRecord
{
    /// <summary>A name that no other run has; null where an earlier program left no word of its run.</summary>
    public Guid? Id { get; init; }

    /// <summary>Who did it.</summary>
    public string? Operator { get; init; }

    /// <summary>The command as it was given.</summary>
    public string? CommandLine { get; init; }

    /// <summary>What was read, as it was named: <c>/dev/sr0</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The drive's maker, model and firmware.</summary>
    public string? Drive { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; of a run that was killed, when its map was saved last.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What came of it; null for a run that was killed.</summary>
    public ImagingOutcome? Outcome { get; init; }

    /// <summary>The passes that it made over the disc; null for a run that was killed.</summary>
    public int? Passes { get; init; }

    /// <summary>Sectors that the drive gave it; null for a run that was killed.</summary>
    public long? SectorsRead { get; init; }

    /// <summary>Sectors that are in the image because of it.</summary>
    public long? SectorsGot { get; init; }

    /// <summary>The drive in words; null where nothing is known of it.</summary>
    internal static string? DriveOf(SourceDescription source) =>
        source.Device is { } device && string.Join(' ', new[] { device.Vendor, device.Model, device.Firmware }.OfType<string>()) is { Length: > 0 } drive ? drive : null;
}
