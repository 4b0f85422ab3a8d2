// SPDX-License-Identifier: MIT
namespace Spindle.Formats;

/// <summary>How many bytes of structures one reading of a medium may ask for: no more than all of them together, many times over.</summary>
/// <remarks>
/// A megabyte can describe a million files each of which is described by the same hundred thousand extents, or names that go on in
/// the same place: nothing there repeats itself, and reading it takes days. On media as they are meant, every structure is read
/// a few times; what comes nearest are the upper nodes of a B-tree. Places where nothing is recorded are not counted, or a sparse image could
/// make itself large.
/// </remarks>
internal sealed class ReadingAllowance
{
    private const long AtLeast = 256 * 1024 * 1024;
    private const long Times = 512;

    // One bit for each chunk of 64 KiB: 2 MiB of them stand for a terabyte, and no medium is larger.
    private const int MaximumChunks = 1 << 24;

    private ulong[] _seen = [];
    private long _earned;
    private long _left = AtLeast;

    /// <summary>Whether it was used up.</summary>
    public bool IsSpent => _left < 0;

    /// <summary>Begins again.</summary>
    public void Refresh() => _left = AtLeast + _earned;

    /// <summary>Takes bytes from it; false where it is used up.</summary>
    public bool TrySpend(int bytes)
    {
        _left = _left < 0 ? -1 : _left - bytes;
        return _left >= 0;
    }

    /// <summary>Adds what a chunk of the medium brings, the first time that it is seen.</summary>
    public void Seen(long index, ReadOnlySpan<byte> chunk)
    {
        int word = (int)Math.Min(index / 64, MaximumChunks / 64);
        if (word == MaximumChunks / 64)
        {
            return;
        }

        if (word >= _seen.Length)
        {
            Array.Resize(ref _seen, Math.Max(word + 1, Math.Min(_seen.Length * 2, MaximumChunks / 64)));
        }

        ulong bit = 1ul << (int)(index % 64);
        if ((_seen[word] & bit) == 0 && chunk.ContainsAnyExcept((byte)0))
        {
            _seen[word] |= bit;
            _earned += chunk.Length * Times;
            _left += _left < 0 ? 0 : chunk.Length * Times;
        }
    }
}
