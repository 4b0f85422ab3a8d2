// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Reads what was skipped, from back to front, up to the first failure in each area: passes 2 and 4.</summary>
internal sealed class BackwardCopying(SectorMap map, RescueTuning tuning, RescueCursor start) : RescueStep(map, tuning, start)
{
    public const int First = 2;

    public override bool IsBackwards => true;

    public override SectorRange? Next()
    {
        while (Map.LastOf(SectorState.NonTried, Sector) is { } found)
        {
            if (Number == First || (found.End < Map.SectorCount && Map[found.End] == SectorState.Finished))
            {
                Sector = found.End;
                long first = found.End > Tuning.TailStart ? found.End - 1 : DownTo(found.End - 1, Tuning.Cluster);
                return SectorRange.Between(Math.Max(found.Start, first), found.End);
            }

            Sector = found.Start;
        }

        return null;
    }

    public override void Note(SectorRange range, SectorRead read, bool isSlow)
    {
        long failed = Settle(range, read);
        Sector = range.Start;
        if (failed < range.End)
        {
            SectorRange rest = SectorRange.Between(failed, range.End);
            if (read.Fault == SectorFault.EndedEarly)
            {
                Map.Set(rest, SectorState.Bad);
            }
            else
            {
                MarkFailed(rest);
            }
        }

        bool leaves = (failed < range.End && read.Fault != SectorFault.EndedEarly) || (isSlow && Number == First);
        if (leaves && Map.LastOf(SectorState.NonTried, Sector) is { } before && before.End == Sector)
        {
            Sector = before.Start;
        }
    }
}
