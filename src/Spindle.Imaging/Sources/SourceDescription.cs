// SPDX-License-Identifier: MIT
using Spindle.Drives;

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

    /// <summary>What the file systems on it say.</summary>
    public required SourceStructure Structure { get; init; }

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
