// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Formats.Analysis;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Discs;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>What is known of a source. What is not known is null.</summary>
public sealed record SourceDescription
{
    /// <summary>The path that the user gave.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Bytes of a sector, as the medium says.</summary>
    public required int SectorSize { get; init; }

    /// <summary>Bytes of the medium.</summary>
    public required long Length { get; init; }

    /// <summary>Whether the medium holds raw 2352-byte sectors that are read as what they carry.</summary>
    public bool IsRaw { get; init; }

    /// <summary>The device; null for a file.</summary>
    public DeviceDescription? Device { get; init; }

    /// <summary>What disc it is, as the drive tells.</summary>
    public DiscClass Disc { get; init; } = DiscClass.Unknown;

    /// <summary>
    /// Which sector of the disc the medium begins with: not 0 where only a later session or track is imaged, whose file system counts
    /// from the disc's start.
    /// </summary>
    public long FirstSector { get; init; }

    /// <summary>First sector of the session whose file system is looked at, from the disc's start; null for the medium's own.</summary>
    public long? ContentsStart { get; init; }

    /// <summary>Sectors, from the medium's start, that nobody has written: between sessions.</summary>
    public IReadOnlyList<SectorRange> OffTrack { get; init; } = [];

    /// <summary>For each of <see cref="OffTrack"/>, the first sector that the session in front of it does not need.</summary>
    public IReadOnlyList<long> NeededBeforeGaps { get; init; } = [];

    /// <summary>Sectors that a first look at the disc tried to read, in vain: they are not tried again before all else is read.</summary>
    public IReadOnlyList<long> FoundUnreadable { get; init; } = [];

    /// <summary>A protection that makes sectors unreadable on purpose, by its mark on the disc; null where there is no mark.</summary>
    public string? ProtectionMark { get; init; }

    /// <summary>What the file systems on it say.</summary>
    public required SourceStructure Structure { get; init; }

    /// <summary>How its file systems are analysed.</summary>
    internal AnalysisOptions AnalysisOptions => new() { MediumStart = FirstSector, SessionStart = ContentsStart };

    /// <summary>How its trees are opened.</summary>
    internal VolumeOptions VolumeOptions => new() { MediumStart = FirstSector, SessionStart = ContentsStart };

    /// <summary>What its image is called where nobody says: the file's own name, or the volume's, as a file name.</summary>
    public string DefaultName
    {
        get
        {
            string name = Kind == SourceKind.File
                ? System.IO.Path.GetFileNameWithoutExtension(Path)
                : Structure.VolumeIdentifier ?? "";
            string safe = string.Concat(name.Select(c => char.IsControl(c) || c is '/' or '\\' or ':' ? '_' : c)).Trim().Trim('.');
            return safe.Length > 0 ? safe : "disc";
        }
    }
}
