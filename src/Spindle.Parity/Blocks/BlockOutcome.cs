// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>What came of examining one ecc block.</summary>
internal enum BlockOutcome : byte
{
    /// <summary>Not examined yet.</summary>
    Unknown,

    /// <summary>Nothing is wrong.</summary>
    Intact,

    /// <summary>What was wrong is restored, and checksums or further parity prove it.</summary>
    Restored,

    /// <summary>What was wrong is restored as the parity says; nothing was left over to prove it by.</summary>
    RestoredUnproven,

    /// <summary>More is wrong than the parity can restore.</summary>
    Lost,
}
