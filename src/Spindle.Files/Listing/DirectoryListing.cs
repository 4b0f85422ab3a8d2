// SPDX-License-Identifier: MIT
using System.Buffers;

namespace Spindle.Files.Listing;

/// <summary>The names of one directory, in the order of their bytes.</summary>
public sealed class DirectoryListing
{
    private const int ChunkLength = 128;
    private const int ChunksKept = 16;

    private readonly ArrayBufferWriter<byte> _names = new(512);
    private readonly List<Listed[]> _chunks = []; // a directory may have a million names: nothing large is ever copied
    private readonly List<int> _order = [];
    private int _added;

    /// <summary>How many names there are.</summary>
    public int Count => _order.Count;

    /// <summary>A name, in the order that <see cref="Sort"/> made; valid until the next one is added.</summary>
    public ReadOnlySpan<byte> Name(int index) => NameAt(_order[index]);

    /// <summary>What the file system says about that name.</summary>
    public NodeStatus Status(int index) => At(_order[index]).Status;

    /// <summary>Adds a name behind the others.</summary>
    public void Add(ReadOnlySpan<byte> name, in NodeStatus status)
    {
        if (_added == _chunks.Count * ChunkLength)
        {
            _chunks.Add(new Listed[ChunkLength]);
        }

        _chunks[_added / ChunkLength][_added % ChunkLength] = new(_names.WrittenCount, name.Length, status);
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

    /// <summary>Empties it for another directory, unless it has grown too large to be kept.</summary>
    public bool TryClear()
    {
        _names.ResetWrittenCount();
        _order.Clear();
        _added = 0;
        return _chunks.Count <= ChunksKept;
    }

    private ref Listed At(int number) => ref _chunks[number / ChunkLength][number % ChunkLength];

    private ReadOnlySpan<byte> NameAt(int number)
    {
        ref Listed listed = ref At(number);
        return _names.WrittenSpan.Slice(listed.Start, listed.Length);
    }

    private readonly record struct Listed(int Start, int Length, NodeStatus Status);
}
