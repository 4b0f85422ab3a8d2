// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>Writes restored sectors at once: for a copy, which is thrown away if the program dies.</summary>
/// <param name="volume">Where they belong.</param>
internal sealed class DirectSink(LayeredVolume volume) : IRestoredSink
{
    /// <inheritdoc/>
    public void Take(RestoredRun sectors)
    {
        for (int number = 0; number < sectors.Count; number++)
        {
            (int layer, long block) = sectors[number];
            volume.Write(layer, block, sectors.Content(number));
        }
    }
}
