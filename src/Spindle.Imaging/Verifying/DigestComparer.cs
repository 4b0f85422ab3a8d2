// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Verifying;

/// <summary>Holds what is read back against what the disc gave, piece by piece.</summary>
internal sealed class DigestComparer(MediumLayout layout, PieceDigests expected) : IBatchConsumer
{
    private readonly RangeList _differences = new();

    /// <summary>Pieces that differ.</summary>
    public IReadOnlyList<SectorRange> Differences => _differences.Ranges;

    public void Take(SectorBatch batch)
    {
        foreach (SectorRange piece in layout.Pieces(batch.Range))
        {
            if (!expected.Matches(batch.Range, piece, batch.Content))
            {
                _differences.Add(piece);
            }
        }
    }
}
