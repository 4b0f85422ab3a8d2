// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;

namespace Spindle.Imaging.Sources;

/// <summary>What the file systems of a disc say of it, from a first look.</summary>
public sealed record SourceStructure
{
    /// <summary>Nothing is known.</summary>
    public static readonly SourceStructure None = new();

    /// <summary>The volume's name; null where there is none.</summary>
    public string? VolumeIdentifier { get; init; }

    /// <summary>The file systems, such as <c>ISO 9660</c>; empty where none is known.</summary>
    public IReadOnlyList<string> FileSystems { get; init; } = [];

    /// <summary>Every answer to how long the medium must be, believed or not.</summary>
    public IReadOnlyList<SizeCandidate> Sizes { get; init; } = [];

    /// <summary>The largest size that is believed, in bytes; 0 where there is none.</summary>
    public long ExpectedLength { get; init; }

    /// <summary>What a first look at a disc tells: descriptors only, no tree is walked.</summary>
    internal static SourceStructure Of(DiscAnalysis analysis) => new()
    {
        VolumeIdentifier = analysis.VolumeIdentifier.Length > 0 ? analysis.VolumeIdentifier : null,
        FileSystems = [.. analysis.FileSystems.Select(fileSystem => fileSystem.Type.Title())],
        Sizes = analysis.Sizes,
        ExpectedLength = analysis.SizeExpected,
    };
}
