// SPDX-License-Identifier: MIT
using Spindle.Formats.Names;

namespace Spindle.Mastering;

/// <summary>The names of one directory in one form: each once, and the same for the same directory, in whatever order it is told.</summary>
/// <remarks>
/// A name that the form holds as it is stays as it is; of those that had to be changed, the first in the order of their bytes keeps
/// the plain change, and the others get a number. One row of numbers for the whole directory keeps that linear.
/// </remarks>
internal sealed class UniqueNames(NameForm form)
{
    private readonly NameList _names = new();
    private readonly NameList _encodedInOrder = new();
    private int[] _places = [];
    private bool[] _isExact = [];
    private int[] _slots = [];
    private int _slotMask;

    /// <summary>How many names there are, those that were left out included.</summary>
    public int Count { get; private set; }

    /// <summary>The encoded name of an entry; empty where it was left out.</summary>
    public ReadOnlySpan<byte> this[int index] => _names[_places[index]];

    /// <summary>Bytes of an encoded name.</summary>
    public int LengthOf(int index) => _names.LengthOf(_places[index]);

    /// <summary>Encodes the names of a directory.</summary>
    /// <param name="names">The names, in the order of their bytes, each once.</param>
    /// <param name="kinds">What each stands for.</param>
    /// <param name="isLeftOut">Kinds that this file system does not have.</param>
    /// <param name="reserved">An encoded name that none of them may have; empty for none.</param>
    public void Encode(NameList names, ReadOnlySpan<NodeKind> kinds, Func<NodeKind, bool> isLeftOut, ReadOnlySpan<byte> reserved)
    {
        Prepare(names.Count, reserved);
        Span<byte> encoded = stackalloc byte[NameForm.MaximumLength + 8];
        for (int index = 0; index < names.Count; index++)
        {
            bool isExact = true;
            int length = isLeftOut(kinds[index]) ? 0 : form.Encode(names[index], kinds[index] == NodeKind.Directory, encoded, out isExact);
            _encodedInOrder.Add(encoded[..length]);
            _isExact[index] = isExact;
        }

        // First those that need no change: they are told apart by themselves. The reserved name counts as one of them.
        for (int index = 0; index < names.Count; index++)
        {
            if (_isExact[index])
            {
                _places[index] = _names.Count;
                bool isFree = _encodedInOrder.LengthOf(index) == 0 || TryTake(_encodedInOrder[index]);
                _names.Add(isFree ? _encodedInOrder[index] : []);
                _isExact[index] = isFree;
            }
        }

        int number = 0;
        for (int index = 0; index < names.Count; index++)
        {
            if (_isExact[index])
            {
                continue;
            }

            _encodedInOrder[index].CopyTo(encoded);
            int length = _encodedInOrder.LengthOf(index);
            while (!TryTake(encoded[..length]))
            {
                length = form.EncodeNumbered(names[index], kinds[index] == NodeKind.Directory, encoded, ++number);
            }

            _places[index] = _names.Count;
            _names.Add(encoded[..length]);
        }
    }

    private void Prepare(int count, ReadOnlySpan<byte> reserved)
    {
        Count = count;
        _names.Clear();
        _encodedInOrder.Clear();
        if (_places.Length < count)
        {
            int room = Math.Max(count, _places.Length * 2);
            _places = new int[room];
            _isExact = new bool[room];
        }

        int slots = 16;
        while (slots < (count + 1) * 2L)
        {
            slots *= 2;
        }

        if (_slots.Length < slots)
        {
            _slots = new int[slots];
        }

        _slotMask = slots - 1;
        Array.Clear(_slots, 0, slots);
        if (!reserved.IsEmpty)
        {
            _ = TryTake(reserved);
            _names.Add(reserved);
        }
    }

    // The name that is added to the list next takes a slot, unless its key is there already.
    private bool TryTake(ReadOnlySpan<byte> encoded)
    {
        ReadOnlySpan<byte> key = form.KeyOf(encoded);
        int slot = HashOf(key) & _slotMask;
        for (; _slots[slot] != 0; slot = (slot + 1) & _slotMask)
        {
            if (form.KeyOf(_names[_slots[slot] - 1]).SequenceEqual(key))
            {
                return false;
            }
        }

        _slots[slot] = _names.Count + 1;
        return true;
    }

    // FNV-1a: what it gives decides nothing but how long a look takes.
    private static int HashOf(ReadOnlySpan<byte> key)
    {
        uint hash = 2166136261;
        foreach (byte value in key)
        {
            hash = unchecked((hash ^ value) * 16777619);
        }

        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }
}
