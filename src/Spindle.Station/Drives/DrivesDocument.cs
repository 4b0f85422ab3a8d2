// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using Spindle.Imaging.Discs;
using Spindle.Imaging.Sources;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station.Drives;

/// <summary>Optical drives, and what is in them.</summary>
public sealed record DrivesDocument : Document
{
    /// <summary>The drives, in the system's order.</summary>
    public required IReadOnlyList<DrivePart> Drives { get; init; }

    /// <inheritdoc/>
    protected override Outcome Found =>
        Drives.Any(drive => drive.Status is DriveStatus.Denied or DriveStatus.Busy or DriveStatus.Unreadable or DriveStatus.NoAnswer) ? Outcome.Lacking : Outcome.Done;

    /// <inheritdoc/>
    protected override string Verb => DrivesVerb.Name;
}

/// <summary>An optical drive. What the system does not know is null.</summary>
public sealed record DrivePart
{
    internal DrivePart(DriveReport report, string? name) => (Report, Name) = (report, name);

    /// <summary>What was seen, for those who show it in another form.</summary>
    [JsonIgnore]
    public DriveReport Report { get; }

    /// <summary>Its device, such as <c>/dev/sr0</c>.</summary>
    public string Path => Report.Path;

    /// <summary>What the people of this station call it; null where they gave it no name.</summary>
    public string? Name { get; }

    /// <summary>Names it beyond the next start of the system, by its serial number, or by the port that it hangs on where it has none or another drive has the same; null where nothing does.</summary>
    public string? Identity => Report.Identity;

    /// <summary>Who made it.</summary>
    public string? Vendor => Report.Vendor;

    /// <summary>Which it is.</summary>
    public string? Model => Report.Model;

    /// <summary>The version of its firmware.</summary>
    public string? Firmware => Report.Firmware;

    /// <summary>How it is attached, such as <c>usb</c>.</summary>
    public string? Connection => Report.Connection;

    /// <summary>Whether it can be read now.</summary>
    [JsonConverter(typeof(JsonForm.Words<DriveStatus>))]
    public DriveStatus Status => Report.Status;

    /// <summary>Whether an image can be made of what is in it, now.</summary>
    public bool Ready => Report.IsReady;

    /// <summary>Where the disc is mounted.</summary>
    public IReadOnlyList<string> MountPoints => Report.MountPoints;

    /// <summary>The disc; null where there is none, or the drive does not say.</summary>
    public DiscPart? Disc => Report.Disc.Kind == DiscKind.Unknown && Report.Length is null ? null : DiscPart.Of(Report);

    /// <summary>What can be burned onto the disc; null where it is pressed, or nothing is known of it.</summary>
    public WritablePart? Writable => Report.Writable is { } disc ? new(disc.MediumId, disc.IsBlank, disc.FreeSectors, disc.CanBeBurned, disc.Speeds) : null;

    /// <summary>Why it can't be read, or why there can be no image of its disc; null where there can.</summary>
    public Failure? Error => Report.Failure;
}

/// <summary>A disc in a drive. What the drive does not say is null.</summary>
public sealed record DiscPart
{
    /// <summary>The kind of disc as it is printed on discs, such as <c>DVD-R</c>.</summary>
    public string? Profile { get; private init; }

    /// <summary>What it is.</summary>
    [JsonConverter(typeof(JsonForm.Words<DiscKind>))]
    public DiscKind Class { get; private init; }

    /// <summary>Bytes that an image of it would have; null where there can be none.</summary>
    public long? Bytes { get; private init; }

    /// <summary>Bytes of a sector.</summary>
    public int? SectorSize { get; private init; }

    /// <summary>The volume's name; null where there is none.</summary>
    public string? VolumeIdentifier { get; private init; }

    /// <summary>The file systems; empty where none is known.</summary>
    public IReadOnlyList<string> FileSystems { get; private init; } = [];

    /// <summary>Whether it was closed, so that nothing can be added.</summary>
    public bool? Finalised { get; private init; }

    /// <summary>Whether it can be erased.</summary>
    public bool? Erasable { get; private init; }

    /// <summary>The copy protection's name, such as <c>CSS</c>; null where there is none, too.</summary>
    public string? Protection { get; private init; }

    /// <summary>The regions in which a DVD may be played.</summary>
    public IReadOnlyList<int> Regions { get; private init; } = [];

    /// <summary>Layers.</summary>
    public int? Layers { get; private init; }

    /// <summary>The first sector of the second layer; null where there is none, too.</summary>
    public long? LayerBreak { get; private init; }

    /// <summary>First sectors and lengths of the sessions, in order.</summary>
    public IReadOnlyList<SectorRangePart> Sessions { get; private init; } = [];

    /// <summary>All tracks, in order.</summary>
    public IReadOnlyList<TrackPart> Tracks { get; private init; } = [];

    /// <summary>Every answer of the drive to how long the disc is.</summary>
    public IReadOnlyList<DiscSizePart> Sizes { get; private init; } = [];

    internal static DiscPart Of(DriveReport drive) => new()
    {
        Profile = drive.Disc.Medium,
        Class = drive.Disc.Kind,
        Bytes = drive.Length,
        SectorSize = drive.SectorSize,
        VolumeIdentifier = drive.VolumeIdentifier,
        FileSystems = drive.FileSystems,
        Finalised = drive.Disc.IsFinalised,
        Erasable = drive.Disc.IsErasable,
        Protection = drive.Disc.Protection,
        Regions = drive.Disc.Regions,
        Layers = drive.Disc.Layers,
        LayerBreak = drive.Disc.LayerBreak,
        Sessions = SectorRangePart.Of(drive.Disc.Sessions),
        Tracks = [.. drive.Disc.Tracks.Select(track => new TrackPart(
            track.Number, track.Session, track.IsData ? TrackType.Data : TrackType.Audio, track.Range.Start, track.Range.Count, track.Title))],
        Sizes = [.. drive.Disc.Sizes.Select(size => new DiscSizePart(size.Source, size.Sectors))],
    };
}

/// <summary>What can be burned onto a disc.</summary>
/// <param name="MediumId">Who made it, and which it is, as it is moulded into it; null where the drive does not say.</param>
/// <param name="Blank">Whether nothing is written on it.</param>
/// <param name="FreeSectors">Sectors of 2048 bytes that can be written; 0 where none can, or the drive does not say.</param>
/// <param name="CanBeBurned">Whether this drive says that it writes such discs; what is on one that can be written over is lost then.</param>
/// <param name="Speeds">How fast, in 1000 bytes a second, the fastest first; empty where the drive does not say.</param>
public sealed record WritablePart(string? MediumId, bool Blank, long FreeSectors, bool CanBeBurned, IReadOnlyList<int> Speeds);

/// <summary>A track of a disc.</summary>
/// <param name="Number">As the disc counts it.</param>
/// <param name="Session">Which session it is in, from 1.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Start">Its first sector, from the disc's begin.</param>
/// <param name="Count">Its sectors.</param>
/// <param name="Title">As CD-Text has it.</param>
public sealed record TrackPart(int Number, int Session, TrackType Type, long Start, long Count, string? Title);

/// <summary>What a track holds.</summary>
[JsonConverter(typeof(JsonForm.Words<TrackType>))]
public enum TrackType
{
    /// <summary>Sectors.</summary>
    Data,

    /// <summary>Sound.</summary>
    Audio,
}

/// <summary>An answer to how long a disc is.</summary>
/// <param name="Source">Which command of the drive said so.</param>
/// <param name="Sectors">The answer.</param>
public sealed record DiscSizePart(string Source, long Sectors);
