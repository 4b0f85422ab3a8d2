// SPDX-License-Identifier: MIT
namespace Spindle.Files.Listing;

/// <summary>What the file system says about a name, without following links.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Bytes of a file; 0 of others.</param>
/// <param name="Modified">Nanoseconds since 1970-01-01 UTC.</param>
/// <param name="Changed">The same of the status change; 0 where the system has none.</param>
/// <param name="Device">Which file system; 0 where the system has no numbers.</param>
/// <param name="Inode">Which file there; 0 where the system has no numbers.</param>
/// <param name="Mode">Permissions: st_mode &amp; 07777.</param>
/// <param name="Uid">Owner.</param>
/// <param name="Gid">Group.</param>
/// <param name="Links">How many names the file has.</param>
/// <param name="Allocated">Bytes that the file takes on its medium, where the system says.</param>
/// <param name="SpecialDevice">Major number × 2^32 + minor number of a device.</param>
public readonly record struct NodeStatus(
    EntryKind Kind, long Size, long Modified, long Changed, long Device, long Inode, int Mode, long Uid, long Gid, long Links, long Allocated, long SpecialDevice)
{
    private const long Millisecond = 1_000_000; // ns

    /// <summary>The time of the last modification where <see cref="Modified"/> can't hold it and has the nearest that it can: seconds since 1970-01-01 UTC, and nanoseconds.</summary>
    public (long Seconds, uint Nanoseconds)? FarModified { get; init; }

    /// <summary>Nothing that a change of the content would change is different.</summary>
    public bool HasContentOf(in NodeStatus other) =>
        Size == other.Size && Modified == other.Modified && Changed == other.Changed && Inode == other.Inode && Device == other.Device && Kind == other.Kind;

    /// <summary>It was changed so shortly before a moment that one more change at that moment could carry the same time.</summary>
    /// <param name="moment">When it was looked at, in ns since 1970-01-01 UTC.</param>
    /// <remarks>Kernels stamp files with the time of their last tick, at most 10 ms ago; FAT counts in 2 s.</remarks>
    public bool IsFreshAt(long moment)
    {
        bool isFine = Modified % Millisecond != 0 || Changed % Millisecond != 0;
        return Math.Max(Modified, Changed) > moment - ((isFine ? 30 : 2100) * Millisecond);
    }
}
