// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Volumes;

/// <summary>Walks a tree that may loop, branch without end, or claim directories larger than its medium.</summary>
internal sealed class TreeWalk(Medium medium, FileTree tree, Findings findings)
{
    /// <summary>Directories above an entry, at most.</summary>
    public const int MaximumDepth = 1024;

    // So many take 40 MiB, which is what memory there may be.
    private const int MaximumDirectories = 1 << 20;

    private readonly HashSet<long> _visited = [];
    private long _directoryBytesLeft = Math.Max(64 * 1024 * 1024L, medium.Length > long.MaxValue / 2 ? medium.Length : medium.Length * 2);

    /// <summary>Every entry below a directory, each directory before what it holds.</summary>
    public IEnumerable<VolumeEntry> From(VolumeEntry root)
    {
        Stack<IEnumerator<VolumeEntry>> open = [];
        try
        {
            _visited.Add(root.Handle);
            open.Push(tree.List(root).GetEnumerator());
            while (open.Count > 0)
            {
                if (!open.Peek().MoveNext())
                {
                    open.Pop().Dispose();
                    continue;
                }

                VolumeEntry entry = open.Peek().Current;
                yield return entry;
                if (entry.Type == EntryType.Directory && MayDescend(entry))
                {
                    open.Push(tree.List(entry).GetEnumerator());
                }
            }
        }
        finally
        {
            while (open.TryPop(out IEnumerator<VolumeEntry>? left))
            {
                left.Dispose();
            }
        }
    }

    private bool MayDescend(VolumeEntry directory)
    {
        if (directory.Depth > MaximumDepth)
        {
            findings.Add(VolumeRules.DepthBounded, directory.Descriptor.Position, $"{directory.Name} lies {directory.Depth} deep");
            return false;
        }

        if (!_visited.Add(directory.Handle))
        {
            findings.Add(VolumeRules.DirectoryOnce, directory.Descriptor.Position, $"{directory.Path} was reached before");
            return false;
        }

        _directoryBytesLeft -= Math.Clamp(directory.Size, 2048, Math.Max(2048, medium.Length));
        if (_directoryBytesLeft < 0 || _visited.Count > MaximumDirectories)
        {
            findings.Add(VolumeRules.DirectoriesBounded, directory.Descriptor.Position, $"too much before {directory.Path}");
            return false;
        }

        return true;
    }
}
