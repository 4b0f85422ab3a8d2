// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Spindle.Formats;

/// <summary>A set of addresses, or other numbers from 0 on, in one table of 8 bytes a slot, or 16 where each has a value.</summary>
/// <remarks>A disc may have a million directories, each of which is to be entered once: a hash set of the library takes twice as much.</remarks>
/// <param name="hasValues">Whether addresses have values.</param>
internal sealed class AddressSet(bool hasValues = false)
{
    private const int SmallestLog = 6;

    // What is left behind by growing by four is a third of the table that is in use; by two, it would be as much as that.
    private const int Growth = 4;

    // Nobody who makes a disc can know it, and choose addresses that all fall on one place.
    private readonly ulong _multiplier = unchecked((ulong)Random.Shared.NextInt64()) | 1 | (1ul << 63);

    // A slot holds the address plus one; 0 says that it is free.
    private ulong[] _slots = new ulong[1 << SmallestLog];
    private long[] _values = hasValues ? new long[1 << SmallestLog] : [];
    private int _log = SmallestLog;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many <see cref="IndexOf"/> there can be.</summary>
    public int Capacity => _slots.Length;

    /// <summary>Adds an address, at least 0; false where it was there before.</summary>
    public bool Add(long address)
    {
        int index = Find(address);
        if (_slots[index] != 0)
        {
            return false;
        }

        _slots[index] = unchecked((ulong)address + 1);
        Count++;
        if (Count > _slots.Length / 4 * 3)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Whether an address is there.</summary>
    public bool Contains(long address) => IndexOf(address) >= 0;

    /// <summary>A number below <see cref="Capacity"/> that is an address's own until the next one is added; -1 where it is not there.</summary>
    public int IndexOf(long address)
    {
        if (address < 0)
        {
            return -1;
        }

        int index = Find(address);
        return _slots[index] == 0 ? -1 : index;
    }

    /// <summary>Gives an address that is there a value.</summary>
    public void SetValue(long address, long value) => _values[IndexOf(address)] = value;

    /// <summary>The value of an address; 0 where it is not there, or was given none.</summary>
    public long ValueOf(long address) => IndexOf(address) is >= 0 and int index ? _values[index] : 0;

    /// <summary>The address with an index; null where there is none.</summary>
    public long? At(int index) => _slots[index] == 0 ? null : (long)(_slots[index] - 1);

    // Multiplicative hashing: addresses are multiples of a block, and the high bits of the product depend on all of theirs.
    private int Find(long address)
    {
        ulong key = unchecked((ulong)address + 1);
        int mask = _slots.Length - 1;
        int index = (int)(unchecked(key * _multiplier) >> (64 - _log));
        while (_slots[index] != 0 && _slots[index] != key)
        {
            index = (index + 1) & mask;
        }

        return index;
    }

    private void Grow()
    {
        (ulong[] slots, long[] values) = (_slots, _values);
        _slots = new ulong[slots.Length * Growth];
        _values = hasValues ? new long[_slots.Length] : [];
        _log = BitOperations.Log2((uint)_slots.Length);
        for (int old = 0; old < slots.Length; old++)
        {
            if (slots[old] == 0)
            {
                continue;
            }

            int index = Find(unchecked((long)(slots[old] - 1)));
            _slots[index] = slots[old];
            if (hasValues)
            {
                _values[index] = values[old];
            }
        }
    }
}
