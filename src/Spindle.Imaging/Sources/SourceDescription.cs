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
}
