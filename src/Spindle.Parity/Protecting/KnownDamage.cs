// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Parity.Blocks;
using Spindle.Parity.ReedSolomon;

namespace Spindle.Parity.Protecting;

/// <summary>How much of its parity an image has used up by sectors that are known to be wrong: reckoned, without reading any of it again.</summary>
public sealed class KnownDamage
{
    private readonly LayeredVolume _layers;

    private KnownDamage(ProtectedVolume volume) => (_layers, Layout) = (volume.Layers, volume.Layout);

    /// <summary>The parity.</summary>
    public ParityLayout Layout { get; }

    /// <summary>Looks for the parity within an image, in the likely places.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Null where there is none, or the image can't be read.</returns>
    public static KnownDamage? Of(string image)
    {
        try
        {
            using ImageFile file = ImageFile.OpenRead(image);
            return ProtectedVolume.FindQuickly(file) is { } volume ? new(volume) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationFailedException)
        {
            return null;
        }
    }

    /// <summary>Wrong sectors of the worst ecc block, 0 to 255.</summary>
    /// <param name="wrong">Sectors of the image that are wrong, each once. Those that no ecc block holds count for nothing.</param>
    public int WorstBlock(IEnumerable<SectorRange> wrong)
    {
        Dictionary<long, int> blocks = [];
        int worst = 0;
        foreach (long sector in wrong.SelectMany(range => Enumerable.Range(0, (int)range.Count).Select(i => range.Start + i)))
        {
            if (BlockOf(sector) is { } block)
            {
                worst = Math.Max(worst, blocks[block] = blocks.GetValueOrDefault(block) + 1);
            }
        }

        return worst;
    }

    /// <summary>A layer lies in one piece, so where its first sector lies says which block a sector would be of; that it is, its place says.</summary>
    private long? BlockOf(long sector)
    {
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            SectorPlace first = _layers.Place(layer, 0);
            long block = sector - first.Sector;
            if (first.Home == SectorHome.Image && block >= 0 && block < _layers.Blocks && _layers.Place(layer, block) == new SectorPlace(SectorHome.Image, sector))
            {
                return block;
            }
        }

        return null;
    }
}
