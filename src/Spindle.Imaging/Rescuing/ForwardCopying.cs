// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Reads what was not tried, from front to back: passes 1, 3 and 5.</summary>
/// <remarks>
/// The first pass brings home as much as possible before the medium gets worse: it leaves failures quickly, and farther with each
/// one in a row. The third goes on behind what was read until it fails there. The last one, the sweep, leaves nothing.
/// </remarks>
internal sealed class ForwardCopying(SectorMap map, RescueTuning tuning, RescueCursor start) : RescueStep(map, tuning, start)
{
    public const int First = 1;
    public const int Sweep = 5;

    private long _skip = tuning.FirstSkip;
    private int _largest = tuning.Cluster;

    public override SectorRange? Next()
    {
        while (Map.FirstOf(SectorState.NonTried, Sector) is { } found)
        {
            bool isWanted = Number is First or Sweep || (found.Start > 0 && Map[found.Start - 1] == SectorState.Finished);
            if (isWanted)
            {
                Sector = found.Start;
                return Cut(found);
            }

            Sector = found.End;
        }

        return null;
    }

    public override void Note(SectorRange range, SectorRead read, bool isSlow)
    {
        long failed = Settle(range, read);
        if (failed == range.End)
        {
            _largest = Math.Min(_largest * 2, Tuning.LargestRead);
            Sector = range.End;
            if (isSlow && Number == First)
            {
                Skip();
            }
            else
            {
                _skip = Tuning.FirstSkip;
            }

            return;
        }

        _largest = Tuning.Cluster;
        bool hasEnded = read.Fault == SectorFault.EndedEarly;
        Sector = hasEnded ? range.End : Math.Min(range.End, UpTo(failed + 1, Tuning.Cluster));
        SectorRange rest = SectorRange.Between(failed, Sector);
        if (hasEnded)
        {
            Map.Set(rest, SectorState.Bad);
        }
        else
        {
            MarkFailed(rest);
            LeaveFailure();
        }
    }

    private SectorRange Cut(SectorRange found)
    {
        if (found.Start >= Tuning.TailStart)
        {
            return new(found.Start, 1);
        }

        // Up to the end of a cluster, so that a failure spoils one cluster only.
        long end = found.Start % Tuning.Cluster == 0 ? found.Start + _largest : UpTo(found.Start, Tuning.Cluster);
        return SectorRange.Between(found.Start, Math.Min(Math.Min(end, found.End), Tuning.TailStart));
    }

    private void LeaveFailure()
    {
        if (Number == First)
        {
            Skip();
        }
        else if (Number != Sweep && Map.FirstOf(SectorState.NonTried, Sector) is { } rest && rest.Start == Sector)
        {
            Sector = rest.End;
        }
    }

    private void Skip()
    {
        if (Sector < Tuning.TailStart)
        {
            Sector = Math.Min(UpTo(Sector, Tuning.Cluster) + _skip, Map.SectorCount);
            _skip = Math.Min(_skip * 2, Tuning.LargestSkip);
        }
    }
}
