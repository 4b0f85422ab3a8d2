// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Knows how fast a drive reads, and so where it struggles: there it is left for later, before it wears itself out.</summary>
internal sealed class SlowReads
{
    /// <summary>A drive that spins up, or changes its speed, is silent for this long at times, on good discs, too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>This many times slower than the drive's average is struggling.</summary>
    private const int Factor = 10;

    private long _sectors;
    private TimeSpan _time;

    /// <summary>Learns from a read.</summary>
    /// <returns>Whether it succeeded, but so slowly that the drive is struggling there.</returns>
    public bool Note(SectorRead read, TimeSpan duration)
    {
        bool isSlow = read.Fault == SectorFault.None && duration >= Patience && _sectors > 0
            && duration.TotalSeconds / read.Count > Factor * _time.TotalSeconds / _sectors;
        if (read.Fault == SectorFault.None && !isSlow)
        {
            _sectors += read.Count;
            _time += duration;
        }

        return isSlow;
    }
}
