// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Rescuing;

/// <summary>Tries every bad place again, in the other direction each time.</summary>
/// <remarks>
/// A read asks for what the drive decodes as a whole, and gives it up for this pass when nothing comes: sixteen reads of one dead
/// block would wear the drive sixteen times. Where reads succeed, in another drive, say, they grow.
/// </remarks>
internal sealed class Retrying(SectorMap map, RescueTuning tuning, RescueCursor start) : RescueStep(map, tuning, start)
{
    private int _largest = tuning.Unit;

    public override bool IsBackwards => Number % 2 == 0;

    public override SectorRange? Next()
    {
        if (NextBad() is not { } found)
        {
            return null;
        }

        Sector = IsBackwards ? found.End : found.Start;
        return IsBackwards
            ? SectorRange.Between(Math.Max(found.Start, DownTo(found.End - 1, _largest)), found.End)
            : SectorRange.Between(found.Start, Math.Min(found.End, UpTo(found.Start + 1, _largest)));
    }

    public override void Note(SectorRange range, SectorRead read, bool isSlow)
    {
        long failed = Settle(range, read);
        if (failed == range.End)
        {
            _largest = Math.Min(_largest * 2, Tuning.LargestRead);
            Sector = IsBackwards ? range.Start : range.End;
            return;
        }

        bool isLarge = _largest > Tuning.Unit;
        _largest = Tuning.Unit;
        if (!IsBackwards)
        {
            Sector = read.Count > 0 ? failed + 1 : Math.Min(range.End, UpTo(failed + 1, Tuning.Unit));
        }
        else if (!isLarge || range.Count <= Tuning.Unit)
        {
            Sector = range.Start;
        }
    }

    /// <summary>The next bad sectors; what nobody has written is passed over.</summary>
    private SectorRange? NextBad()
    {
        while ((IsBackwards ? Map.LastOf(SectorState.Bad, Sector) : Map.FirstOf(SectorState.Bad, Sector)) is { } found)
        {
            SectorRange gap = Tuning.OffTrack.FirstOrDefault(gap => gap.Contains(IsBackwards ? found.End - 1 : found.Start));
            if (gap.IsEmpty)
            {
                return IsBackwards
                    ? SectorRange.Between(Tuning.OffTrack.Where(gap => gap.End <= found.End).Select(gap => gap.End).Append(found.Start).Max(), found.End)
                    : SectorRange.Between(found.Start, Tuning.OffTrack.Where(gap => gap.Start >= found.Start).Select(gap => gap.Start).Append(found.End).Min());
            }

            Sector = IsBackwards ? gap.Start : gap.End;
        }

        return null;
    }
}
