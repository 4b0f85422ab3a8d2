// SPDX-License-Identifier: MIT
namespace Spindle.Files.Mounting.Trees;

/// <summary>What a drive tells of a file, a directory, a link or a special file. Its default is none.</summary>
/// <param name="Inode">Its number: the same as long as the drive is there, and no other's; 1 is the root. 0 where there is no such node.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct MountedNode(ulong Inode, EntryKind Kind)
{
    /// <summary>Bytes of a file; of a link, of its target.</summary>
    public long Size { get; init; }

    /// <summary>Bytes of a file that are no holes.</summary>
    public long Stored { get; init; }

    /// <summary>When it was modified, in ns since 1970-01-01 UTC.</summary>
    public long Modified { get; init; }

    /// <summary>When its status changed, in ns since 1970-01-01 UTC.</summary>
    public long Changed { get; init; }

    /// <summary>Permissions, set-id and sticky bits.</summary>
    public int Mode { get; init; }

    /// <summary>Number of the owner.</summary>
    public uint UserId { get; init; }

    /// <summary>Number of the owning group.</summary>
    public uint GroupId { get; init; }

    /// <summary>How many names it has, from 1.</summary>
    public long Links { get; init; }

    /// <summary>Numbers of a device.</summary>
    public (uint Major, uint Minor) Device { get; init; }
}
