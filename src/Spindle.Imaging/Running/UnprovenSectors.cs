// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Running;

/// <summary>What was read when nobody knew any more that the disc is the same.</summary>
internal sealed class UnprovenSectors(ImagingState state, WatchedReader disc)
{
    /// <summary>The image goes back to what it was when it was known last that the disc is the same.</summary>
    /// <param name="cause">What the copy ends with.</param>
    public void TakeBack(Exception cause)
    {
        string? code = (cause as OperationFailedException)?.Failure.Code;
        try
        {
            if (code is not ("disc-changed" or "drive-gone"))
            {
                disc.Check();
            }
        }
        catch (OperationFailedException e)
        {
            code = e.Failure.Code;
            state.Warnings.Add(e.Failure);
        }

        // Of a drive that vanished, what it gave stays; what failed just before may have failed because it was about to vanish.
        foreach (SectorRange unproven in code switch
        {
            "disc-changed" => disc.SinceCheck,
            "drive-gone" => disc.JustFailed,
            _ => [],
        })
        {
            state.Copy.Forget(unproven);
            long firstPiece = state.Layout.PieceOf(unproven.Start) * state.Layout.SectorsPerPiece;
            foreach (SectorRange piece in state.Layout.Pieces(SectorRange.Between(firstPiece, unproven.End)))
            {
                state.Copy.Digests.Forget(piece);
            }
        }
    }
}
