// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Verifying;

/// <summary>Holds a rescued image against what the disc gave, as far as that was noted, and notes the digests that are still missing.</summary>
internal sealed class DigestKeeper(MediumLayout layout, PieceDigests digests) : IBatchConsumer
{
    private readonly List<SectorRange> _spoilt = [];

    /// <summary>Pieces that are not what was read.</summary>
    public IReadOnlyList<SectorRange> Spoilt => _spoilt;

    public void Take(SectorBatch batch) =>
        _spoilt.AddRange(layout.Pieces(batch.Range).Where(piece => !digests.MatchesOrBecomes(batch.Range, piece, batch.Content)));
}
