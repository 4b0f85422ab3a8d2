// SPDX-License-Identifier: MIT
namespace Spindle.Files.Listing.Unix;

/// <summary>What is the same in what Unix systems say of a name (sys/stat.h). Pure.</summary>
internal static class UnixStatus
{
    /// <summary>What a name is.</summary>
    /// <param name="mode">st_mode.</param>
    public static EntryKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x4000 => EntryKind.Directory,
        0xA000 => EntryKind.Symlink,
        0x1000 => EntryKind.Fifo,
        0x2000 => EntryKind.CharacterDevice,
        0x6000 => EntryKind.BlockDevice,
        0xC000 => EntryKind.Socket,
        _ => EntryKind.File,
    };

    /// <summary>A time in ns since 1970-01-01 UTC. One outside the years 1678 to 2261 does not fit into 64 bits; it becomes the nearest that does.</summary>
    public static long TimeOf(long seconds, long nanoseconds) =>
        (long)Int128.Clamp(((Int128)seconds * 1_000_000_000) + nanoseconds, long.MinValue, long.MaxValue);

    /// <summary>A time that <see cref="TimeOf"/> can't hold; null for others.</summary>
    public static (long Seconds, uint Nanoseconds)? FarTimeOf(long seconds, long nanoseconds) =>
        TimeOf(seconds, nanoseconds) is long.MinValue or long.MaxValue ? (seconds, (uint)nanoseconds) : null;
}
