// SPDX-License-Identifier: MIT
namespace Spindle.Formats.RockRidge;

/// <summary>What the system use entries of one directory record say (SUSP 1.12, RRIP 1.12). Null where they say nothing.</summary>
public sealed record RockRidgeAttributes
{
    /// <summary>The name, from all NM entries together.</summary>
    public string? Name { get; init; }

    /// <summary>File type and permissions, from PX.</summary>
    public uint? Mode { get; init; }

    /// <summary>How many names the file has, from PX.</summary>
    public uint? Links { get; init; }

    /// <summary>Number of the owner, from PX.</summary>
    public uint? Uid { get; init; }

    /// <summary>Number of the group, from PX.</summary>
    public uint? Gid { get; init; }

    /// <summary>When it came into being, from TF.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When the content was last changed, from TF.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>When it was last read, from TF.</summary>
    public DateTimeOffset? Accessed { get; init; }

    /// <summary>When the attributes were last changed, from TF.</summary>
    public DateTimeOffset? Changed { get; init; }

    /// <summary>Where a symbolic link leads, from all SL entries together.</summary>
    public string? Target { get; init; }

    /// <summary>First block of the directory that was moved elsewhere and belongs here, from CL.</summary>
    public uint? ChildBlock { get; init; }

    /// <summary>Whether this is a directory that was moved here and belongs elsewhere (RE).</summary>
    public bool IsRelocated { get; init; }

    /// <summary>Bytes of the content when expanded, from ZF.</summary>
    public uint? ExpandedSize { get; init; }

    /// <summary>Bytes to skip at the start of every system use area, from SP; null without an SP.</summary>
    public int? SkippedBytes { get; init; }

    /// <summary>Whether an entry of this protocol was seen at all.</summary>
    public bool IsPresent { get; init; }
}
