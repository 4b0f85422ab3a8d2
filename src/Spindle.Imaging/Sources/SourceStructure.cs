// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Sources;

/// <summary>What the file systems of a disc say of it.</summary>
public sealed record SourceStructure
{
    /// <summary>Nothing is known.</summary>
    public static readonly SourceStructure None = new();

    /// <summary>The volume's name; null where there is none.</summary>
    public string? VolumeIdentifier { get; init; }

    /// <summary>The file systems, such as <c>ISO 9660</c>; empty where none is known.</summary>
    public IReadOnlyList<string> FileSystems { get; init; } = [];

    /// <summary>The sizes that they demand.</summary>
    public IReadOnlyList<SizeCandidate> Sizes { get; init; } = [];

    /// <summary>The largest size that a file system demands; 0 where none does.</summary>
    public long ExpectedLength => Sizes.Select(size => size.Bytes).DefaultIfEmpty(0).Max();
}
