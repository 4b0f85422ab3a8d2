// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>What is planned onto one disc.</summary>
internal sealed class DiscLoad(DirectoryCosts costs)
{
    // A directory that another disc has, too: file entry, identifiers, ISO 9660, continuation, Joliet, and a share of its path tables.
    private const int RepeatedDirectorySectors = 6;

    private readonly HashSet<int> _above = [];

    public List<PackingItem> Items { get; } = [];

    /// <summary>Sectors of all items, and of the directories above them that are repeated for them.</summary>
    public long Sectors { get; private set; }

    /// <summary>The most that an item takes on any disc.</summary>
    public static long MostFor(DirectoryCosts costs, PackingItem item) => item.Sectors + SectorsAbove(costs.DepthOf(item.From));

    /// <summary>The most that the directories above an item take for it.</summary>
    /// <param name="depth">How many there are.</param>
    public static long SectorsAbove(int depth) => (depth + 1L) * RepeatedDirectorySectors;

    public void Add(PackingItem item)
    {
        Items.Add(item);
        Sectors += item.Sectors + RepeatedDirectorySectors;
        for (int above = costs.ParentOf(item.From); above >= 0 && _above.Add(above); above = costs.ParentOf(above))
        {
            Sectors += RepeatedDirectorySectors;
        }
    }
}
