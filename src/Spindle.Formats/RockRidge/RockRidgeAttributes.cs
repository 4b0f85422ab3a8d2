// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.RockRidge;

/// <summary>What the system use entries of one directory record say (SUSP 1.12, RRIP 1.12). Null where they say nothing.</summary>
/// <remarks>A value: one is read for every file of a disc, and soon forgotten.</remarks>
public record struct RockRidgeAttributes
{
    /// <summary>The name, from all NM entries together.</summary>
    public string? Name { get; internal set; }

    /// <summary>File type and permissions, from PX.</summary>
    public uint? Mode { get; internal set; }

    /// <summary>How many names the file has, from PX.</summary>
    public uint? Links { get; internal set; }

    /// <summary>Number of the owner, from PX.</summary>
    public uint? Uid { get; internal set; }

    /// <summary>Number of the group, from PX.</summary>
    public uint? Gid { get; internal set; }

    /// <summary>When what happened, from all TF entries together.</summary>
    internal EntryTimes? Times { get; set; }

    /// <summary>Where a symbolic link leads, from all SL entries together.</summary>
    public string? Target { get; internal set; }

    /// <summary>First block of the directory that was moved elsewhere and belongs here, from CL.</summary>
    public uint? ChildBlock { get; internal set; }

    /// <summary>Whether this is a directory that was moved here and belongs elsewhere (RE).</summary>
    public bool IsRelocated { get; internal set; }

    /// <summary>Bytes of the content when expanded, from ZF.</summary>
    public uint? ExpandedSize { get; internal set; }

    /// <summary>What the Finder knows of the file, 32 bytes; from AA, which is no entry of this protocol, but lies among them.</summary>
    public ReadOnlyMemory<byte> FinderInfo { get; internal set; }

    /// <summary>Bytes to skip at the start of every system use area, from SP; null without an SP.</summary>
    public int? SkippedBytes { get; internal set; }

    /// <summary>Whether some of the entries are lost: what is not said may have been.</summary>
    public bool IsIncomplete { get; internal set; }

    /// <summary>Whether an entry of this protocol was seen at all.</summary>
    public bool IsPresent { get; internal set; }
}
