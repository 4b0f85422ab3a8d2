// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>Takes the sectors that were restored, to write them where they belong.</summary>
internal interface IRestoredSink
{
    /// <summary>Takes restored sectors of one run of blocks. May be called from several threads.</summary>
    /// <param name="sectors">Layer, block, and content of each; valid during the call only.</param>
    void Take(RestoredRun sectors);
}

/// <summary>Restored sectors of one run of blocks.</summary>
/// <param name="buffer">Holds their content.</param>
/// <param name="firstBlock">The block at index 0 of the buffer.</param>
/// <param name="sectors">Layer and index in the buffer of each restored sector.</param>
internal sealed class RestoredRun(BlockBuffer buffer, long firstBlock, IReadOnlyList<(int Layer, int Index)> sectors)
{
    /// <summary>How many sectors.</summary>
    public int Count => sectors.Count;

    /// <summary>Layer and block of one sector.</summary>
    public (int Layer, long Block) this[int number] => (sectors[number].Layer, firstBlock + sectors[number].Index);

    /// <summary>Content of one sector.</summary>
    public ReadOnlySpan<byte> Content(int number) => buffer.SectorAt(sectors[number].Layer, sectors[number].Index);
}
