// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.Galois;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Rs03;

/// <summary>Tells from the sectors of one ecc block how many roots their code has: as many as syndromes vanish.</summary>
/// <remarks>
/// Codes are nested: a codeword with n roots is one for fewer, too. Missing sectors are taken out by multiplying the syndromes
/// with the polynomial that has these for roots; what remains must vanish from the number of missing sectors up to n.
/// </remarks>
/// <param name="image">The image.</param>
/// <param name="sectorsPerLayer">The size of layers that is tried.</param>
internal sealed class Rs03CodeProbe(IImageStorage image, long sectorsPerLayer)
{
    private const int Columns = 24;
    private const int MostSyndromes = Rs03Layout.MaximumRoots + 1;

    private readonly BlockBuffer _buffer = new(1);

    /// <summary>Looks at one ecc block.</summary>
    /// <returns>The layout, if the block can be restored as far as its sector of checksums, which tells the rest.</returns>
    public Rs03Layout? Examine(long block)
    {
        List<int> missing = Load(block);
        int roots = missing.Count < Rs03Layout.MaximumRoots ? CountRoots(missing) : 0;
        if (roots < Rs03Layout.MinimumRoots || missing.Count > roots)
        {
            return null;
        }

        ReedSolomonCode code = new(roots);
        GaloisProduct parity = new(code.ParityMatrix);
        foreach (int layer in missing)
        {
            _buffer.SectorAt(layer, 0).Clear();
        }

        parity.AddTo(_buffer.Memory, _buffer.Rows[..code.DataSymbols], _buffer.Rows[code.DataSymbols..], Sector.Size);
        bool solved = new BlockSolver(code, parity, _buffer).Solve(0, [.. missing]);
        Rs03Layout? found = solved ? Rs03CrcSector.TryReadLayout(_buffer.SectorAt(code.DataSymbols - 1, 0)) : null;
        return found is { IsImage: true } && found.Roots == roots && found.SectorsPerLayer == sectorsPerLayer ? found : null;
    }

    private List<int> Load(long block)
    {
        List<int> missing = [];
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            Span<byte> sector = _buffer.SectorAt(layer, 0);
            if (!image.TryReadSector((layer * sectorsPerLayer) + block, sector) || DeadSectorMarker.Is(sector))
            {
                missing.Add(layer);
            }
        }

        return missing;
    }

    // The smallest number over many codewords: a wrong guess survives one by chance, not all of them.
    private int CountRoots(List<int> missing)
    {
        byte[] locator = MultiplyOut(missing);
        Span<byte> word = stackalloc byte[ReedSolomonCode.Length];
        Span<byte> syndromes = stackalloc byte[MostSyndromes];
        int roots = MostSyndromes;
        int looked = 0;
        for (int column = 0; column < Sector.Size && looked < Columns && roots >= Rs03Layout.MinimumRoots; column++)
        {
            for (int layer = 0; layer < word.Length; layer++)
            {
                word[layer] = missing.Contains(layer) ? (byte)0 : _buffer.SectorAt(layer, 0)[column];
            }

            // A codeword of zeros belongs to every code.
            if (word.IndexOfAnyExcept((byte)0) >= 0)
            {
                looked++;
                ReedSolomonCode.Syndromes(word, syndromes);
                roots = Math.Min(roots, CountVanishing(syndromes, locator));
            }
        }

        return looked == 0 || roots > Rs03Layout.MaximumRoots ? 0 : roots;
    }

    private static int CountVanishing(ReadOnlySpan<byte> syndromes, byte[] locator)
    {
        int count = locator.Length - 1;
        for (; count < syndromes.Length; count++)
        {
            byte sum = 0;
            for (int power = 0; power < locator.Length; power++)
            {
                sum ^= GaloisField.Of187.Multiply(locator[power], syndromes[count - power]);
            }

            if (sum != 0)
            {
                break;
            }
        }

        return count;
    }

    private static byte[] MultiplyOut(List<int> layers)
    {
        byte[] polynomial = new byte[layers.Count + 1];
        polynomial[0] = 1;
        for (int index = 0; index < layers.Count; index++)
        {
            byte locator = ReedSolomonCode.Locator(layers[index]);
            for (int power = index + 1; power > 0; power--)
            {
                polynomial[power] ^= GaloisField.Of187.Multiply(locator, polynomial[power - 1]);
            }
        }

        return polynomial;
    }
}
