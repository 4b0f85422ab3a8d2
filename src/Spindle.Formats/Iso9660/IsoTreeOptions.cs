// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Iso9660;

/// <summary>Where a tree of ISO 9660 begins and how its names are meant.</summary>
internal sealed record IsoTreeOptions
{
    public required VolumeView View { get; init; }

    public required string VolumeIdentifier { get; init; }

    /// <summary>The record of the root directory, 34 bytes.</summary>
    public required byte[] RootRecord { get; init; }

    /// <summary>Address of that record on the disc, in bytes.</summary>
    public required long RootRecordPosition { get; init; }

    /// <summary>Bytes of a block.</summary>
    public required int BlockSize { get; init; }

    public required IReadOnlyList<DiscStructure> Structures { get; init; }

    /// <summary>The directories by the path table; null where there is none to ask.</summary>
    public DirectoryTable? Table { get; init; }

    public RecordForm Form => View == VolumeView.HighSierra ? RecordForm.HighSierra : RecordForm.Iso9660;
}
