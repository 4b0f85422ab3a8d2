// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>Restored sectors of one run of blocks.</summary>
/// <param name="buffer">Holds their content.</param>
/// <param name="firstBlock">The block at index 0 of the buffer.</param>
/// <param name="sectors">Layer and index in the buffer of each restored sector, and whether it is proven to be right.</param>
internal sealed class RestoredRun(BlockBuffer buffer, long firstBlock, IReadOnlyList<(int Layer, int Index, bool IsProven)> sectors)
{
    /// <summary>How many sectors.</summary>
    public int Count => sectors.Count;

    /// <summary>Layer and block of one sector.</summary>
    public (int Layer, long Block) this[int number] => (sectors[number].Layer, firstBlock + sectors[number].Index);

    /// <summary>Whether one sector is proven to be right.</summary>
    public bool IsProven(int number) => sectors[number].IsProven;

    /// <summary>Content of one sector.</summary>
    public ReadOnlySpan<byte> Content(int number) => buffer.SectorAt(sectors[number].Layer, sectors[number].Index);
}
