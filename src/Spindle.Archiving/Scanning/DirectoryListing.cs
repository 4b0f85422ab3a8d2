// SPDX-License-Identifier: MIT
using System.Buffers;

namespace Spindle.Archiving.Scanning;

/// <summary>The names of one directory, in the order of their bytes.</summary>
internal sealed class DirectoryListing
{
    private readonly ArrayBufferWriter<byte> _names = new(512);
    private readonly List<(int Start, int Length, NodeStatus Status)> _entries = [];

    /// <summary>How many names there are.</summary>
    public int Count => _entries.Count;

    public ReadOnlySpan<byte> Name(int index) => _names.WrittenSpan.Slice(_entries[index].Start, _entries[index].Length);

    public NodeStatus Status(int index) => _entries[index].Status;

    public void Add(ReadOnlySpan<byte> name, in NodeStatus status)
    {
        _entries.Add((_names.WrittenCount, name.Length, status));
        _names.Write(name);
    }

    /// <summary>Brings the names into order.</summary>
    public void Sort() => _entries.Sort((one, other) =>
        _names.WrittenSpan.Slice(one.Start, one.Length).SequenceCompareTo(_names.WrittenSpan.Slice(other.Start, other.Length)));

    /// <summary>Leaves out what is not wanted.</summary>
    public void Remove(Func<int, bool> isUnwanted)
    {
        int kept = 0;
        for (int index = 0; index < _entries.Count; index++)
        {
            if (!isUnwanted(index))
            {
                _entries[kept++] = _entries[index];
            }
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }
}
