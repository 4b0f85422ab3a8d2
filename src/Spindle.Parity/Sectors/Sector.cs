// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Sectors;

/// <summary>What the parity formats take for a sector, whatever the medium says.</summary>
internal static class Sector
{
    /// <summary>Bytes of a sector.</summary>
    public const int Size = 2048;

    /// <summary>Sectors that hold so many bytes; a last one that is cut short counts.</summary>
    public static long CountOf(long bytes) => (bytes / Size) + (bytes % Size == 0 ? 0 : 1);
}
