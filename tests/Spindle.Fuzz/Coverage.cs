// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Spindle.Fuzz;

/// <summary>How often each way from one piece of code to the next was taken, and which of that was never seen before.</summary>
internal sealed unsafe class Coverage : IDisposable
{
    private const int Size = 1 << 16;

    private readonly byte* _counts = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    public Coverage() => Trace.SharedMem = _counts;

    /// <summary>Ways that were taken at least once.</summary>
    public int Ways => _seen.Count(classes => classes != 0);

    /// <summary>Ways, each as often as it was taken a number of times of another magnitude.</summary>
    public int Features => _seen.Sum(classes => BitOperations.PopCount(classes));

    /// <summary>Forgets the counts of the last input.</summary>
    public void Begin()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the input since <see cref="Begin"/> went a way that none went before, or another number of times.</summary>
    /// <param name="isKept">Whether it counts as seen from now on.</param>
    public bool IsNew(bool isKept)
    {
        bool isNew = false;
        Span<byte> counts = new(_counts, Size);
        for (int at = counts.IndexOfAnyExcept((byte)0); at >= 0 && at < Size;)
        {
            byte magnitude = MagnitudeOf(counts[at]);
            if ((_seen[at] & magnitude) == 0)
            {
                isNew = true;
                _seen[at] |= isKept ? magnitude : (byte)0;
            }

            int next = counts[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? Size : at + 1 + next;
        }

        return isNew;
    }

    /// <summary>The ways of the last input, each with its magnitude.</summary>
    public int[] Taken()
    {
        List<int> taken = [];
        for (int at = 0; at < Size; at++)
        {
            if (_counts[at] != 0)
            {
                taken.Add((at * 8) + BitOperations.Log2(MagnitudeOf(_counts[at])));
            }
        }

        return [.. taken];
    }

    public void Dispose() => NativeMemory.Free(_counts);

    private static byte MagnitudeOf(byte count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        <= 7 => 8,
        <= 15 => 16,
        <= 31 => 32,
        <= 127 => 64,
        _ => 128,
    };
}
