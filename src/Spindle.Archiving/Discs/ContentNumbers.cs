// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Numbers what lies on a disc, each once, from 0 on: whole contents of the catalogue, and parts of them.</summary>
/// <remarks>Takes 16 bytes for each, and 8 to 16 to find it.</remarks>
internal sealed class ContentNumbers
{
    private readonly LargeList<(long Content, long Offset)> _contents = new();

    // Number + 1 of what belongs there; 0 where nothing does. At least half of it is empty.
    private int[] _slots = new int[256];

    public int Count => _contents.Count;

    /// <summary>A content's row in the catalogue, and where in it this disc's share begins, in bytes.</summary>
    public (long Content, long Offset) this[int number] => _contents[number];

    /// <summary>Numbers a content that has no number yet.</summary>
    /// <param name="content">Its row in the catalogue.</param>
    /// <param name="offset">Where in it this disc's share begins, in bytes.</param>
    /// <param name="number">Its number.</param>
    /// <returns>Whether it had none yet.</returns>
    public bool TryAdd(long content, long offset, out int number)
    {
        if (2 * (Count + 1) > _slots.Length)
        {
            Grow();
        }

        int slot = SlotOf((content, offset));
        number = _slots[slot] - 1;
        if (number >= 0)
        {
            return false;
        }

        number = Count;
        _contents.Add((content, offset));
        _slots[slot] = Count;
        return true;
    }

    private void Grow()
    {
        _slots = new int[2 * _slots.Length];
        for (int number = 0; number < Count; number++)
        {
            _slots[SlotOf(_contents[number])] = number + 1;
        }
    }

    /// <summary>Where the number of a content is, or is to be.</summary>
    private int SlotOf((long Content, long Offset) content)
    {
        int slot = content.GetHashCode() & (_slots.Length - 1);
        while (_slots[slot] > 0 && _contents[_slots[slot] - 1] != content)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }
}
