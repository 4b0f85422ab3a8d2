// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>Walks a tree in the order in which people read it: by name, each directory with the size of all that is in it.</summary>
/// <remarks>
/// The tree is walked twice, for a directory comes before what it holds, and its size is that of all of it. Directories are entered once, however
/// the disc may loop.
/// </remarks>
internal sealed class TreeOutline(Medium medium, FileTree tree, Findings findings)
{
    /// <summary>
    /// Bytes of entries that are kept to be sorted, of all directories that lie one above the other: some 25,000 of them. What is in a
    /// directory that needs more is shown in the order in which it is recorded.
    /// </summary>
    public const long MostSorted = 8 * 1024 * 1024;

    // With the extents of the directories themselves, which are looked at until they are left.
    private const long MostKept = 2 * MostSorted;

    // The sizes of directories by their handles; of those that were entered since, less than 0.
    private readonly AddressSet _sizes = new(hasValues: true);
    private long _kept;

    /// <summary>The root and every entry below it.</summary>
    public IEnumerable<OutlineEntry> Lines()
    {
        AddUpSizes();
        yield return new(tree.Root, SizeOf(tree.Root), IsLast: true);
        medium.Refresh();
        Stack<Level> open = [];
        open.Push(Enter(tree.Root));
        while (open.TryPeek(out Level? level))
        {
            if (level.Next is not { } entry || medium.IsSpent)
            {
                open.Pop();
                level.Dispose();
                _kept -= level.Kept;
                continue;
            }

            level.Advance();
            yield return new(entry, SizeOf(entry), IsLast: level.Next is null);

            // A directory that the walk did not enter is one that loops, or one too many: it is named, and not entered.
            if (entry.Type == EntryType.Directory && _sizes.Contains(entry.Handle) && _sizes.ValueOf(entry.Handle) >= 0
                && _kept + BytesOf(entry) <= MostKept)
            {
                open.Push(Enter(entry));
            }
        }
    }

    private long SizeOf(VolumeEntry entry)
    {
        long size = entry.Type == EntryType.Directory ? _sizes.ValueOf(entry.Handle) : entry.Size;
        return size < 0 ? ~size : size;
    }

    private void AddUpSizes()
    {
        TreeWalk walk = new(medium, tree, findings) { Visited = _sizes };
        List<Total> above = [new(tree.Root, tree.Root.Size, IsFirstWay: true)];
        foreach (VolumeEntry entry in walk.From(tree.Root))
        {
            while (above.Count > entry.Depth)
            {
                Leave(above);
            }

            if (entry.Type == EntryType.Directory)
            {
                above.Add(new(entry, entry.Size, IsFirstWay: !_sizes.Contains(entry.Handle)));
            }
            else
            {
                above[^1] = above[^1].With(entry.Size);
            }
        }

        while (above.Count > 0)
        {
            Leave(above);
        }
    }

    private void Leave(List<Total> above)
    {
        Total left = above[^1];
        above.RemoveAt(above.Count - 1);
        if (left.IsFirstWay && _sizes.Contains(left.Directory.Handle))
        {
            _sizes.SetValue(left.Directory.Handle, left.Size);
        }

        if (above.Count > 0)
        {
            above[^1] = above[^1].With(left.Size);
        }
    }

    private Level Enter(VolumeEntry directory)
    {
        _sizes.SetValue(directory.Handle, ~_sizes.ValueOf(directory.Handle));

        long own = BytesOf(directory);
        _kept += own;

        // Those of a large directory are counted before any is kept.
        const long large = 64 * 1024;
        List<VolumeEntry> entries = [];
        if ((directory.Size > large && !Fits(tree.List(directory), out _, _ => { })) || !Fits(tree.List(directory), out long kept, entries.Add))
        {
            return new(tree.List(directory), own);
        }

        entries.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name) is not 0 and int order
            ? order
            : one.Descriptor.Position.CompareTo(other.Descriptor.Position));
        _kept += kept;
        return new(entries, own + kept);
    }

    private bool Fits(IEnumerable<VolumeEntry> entries, out long bytes, Action<VolumeEntry> keep)
    {
        bytes = 0;
        foreach (VolumeEntry entry in entries)
        {
            bytes += BytesOf(entry);
            if (_kept + bytes > MostSorted)
            {
                return false;
            }

            keep(entry);
        }

        return true;
    }

    // What it takes in memory, roughly.
    private static long BytesOf(VolumeEntry entry) =>
        300 + (2L * (entry.Name.Length + (entry.Target?.Length ?? 0))) + (24L * (entry.Extents.Count + entry.ResourceFork.Count + (10 * entry.Streams.Count)));

    /// <summary>What was added up for a directory so far.</summary>
    /// <param name="Directory">The directory.</param>
    /// <param name="Size">Bytes of it and all that was met in it.</param>
    /// <param name="IsFirstWay">Whether it was not met before: what loops is met again in itself.</param>
    private readonly record struct Total(VolumeEntry Directory, long Size, bool IsFirstWay)
    {
        // A disc may claim more bytes than a number can hold.
        public Total With(long more) => this with { Size = Size > long.MaxValue - more ? long.MaxValue : Size + more };
    }

    /// <summary>A directory that is being shown.</summary>
    private sealed class Level : IDisposable
    {
        private readonly IEnumerator<VolumeEntry> _entries;

        public Level(IEnumerable<VolumeEntry> entries, long kept)
        {
            _entries = entries.GetEnumerator();
            Kept = kept;
            Advance();
        }

        /// <summary>Bytes of it and its entries that are kept.</summary>
        public long Kept { get; }

        /// <summary>The entry that comes next; null at the end.</summary>
        public VolumeEntry? Next { get; private set; }

        public void Advance() => Next = _entries.MoveNext() ? _entries.Current : null;

        public void Dispose() => _entries.Dispose();
    }
}
