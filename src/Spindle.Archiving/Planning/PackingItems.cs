// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>Cuts an archive into what is to stay together: the largest subtrees that fit, and small neighbours in one bundle.</summary>
/// <param name="costs">The directories.</param>
/// <param name="pieces">Sectors of the pieces of directories whose own files need more than one disc, in name order; by directory.</param>
internal sealed class PackingItems(DirectoryCosts costs, IReadOnlyDictionary<int, IReadOnlyList<long>> pieces)
{
    // Neighbours that are small against a disc travel together: who wants one of them often wants the next.
    private const int SmallShare = 32;
    private const int BundleShare = 8;

    /// <summary>Cuts all of it.</summary>
    /// <param name="limit">The largest subtree that is kept whole, in sectors. What is marked as undividable, and a directory's own
    /// files, stay whole beyond it.</param>
    /// <returns>Items that cover every directory once, in order.</returns>
    public List<PackingItem> Cut(long limit)
    {
        List<PackingItem> items = [];
        if (costs.Count > 0)
        {
            Cut(0, limit, items);
        }

        return items;
    }

    /// <summary>Cuts an item into the smaller ones that it is made of: one level of its directories, no directory's own files.</summary>
    /// <returns>The item alone where it has no smaller ones.</returns>
    public List<PackingItem> Open(PackingItem item)
    {
        if (item.Piece >= 0 || item.To == item.From + 1 || costs.IsUndividable(item.From))
        {
            return [item];
        }

        List<PackingItem> opened = [];
        for (int index = item.From; index < item.To;)
        {
            bool isWhole = costs.EndOf(index) <= item.To && index > item.From;
            int end = isWhole || costs.IsUndividable(index) ? costs.EndOf(index) : index + 1;
            opened.Add(Run(index, end));
            index = end;
        }

        return opened;
    }

    private void Cut(int root, long limit, List<PackingItem> items)
    {
        // An explicit stack: trees can be deeper than the machine's. What is pushed last comes next, so children go in reversed.
        Stack<(int Directory, bool IsOwnFilesOnly)> toVisit = new([(root, false)]);
        int bundleStart = items.Count;
        while (toVisit.TryPop(out (int Directory, bool IsOwnFilesOnly) next))
        {
            int end = next.IsOwnFilesOnly ? next.Directory + 1 : costs.EndOf(next.Directory);
            bool fits = DiscLoad.MostFor(costs, Run(next.Directory, end)) <= limit || end == next.Directory + 1 || costs.IsUndividable(next.Directory);
            if (!fits || (end > next.Directory + 1 && pieces.ContainsKey(next.Directory)))
            {
                foreach (int child in costs.ChildrenOf(next.Directory).Reverse())
                {
                    toVisit.Push((child, false));
                }

                toVisit.Push((next.Directory, true));
            }
            else if (pieces.TryGetValue(next.Directory, out IReadOnlyList<long>? own))
            {
                items.AddRange(own.Select((sectors, piece) => new PackingItem(next.Directory, next.Directory + 1, piece, sectors)));
                bundleStart = items.Count;
            }
            else
            {
                bundleStart = Append(items, Run(next.Directory, end), limit, bundleStart);
            }
        }
    }

    /// <summary>Adds an item, or lengthens the last one by it where both are small and neighbours.</summary>
    private int Append(List<PackingItem> items, PackingItem item, long limit, int bundleStart)
    {
        bool isSmall = item.Sectors < limit / SmallShare && !costs.IsUndividable(item.From);
        if (isSmall && items.Count > bundleStart && items[^1].Sectors + item.Sectors <= limit / BundleShare && items[^1].To == item.From)
        {
            items[^1] = Run(items[^1].From, item.To);
            return bundleStart;
        }

        items.Add(item);
        return isSmall ? items.Count - 1 : items.Count;
    }

    private PackingItem Run(int from, int to) => new(from, to, -1, costs.Sectors(from, to));
}
