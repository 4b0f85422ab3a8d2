// SPDX-License-Identifier: MIT
using Spindle.Formats.ElTorito;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Analysis;

/// <summary>What is on a medium, how large it should be, and what is wrong with it.</summary>
public sealed record DiscAnalysis
{
    /// <summary>Bytes of the medium.</summary>
    public required long SizeActual { get; init; }

    /// <summary>Bytes that its file systems need: the largest candidate that counts; 0 where there is none.</summary>
    public required long SizeExpected { get; init; }

    /// <summary>Every answer to how large it must be, believed or not.</summary>
    public required IReadOnlyList<SizeCandidate> Sizes { get; init; }

    /// <summary>The file systems that were found.</summary>
    public required IReadOnlyList<FileSystemAnalysis> FileSystems { get; init; }

    /// <summary>The views in which its files can be listed, the best one first.</summary>
    public required IReadOnlyList<VolumeView> Views { get; init; }

    /// <summary>What boots a machine from it (El Torito).</summary>
    public required IReadOnlyList<BootImage> BootImages { get; init; }

    /// <summary>Name of the volume in the best view; empty where it has none.</summary>
    public required string VolumeIdentifier { get; init; }

    /// <summary>What lies behind the end of the file systems.</summary>
    public required TrailingData Trailing { get; init; }

    /// <summary>What was found to be wrong.</summary>
    public required Findings Findings { get; init; }

    /// <summary>Whether any file system was found.</summary>
    public bool ContainsKnownFileSystem => FileSystems.Count > 0;

    /// <summary>Bytes that the medium has more than its file systems need; negative where it has fewer.</summary>
    public long SizeDifference => SizeActual - SizeExpected;

    /// <summary>Whether the medium is exactly as large as its file systems need.</summary>
    public bool SizeAsExpected => SizeDifference == 0 && SizeExpected != 0;

    /// <summary>Whether a tree lacks names, or of an entry what describes it, or of a file where it lies: <see cref="Findings"/> tells which.</summary>
    public bool LosesFiles => FilesUnknown
        || Findings.Counts.Keys.Any(rule => Volumes.MissingNames.Rules.Contains(rule) || Volumes.MissingNames.LostDescriptions.Contains(rule));

    /// <summary>Whether, of a file that is named, it is not known what it is or where it lies.</summary>
    internal bool FilesUnknown { get; init; }

    /// <summary>Whether a part of its file systems is missing at the end.</summary>
    public bool SmallerThanExpected => SizeDifference < 0;

    /// <summary>Whether it ends before its files, although its descriptors say that it is whole.</summary>
    public bool EndsBeforeFiles => SmallerThanExpected && Sizes.All(size => !size.Counts || size.Source == SizeCandidate.LastExtent || size.Bytes <= SizeActual);

    /// <summary>Which sector of its disc the medium begins with, in sectors of 2048 bytes.</summary>
    public long MediumStart { get; init; }

    /// <summary>The structures themselves, for those who print them.</summary>
    internal DiscContents? Contents { get; init; }
}
