// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>One file, directory or other thing of a volume, as its view of the disc describes it.</summary>
/// <remarks>What the view does not say is null. Names are as recorded: <see cref="SafePath"/> makes them fit to be written.</remarks>
public sealed record VolumeEntry
{
    /// <summary>The name as recorded, without a version; empty for the root.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required EntryType Type { get; init; }

    /// <summary>The directory that holds it; null for the root.</summary>
    public VolumeEntry? Parent { get; init; }

    /// <summary>Bytes of its content, expanded where it is stored compressed; for a directory, of its own structure.</summary>
    public long Size { get; init; }

    /// <summary>When the content was last changed.</summary>
    public DateTimeOffset? Modified => Times.Modified;

    /// <summary>When the content was last read.</summary>
    public DateTimeOffset? Accessed => Times.Accessed;

    /// <summary>When the attributes were last changed.</summary>
    public DateTimeOffset? Changed => Times.Changed;

    /// <summary>When it came into being.</summary>
    public DateTimeOffset? Created => Times.Created;

    /// <summary>File type and permissions as in POSIX <c>st_mode</c>.</summary>
    public int? Mode { get; init; }

    /// <summary>Number of the owner.</summary>
    public uint? Uid { get; init; }

    /// <summary>Number of the owning group.</summary>
    public uint? Gid { get; init; }

    /// <summary>How many names it has.</summary>
    public uint? Links { get; init; }

    /// <summary>Where a symbolic link leads, as recorded.</summary>
    public string? Target { get; init; }

    /// <summary>Where the content lies, in order; for a directory, its own structure where it has one of its own.</summary>
    public IReadOnlyList<Extent> Extents { get; init; } = [];

    /// <summary>Where the resource fork lies, in order: of HFS and HFS+, or an associated file of ISO 9660.</summary>
    public IReadOnlyList<Extent> ResourceFork { get; init; } = [];

    /// <summary>
    /// What the Finder keeps of a file of HFS or HFS+, as recorded: 32 bytes, of which the first eight are its type and its creator
    /// (Inside Macintosh: Macintosh Toolbox Essentials, 1992, FInfo and FXInfo). Empty where the tree keeps none.
    /// </summary>
    public ReadOnlyMemory<byte> FinderInfo { get; init; }

    /// <summary>Bytes of the resource fork; 0 where there is none.</summary>
    public long ResourceForkSize => ResourceFork.Sum(extent => extent.Length);

    /// <summary>
    /// Whether the content is stored compressed for macOS, in an attribute or the resource fork (<c>com.apple.decmpfs</c>; flag
    /// <c>UF_COMPRESSED</c>, 0x20, of the owner's flags, TN1150 'BSD info'): what <see cref="Extents"/> hold is then not the file.
    /// </summary>
    public bool IsSystemCompressed { get; init; }

    /// <summary>Named streams and extended attributes beside the content (ECMA-167 4/9.2, 4/14.10; UDF 2.60 §3.3.4, §3.3.5).</summary>
    public IReadOnlyList<NamedStream> Streams { get; init; } = [];

    /// <summary>Whether there are more of them, which can't be read.</summary>
    public bool AreStreamsLost { get; init; }

    /// <summary>Where everything lies that the file has: its content, its resource fork, its streams.</summary>
    internal IEnumerable<Extent> AllExtents => Extents.Concat(ResourceFork).Concat(Streams.SelectMany(stream => stream.Extents));

    /// <summary>Whether the content is stored compressed for a reader that expands it (zisofs).</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Whether a part of what describes it is lost: its name, what it is or where it lies may be something else.</summary>
    public bool IsDescriptionLost { get; init; }

    /// <summary>Whether the view says that it should not be shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Names from the root on, each after a <c>/</c>; the root itself is <c>/</c>.</summary>
    public string Path => Parent is null ? "/" : Parent.Parent is null ? $"/{Name}" : $"{Parent.Path}/{Name}";

    /// <summary>How many directories lie above it: 0 for the root.</summary>
    public int Depth { get; init; }

    /// <summary>The four times above.</summary>
    internal EntryTimes Times { get; init; } = EntryTimes.Unknown;

    /// <summary>What the tree needs to find it again: an address on the disc, or the number of a catalogue.</summary>
    internal long Handle { get; init; }

    /// <summary>Of a directory, how many entries its catalogue says that it has; null where its format does not say.</summary>
    internal long? Valence { get; init; }

    /// <summary>Where the structure that describes it lies; of no length where that is the directory itself.</summary>
    internal Extent Descriptor { get; init; }
}
