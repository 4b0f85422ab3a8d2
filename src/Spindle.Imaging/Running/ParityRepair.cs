// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Imaging.Rescuing;
using Spindle.Media;
using Spindle.Parity;

namespace Spindle.Imaging.Running;

/// <summary>What could not be read may be given back by the disc's own parity, if it carries some, and if that is wished.</summary>
internal sealed class ParityRepair(ImagingState state, ImagingPorts ports)
{
    /// <param name="image">The unfinished image, with all that could be read.</param>
    /// <param name="cancellationToken">Stops; what was mended until then stays.</param>
    /// <returns>Sectors up to the end of the parity; 0 where nothing is missing, or there is none.</returns>
    public long Run(UnfinishedImage image, CancellationToken cancellationToken)
    {
        ParityMending mending = new(image.File, state.Paths.ImagePart, state.Layout, state.Copy, image.Writer);
        if (state.UnreadableCount == 0 || state.Layout.SectorSize != Capacity.SectorSize || mending.Find() is not { } parity)
        {
            return 0;
        }

        long sectors = Math.Min(parity.TotalSectors, state.Layout.SectorCount);
        SectorRange behind = new(sectors, state.Layout.SectorCount - sectors);
        long missing = RunOut.DamageOf(state.Copy.Map, behind, state.Source.OffTrack).Sum(range => range.Count);
        if (missing == 0)
        {
            return sectors;
        }

        if (!state.Request.Repair && !ports.MayRepair(parity, missing))
        {
            TellOf(parity);
            return sectors;
        }

        mending.Mend(
            part => ports.Progress.Report(new("restoring", (long)(part * state.Layout.Length), state.Layout.Length, WorkProgress.Bytes)
            {
                Trouble = ImagingState.TroubleOf(missing),
            }),
            cancellationToken);
        image.Writer.Checkpoint(new(RescueStatus.Finished, 1, state.Layout.SectorCount));
        return sectors;
    }

    private void TellOf(ParityLayout parity) => state.Warnings.Add(new(
        "carries-parity",
        $"the disc carries parity, {parity.Roots} sectors for every {255 - parity.Roots}, which may bring back what could not be read",
        $"go on with --resume --repair, or run 'spindle repair {state.Paths.Image} --map {state.Paths.Map} --to FILE'"));
}
