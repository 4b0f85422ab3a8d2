// SPDX-License-Identifier: MIT
namespace Spindle.Mastering;

/// <summary>Names one behind the other in one array: a million of them are two objects.</summary>
internal sealed class NameList
{
    private byte[] _bytes = new byte[1024];
    private int[] _ends = new int[64];

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of a name. Valid until the next name is added.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(Start(index), _ends[index] - Start(index));

    /// <summary>Bytes of a name.</summary>
    public int LengthOf(int index) => _ends[index] - Start(index);

    /// <summary>Adds a name at the end.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        int start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + name.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Grown(_bytes.Length, start + name.Length));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Grown(_ends.Length, Count + 1));
        }

        name.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = start + name.Length;
    }

    /// <summary>Forgets all names, and keeps the room.</summary>
    public void Clear() => Count = 0;

    // By half: what is held twice while it grows stays small.
    private static int Grown(int length, int needed) => (int)Math.Min(Array.MaxLength, Math.Max(needed, length + (length / 2L)));

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
