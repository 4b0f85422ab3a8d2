// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Analysis;

/// <summary>A file or directory that sectors which could not be read belong to.</summary>
public sealed record DamagedEntry
{
    /// <summary>In which view it has this path.</summary>
    public required VolumeView View { get; init; }

    /// <summary>Its path, names as recorded.</summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required EntryType Type { get; init; }

    /// <summary>Bytes of its content.</summary>
    public required long Size { get; init; }

    /// <summary>Which bytes of its content are lost: positions in the file, not on the disc. Of a directory, of its structure.</summary>
    public required IReadOnlyList<Extent> Lost { get; init; }

    /// <summary>Which bytes of its resource fork are lost (HFS and HFS+).</summary>
    public required IReadOnlyList<Extent> LostResourceFork { get; init; }

    /// <summary>Which of its named streams and extended attributes are lost (UDF), and which bytes of them: positions in the stream.</summary>
    public IReadOnlyList<NamedStream> LostStreams { get; init; } = [];

    /// <summary>Whether there are more named streams or extended attributes, of which not even the names can be read.</summary>
    public bool AreStreamsLost { get; init; }

    /// <summary>Whether what describes it is hit: its directory record or file entry.</summary>
    public required bool IsDescriptionHit { get; init; }

    /// <summary>Sum of <see cref="Lost"/>, <see cref="LostResourceFork"/> and <see cref="LostStreams"/>, in bytes.</summary>
    public long BytesLost => Lost.Sum(range => range.Length) + LostResourceFork.Sum(range => range.Length) + LostStreams.Sum(stream => stream.Size);
}
