// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Trees;

/// <summary>Walks a tree that may loop, branch without end, or claim directories larger than its medium.</summary>
internal sealed class TreeWalk(Medium medium, FileTree tree, Findings findings)
{
    /// <summary>Directories above an entry, at most.</summary>
    public const int MaximumDepth = 1024;

    /// <summary>Characters of a path, at most: twice what Linux takes, so that a disc can't make every line of its listing a book.</summary>
    public const int LongestPath = 8192;

    // So many take 8 MiB, or 16 where each has a value.
    private const int MaximumDirectories = 3 << 18;

    // Of all directories that lie above one another: what is in them is known to the walk until it leaves them.
    private const int MaximumOpenExtents = 200_000;

    private long _directoryBytesLeft = Math.Max(64 * 1024 * 1024L, medium.Length > long.MaxValue / 2 ? medium.Length : medium.Length * 2);

    /// <summary>The directories that were entered, by their handles.</summary>
    public AddressSet Visited { get; init; } = new();

    /// <summary>Every entry below a directory, each directory before what it holds.</summary>
    public IEnumerable<VolumeEntry> From(VolumeEntry root)
    {
        medium.Refresh();
        Stack<OpenDirectory> open = [];
        try
        {
            Visited.Add(root.Handle);
            OpenDirectory directory = new(tree.List(root).GetEnumerator(), root.Path.Length, root.Extents.Count);
            open.Push(directory);
            while (true)
            {
                if (medium.IsSpent)
                {
                    findings.Add(VolumeRules.ReadingBounded, root.Descriptor.Position, $"after {Visited.Count} directories");
                    yield break;
                }

                if (!directory.Entries.MoveNext())
                {
                    open.Pop().Entries.Dispose();
                    if (!open.TryPeek(out directory))
                    {
                        yield break;
                    }

                    continue;
                }

                VolumeEntry entry = directory.Entries.Current;
                yield return entry;
                if (entry.Type == EntryType.Directory && MayDescend(entry, directory))
                {
                    directory = new(
                        tree.List(entry).GetEnumerator(), directory.PathLength + 1 + entry.Name.Length, directory.Extents + entry.Extents.Count);
                    open.Push(directory);
                }
            }
        }
        finally
        {
            while (open.TryPop(out OpenDirectory left))
            {
                left.Entries.Dispose();
            }
        }
    }

    private bool MayDescend(VolumeEntry directory, OpenDirectory above)
    {
        if (directory.Depth > MaximumDepth || above.PathLength + 1 + directory.Name.Length > LongestPath)
        {
            findings.Add(VolumeRules.DepthBounded, directory.Descriptor.Position, $"{directory.Name} lies {directory.Depth} deep, below a path of {above.PathLength} characters");
            return false;
        }

        if (Visited.Contains(directory.Handle))
        {
            findings.Add(VolumeRules.DirectoryOnce, directory.Descriptor.Position, $"{directory.Path} was reached before");
            return false;
        }

        _directoryBytesLeft -= Math.Clamp(directory.Size, 2048, Math.Max(2048, medium.Length));
        if (_directoryBytesLeft < 0 || Visited.Count >= MaximumDirectories || above.Extents + directory.Extents.Count > MaximumOpenExtents)
        {
            findings.Add(VolumeRules.DirectoriesBounded, directory.Descriptor.Position, $"too much before {directory.Path}");
            return false;
        }

        return Visited.Add(directory.Handle);
    }

    /// <summary>A directory that is being walked through.</summary>
    /// <param name="Entries">What is left of its entries.</param>
    /// <param name="PathLength">Characters of its path.</param>
    /// <param name="Extents">Extents of it and all directories above it.</param>
    private readonly record struct OpenDirectory(IEnumerator<VolumeEntry> Entries, int PathLength, int Extents);
}
