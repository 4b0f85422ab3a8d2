// SPDX-License-Identifier: MIT
namespace Spindle.Archiving.Planning;

/// <summary>What every directory that has something new costs on a disc, in depth-first order by name.</summary>
/// <remarks>
/// A directory's subtree is a run of indices, from its own to <see cref="EndOf"/>; so are several siblings in a row. Whatever the
/// planner keeps together is such a run.
/// </remarks>
internal sealed class DirectoryCosts
{
    private readonly List<Row> _rows = [];
    private readonly List<long> _sumBefore = [0];

    private record struct Row(int Parent, int Depth, int End, long Sectors, int Files, bool IsUndividable);

    public int Count => _rows.Count;

    /// <summary>Adds the next directory of the walk.</summary>
    /// <param name="parent">Index of its parent; -1 for the root.</param>
    /// <param name="sectors">Its own structures, and the files in it with their contents; nothing of the directories below it.</param>
    /// <param name="files">Files in it.</param>
    /// <param name="isUndividable">Whether it and all below it must come onto one disc.</param>
    public int Add(int parent, long sectors, int files, bool isUndividable = false)
    {
        int index = _rows.Count;
        _rows.Add(new(parent, parent < 0 ? 0 : _rows[parent].Depth + 1, index + 1, sectors, files, isUndividable));
        _sumBefore.Add(_sumBefore[^1] + sectors);
        return index;
    }

    /// <summary>All directories are there: finds where subtrees end.</summary>
    public void Complete()
    {
        for (int index = _rows.Count - 1; index > 0; index--)
        {
            Row parent = _rows[_rows[index].Parent];
            _rows[_rows[index].Parent] = parent with { End = Math.Max(parent.End, _rows[index].End) };
        }
    }

    public int ParentOf(int index) => _rows[index].Parent;

    /// <summary>Directories above it, the root being 0.</summary>
    public int DepthOf(int index) => _rows[index].Depth;

    /// <summary>The first index that is no longer below the directory.</summary>
    public int EndOf(int index) => _rows[index].End;

    public int FilesOf(int index) => _rows[index].Files;

    public bool IsUndividable(int index) => _rows[index].IsUndividable;

    /// <summary>Sectors of the directories of a run.</summary>
    public long Sectors(int from, int to) => _sumBefore[to] - _sumBefore[from];

    /// <summary>The directories directly below one, in order.</summary>
    public IEnumerable<int> ChildrenOf(int index)
    {
        for (int child = index + 1; child < EndOf(index); child = EndOf(child))
        {
            yield return child;
        }
    }
}
