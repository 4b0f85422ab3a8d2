// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Finds the edges of failed areas: single sectors from the front up to a failure, then from the back.</summary>
internal sealed class Trimming(SectorMap map, RescueTuning tuning, RescueCursor start) : RescueStep(map, tuning, start)
{
    public override SectorRange? Next()
    {
        while (Map.FirstOf(SectorState.NonTrimmed, Sector) is { } found)
        {
            Sector = found.Start;

            // A bad neighbour was read by itself: that edge is found.
            if (found.Start == 0 || Map[found.Start - 1] != SectorState.Bad)
            {
                return new(found.Start, 1);
            }

            if (found.End == Map.SectorCount || Map[found.End] != SectorState.Bad)
            {
                return new(found.End - 1, 1);
            }

            Map.Set(found, SectorState.NonScraped);
            Sector = found.End;
        }

        return null;
    }

    public override void Note(SectorRange range, SectorRead read, bool isSlow) =>
        Map.Set(range, read.Count > 0 ? SectorState.Finished : SectorState.Bad);
}
