// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Sectors;

/// <summary>What is wrong with one sector of an ecc block.</summary>
internal enum SectorFlaw : byte
{
    /// <summary>Nothing that is known of.</summary>
    None,

    /// <summary>It can't be read, lies behind the end, or a rescue map says that it was not read.</summary>
    Missing,

    /// <summary>It holds a marker that stands for a sector that could not be read.</summary>
    Marked,

    /// <summary>It does not have the checksum noted for it.</summary>
    Mismatched,

    /// <summary>It should hold checksums, and does not have the checksum it notes for itself.</summary>
    SelfMismatched,

    /// <summary>Only the parity showed that it is wrong.</summary>
    Silent,
}
