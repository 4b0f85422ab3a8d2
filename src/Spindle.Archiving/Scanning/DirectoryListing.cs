// SPDX-License-Identifier: MIT
using System.Buffers;

namespace Spindle.Archiving.Scanning;

/// <summary>The names of one directory, in the order of their bytes.</summary>
internal sealed class DirectoryListing
{
    private const int ChunkLength = 256;

    private readonly ArrayBufferWriter<byte> _names = new(512);
    private readonly List<Listed[]> _chunks = []; // a directory may have a million names: nothing large is ever copied
    private readonly List<int> _order = [];
    private int _added;

    /// <summary>How many names there are.</summary>
    public int Count => _order.Count;

    public ReadOnlySpan<byte> Name(int index) => NameAt(_order[index]);

    public NodeStatus Status(int index) => At(_order[index]).Status;

    public void Add(ReadOnlySpan<byte> name, in NodeStatus status)
    {
        if (_added % ChunkLength == 0)
        {
            _chunks.Add(new Listed[_added == 0 ? 32 : ChunkLength]);
        }

        if (_added == 32)
        {
            Listed[] first = new Listed[ChunkLength];
            _chunks[0].CopyTo(first, 0);
            _chunks[0] = first;
        }

        _chunks[^1][_added % ChunkLength] = new(_names.WrittenCount, name.Length, status);
        _order.Add(_added++);
        _names.Write(name);
    }

    /// <summary>Brings the names into order.</summary>
    public void Sort() => _order.Sort((one, other) => NameAt(one).SequenceCompareTo(NameAt(other)));

    /// <summary>Leaves out what is not wanted.</summary>
    public void Remove(Func<int, bool> isUnwanted)
    {
        int kept = 0;
        for (int index = 0; index < _order.Count; index++)
        {
            if (!isUnwanted(index))
            {
                _order[kept++] = _order[index];
            }
        }

        _order.RemoveRange(kept, _order.Count - kept);
    }

    private ref Listed At(int number) => ref _chunks[number / ChunkLength][number % ChunkLength];

    private ReadOnlySpan<byte> NameAt(int number)
    {
        ref Listed listed = ref At(number);
        return _names.WrittenSpan.Slice(listed.Start, listed.Length);
    }

    private readonly record struct Listed(int Start, int Length, NodeStatus Status);
}
