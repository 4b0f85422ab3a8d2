// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Reads what lies between bad edges, each sector by itself.</summary>
internal sealed class Scraping(SectorMap map, RescueTuning tuning, RescueCursor start) : RescueStep(map, tuning, start)
{
    public override SectorRange? Next()
    {
        if (Map.FirstOf(SectorState.NonScraped, Sector) is not { } found)
        {
            return null;
        }

        Sector = found.Start;
        return new(found.Start, 1);
    }

    public override void Note(SectorRange range, SectorRead read, bool isSlow)
    {
        Map.Set(range, read.Count > 0 ? SectorState.Finished : SectorState.Bad);
        Sector = range.End;
    }
}
