// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Neighbouring sectors on their way from the medium to everyone who wants them.</summary>
/// <remarks>All consumers see the same memory and only read it; whoever releases the batch last gives the memory back.</remarks>
internal sealed class SectorBatch(BatchPool pool, AlignedBuffer buffer)
{
    private int _holders;

    /// <summary>The sectors.</summary>
    public SectorRange Range { get; private set; }

    /// <summary>What was read from the medium just now; the other sectors were there already.</summary>
    public IReadOnlyList<SectorRange> Fresh { get; private set; } = [];

    /// <summary>The bytes of the sectors: as many as the medium has.</summary>
    public ReadOnlySpan<byte> Content => buffer.Span[..Length];

    /// <summary>Memory for as many sectors as a batch can have.</summary>
    public Span<byte> Memory => buffer.Span;

    private int Length { get; set; }

    public void Fill(SectorRange range, int length, IReadOnlyList<SectorRange> fresh)
    {
        Range = range;
        Length = length;
        Fresh = fresh;
    }

    /// <summary>Says how many will call <see cref="Release"/>.</summary>
    public void HoldFor(int holders) => _holders = holders;

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            pool.Return(buffer);
        }
    }
}
