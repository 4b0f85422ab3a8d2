// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>Where a sector of a layer is kept.</summary>
/// <param name="Home">In which file, if any.</param>
/// <param name="Sector">Number of the sector there, from 0.</param>
internal readonly record struct SectorPlace(SectorHome Home, long Sector);

/// <summary>What holds a sector.</summary>
internal enum SectorHome
{
    /// <summary>Nothing: its content follows from the layout.</summary>
    Nowhere,

    /// <summary>The image.</summary>
    Image,

    /// <summary>The error correction file.</summary>
    ParityFile,
}
