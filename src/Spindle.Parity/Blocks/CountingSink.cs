// SPDX-License-Identifier: MIT
namespace Spindle.Parity.Blocks;

/// <summary>Writes restored sectors into their volume, and counts them.</summary>
/// <param name="volume">Where they belong.</param>
internal sealed class CountingSink(LayeredVolume volume) : IRestoredSink
{
    private long _proven;
    private long _unproven;

    /// <summary>Whether what nothing proves is left out.</summary>
    public bool WritesProvenOnly { get; init; }

    /// <summary>Sectors written that are proven to be right.</summary>
    public long Proven => Interlocked.Read(ref _proven);

    /// <summary>Sectors written that nothing proves.</summary>
    public long Unproven => Interlocked.Read(ref _unproven);

    /// <inheritdoc/>
    public void Take(RestoredRun sectors)
    {
        for (int number = 0; number < sectors.Count; number++)
        {
            (int layer, long block) = sectors[number];
            if (!volume.CanWrite(layer) || (WritesProvenOnly && !sectors.IsProven(number)))
            {
                continue;
            }

            volume.Write(layer, block, sectors.Content(number));
            Interlocked.Increment(ref sectors.IsProven(number) ? ref _proven : ref _unproven);
        }
    }
}
