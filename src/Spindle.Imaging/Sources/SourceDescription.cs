// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Drives;
using Spindle.Formats.Analysis;
using Spindle.Formats.Volumes;
using Spindle.Imaging.Discs;
using Spindle.Media;

namespace Spindle.Imaging.Sources;

/// <summary>What is known of a source. What is not known is null.</summary>
public sealed record SourceDescription
{
    private const string Unsafe = "/\\:*?\"<>|'`$&;!~";

    /// <summary>Leaves room for the endings of the record's files, however many bytes a character has.</summary>
    private const int MostCharacters = 64;

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
            string safe = string.Concat(name.EnumerateRunes().Select(rune => IsSafe(rune) ? rune.ToString() : "_")).Trim().Trim('.').Trim();
            safe = safe.Length > MostCharacters ? safe[..MostCharacters].Trim() : safe;
            safe = safe.StartsWith('-') ? $"_{safe[1..]}" : safe;
            return safe.Length == 0 ? "disc" : IsDeviceOfWindows(safe) ? $"{safe}_" : safe;
        }
    }

    /// <summary>No control or format character, no lone surrogate, and nothing that a shell or Windows takes for something else.</summary>
    private static bool IsSafe(Rune rune) => rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !Unsafe.Contains(rune.ToString(), StringComparison.Ordinal);

    /// <summary>CON, NUL, COM1 and their kin are devices, whatever ending they have.</summary>
    private static bool IsDeviceOfWindows(string name)
    {
        string stem = name.Split('.')[0].TrimEnd().ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL" || (stem.Length == 4 && (stem[..3] is "COM" or "LPT") && char.IsAsciiDigit(stem[3]));
    }
}
