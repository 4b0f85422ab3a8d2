// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Imaging.Copying;

/// <summary>Asks between reads whether the disc is still the one that was begun, and remembers what was read since it last was.</summary>
/// <remarks>
/// A drive tells of a changed disc once, to whoever asks first, and then reads on. It is asked after every failure and a few times a
/// second, which costs no copy time that could be measured; what was read in between is taken back where the answer is no.
/// </remarks>
/// <param name="disc">The disc; it stays the caller's.</param>
/// <param name="check">Asks; throws where it is another disc, or the drive is gone.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchedReader(ISectorReader disc, Action check, TimeProvider time) : ISectorReader
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(3);

    private readonly List<SectorRange> _sinceCheck = [];
    private readonly Queue<(SectorRange Range, long Time)> _failed = [];
    private long _lastCheck = time.GetTimestamp();

    public string Name => disc.Name;

    public int SectorSize => disc.SectorSize;

    public long SectorCount => disc.SectorCount;

    public long Length => disc.Length;

    /// <summary>What was asked of the drive since it was known that the disc is the same.</summary>
    public IReadOnlyList<SectorRange> SinceCheck => _sinceCheck;

    /// <summary>What failed in the last seconds.</summary>
    public IReadOnlyList<SectorRange> JustFailed => [.. _failed.Where(failed => time.GetElapsedTime(failed.Time) < JustNow).Select(failed => failed.Range)];

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        Remember(range);
        SectorRead read = disc.Read(range, buffer);
        if (read.Fault != SectorFault.None)
        {
            RememberFailed(SectorRange.Between(range.Start + read.Count, range.End));
        }

        if (read.Fault != SectorFault.None || time.GetElapsedTime(_lastCheck) >= Interval)
        {
            Check();
        }

        return read;
    }

    /// <summary>Asks now.</summary>
    /// <exception cref="OperationFailedException">It is another disc, or the drive is gone.</exception>
    public void Check()
    {
        check();
        _sinceCheck.Clear();
        _lastCheck = time.GetTimestamp();
    }

    public void Dispose()
    {
    }

    private void RememberFailed(SectorRange range)
    {
        _failed.Enqueue((range, time.GetTimestamp()));
        while (_failed.TryPeek(out (SectorRange Range, long Time) oldest) && time.GetElapsedTime(oldest.Time) >= JustNow)
        {
            _failed.Dequeue();
        }
    }

    private void Remember(SectorRange range)
    {
        if (_sinceCheck.Count > 0 && _sinceCheck[^1].End == range.Start)
        {
            _sinceCheck[^1] = SectorRange.Between(_sinceCheck[^1].Start, range.End);
        }
        else
        {
            _sinceCheck.Add(range);
        }
    }
}
