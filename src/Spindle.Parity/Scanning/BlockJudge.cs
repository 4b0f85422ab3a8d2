// SPDX-License-Identifier: MIT
using Spindle.Parity.Blocks;
using Spindle.Parity.ReedSolomon;
using Spindle.Parity.Sectors;

namespace Spindle.Parity.Scanning;

/// <summary>Decides from a scan's notes what is wrong in a block, where that can be known without its sectors.</summary>
/// <param name="volume">What was scanned.</param>
/// <param name="notes">What was noted.</param>
internal sealed class BlockJudge(LayeredVolume volume, ScanNotes notes)
{
    /// <summary>Roots that must be left over: one to show that nothing else is wrong, four where errors had to be located.</summary>
    private const int SpareRoots = 1;

    private const int SpareRootsWithErrors = 4;

    /// <summary>Judges a block.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="flaws">255; what is known of each sector in the end.</param>
    /// <returns>Null where its sectors must be looked at themselves.</returns>
    public BlockReport? Judge(long block, Span<SectorFlaw> flaws)
    {
        List<int> wrong = [];
        List<int> rewritten = [];
        bool isProven = true;
        for (int layer = 0; layer < ReedSolomonCode.Length; layer++)
        {
            flaws[layer] = notes.FlawAt(layer, block);
            bool isRight = layer < volume.DataLayers && notes.IsProven(layer, block);
            isProven &= isRight || layer >= volume.DataLayers;
            if (flaws[layer] != SectorFlaw.None)
            {
                (isRight ? rewritten : wrong).Add(layer);
            }
        }

        int[]? all = isProven ? WithWrongParity(wrong, notes.ResidualOf(block)) : Located(block, wrong, flaws);
        if (all is null)
        {
            return null;
        }

        int silent = 0;
        foreach (int layer in all.Where(layer => notes.FlawAt(layer, block) == SectorFlaw.None))
        {
            flaws[layer] = SectorFlaw.Silent;
            silent++;
        }

        int[] listed = [.. all.Concat(rewritten).Order()];
        return new(block, listed.Length == 0 ? BlockOutcome.Intact : BlockOutcome.Restored, listed, silent, IsBlind: false);
    }

    // All data are proven right: whatever parity disagrees with them is wrong, however much it is.
    private int[] WithWrongParity(List<int> wrong, ReadOnlySpan<byte> residual)
    {
        List<int> all = [.. wrong];
        for (int root = 0; root < volume.Roots; root++)
        {
            int layer = volume.DataLayers + root;
            if (!wrong.Contains(layer) && residual.Slice(root * SectorDigest.Length, SectorDigest.Length).IndexOfAnyExcept((byte)0) >= 0)
            {
                all.Add(layer);
            }
        }

        return [.. all];
    }

    private int[]? Located(long block, List<int> wrong, Span<SectorFlaw> flaws)
    {
        // Where what is noted as checksums may be what is wrong, only what could not be read is taken for wrong without another proof.
        int[] known = volume.MayMisleadByChecksums ? [.. wrong.Where(layer => notes.FlawAt(layer, block) != SectorFlaw.Mismatched)] : [.. wrong];
        if (Locate(known, notes.ResidualOf(block)) is not { } found)
        {
            return null;
        }

        foreach (int layer in wrong.Except(found))
        {
            flaws[layer] = SectorFlaw.None;
        }

        // An error in data whose checksum is right is a contradiction; of data whose checksum could not be read, it is to be found out
        // whether that can be restored.
        bool isPlausible = found.Length == known.Length
            || (found.Length <= volume.Roots - SpareRootsWithErrors && found.Except(wrong).All(layer => layer >= volume.DataLayers));
        return isPlausible ? found : null;
    }

    // The digests are codewords: what is wrong in them is wrong in the sectors, in the same places.
    private int[]? Locate(int[] known, ReadOnlySpan<byte> residual)
    {
        if (known.Length == 0 && residual.IndexOfAnyExcept((byte)0) < 0)
        {
            return [];
        }

        if (known.Length > volume.Roots - SpareRoots)
        {
            return null;
        }

        SortedSet<int> found = [.. known];
        Span<byte> symbols = stackalloc byte[volume.Roots];
        Span<byte> syndromes = stackalloc byte[volume.Roots];
        for (int number = 0; number < SectorDigest.Length; number++)
        {
            for (int root = 0; root < symbols.Length; root++)
            {
                symbols[root] = residual[(root * SectorDigest.Length) + number];
            }

            ReedSolomonCode.Syndromes(symbols, syndromes);
            if (ErrorLocator.Locate(syndromes, known) is not { } located)
            {
                return null;
            }

            found.UnionWith(located);
        }

        return [.. found];
    }
}
