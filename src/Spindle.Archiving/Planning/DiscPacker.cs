// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>Brings items onto as few discs as it can: best fit, the largest first.</summary>
/// <param name="costs">The directories.</param>
/// <param name="items">Cuts them.</param>
/// <param name="capacity">Sectors of a disc that items and what is repeated for them may take.</param>
internal sealed class DiscPacker(DirectoryCosts costs, PackingItems items, long capacity)
{
    // Subtrees as large as a disc first: most stays together. Smaller ones only where that saves a disc.
    private static readonly long[] Shares = [1, 2, 4, 8];

    /// <summary>Packs everything.</summary>
    /// <param name="lowerBound">Discs that it takes at least: reaching it ends the search.</param>
    /// <returns>Discs in the order of what they hold.</returns>
    public IReadOnlyList<DiscLoad> Pack(int lowerBound)
    {
        List<DiscLoad>? best = null;
        foreach (long share in Shares)
        {
            List<DiscLoad> packed = SaveDiscs(Pack(items.Cut(capacity / share)), lowerBound);
            if (best is null || packed.Count < best.Count)
            {
                best = packed;
            }

            if (best.Count <= lowerBound)
            {
                break;
            }
        }

        foreach (DiscLoad disc in best!)
        {
            disc.Items.Sort((a, b) => a.Order.CompareTo(b.Order));
        }

        best.Sort((a, b) => a.Items[0].Order.CompareTo(b.Items[0].Order));
        return best;
    }

    private List<DiscLoad> Pack(List<PackingItem> toPack)
    {
        List<DiscLoad> discs = [];
        foreach (PackingItem item in LargestFirst(toPack))
        {
            DiscLoad? disc = BestFit(discs, item);
            if (disc is null)
            {
                disc = new(costs);
                discs.Add(disc);
            }

            disc.Add(item);
        }

        return discs;
    }

    /// <summary>Spreads the emptiest disc over the room that the others have left, in smaller items, as long as that works.</summary>
    private List<DiscLoad> SaveDiscs(List<DiscLoad> discs, int lowerBound)
    {
        while (discs.Count > lowerBound && discs.Count > 1)
        {
            DiscLoad emptiest = discs.MinBy(disc => disc.Sectors)!;
            List<DiscLoad>? fewer = SpreadOver(discs.Where(disc => disc != emptiest), emptiest);
            if (fewer is null)
            {
                break;
            }

            discs = fewer;
        }

        return discs;
    }

    private List<DiscLoad>? SpreadOver(IEnumerable<DiscLoad> others, DiscLoad emptiest)
    {
        List<DiscLoad> discs = [.. others.Select(Copy)];
        if (discs.Sum(disc => capacity - disc.Sectors) < emptiest.Items.Sum(item => item.Sectors))
        {
            return null;
        }

        PriorityQueue<PackingItem, (long, (int, int))> left = new(emptiest.Items.Select(item => (item, Rank(item))));
        while (left.TryDequeue(out PackingItem item, out _))
        {
            if (BestFit(discs, item) is { } disc)
            {
                disc.Add(item);
                continue;
            }

            List<PackingItem> opened = items.Open(item);
            if (opened.Count == 1)
            {
                return null;
            }

            left.EnqueueRange(opened.Select(smaller => (smaller, Rank(smaller))));
        }

        return discs;
    }

    /// <summary>The disc that the item leaves the least room on; the first of several.</summary>
    private DiscLoad? BestFit(List<DiscLoad> discs, PackingItem item)
    {
        long most = DiscLoad.MostFor(costs, item);
        DiscLoad? best = null;
        foreach (DiscLoad disc in discs)
        {
            if (disc.Sectors + most <= capacity && (best is null || disc.Sectors > best.Sectors))
            {
                best = disc;
            }
        }

        return best;
    }

    private DiscLoad Copy(DiscLoad disc)
    {
        DiscLoad copy = new(costs);
        disc.Items.ForEach(copy.Add);
        return copy;
    }

    private static IOrderedEnumerable<PackingItem> LargestFirst(List<PackingItem> items) => items.OrderBy(Rank);

    private static (long, (int, int)) Rank(PackingItem item) => (-item.Sectors, item.Order);
}
