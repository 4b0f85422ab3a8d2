// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Testing;

/// <summary>A good image with places that are bad, flaky, slow or wrong: every recovery path, without hardware.</summary>
/// <remarks>
/// Behaves as drives do: a read delivers the good sectors before the first one that fails. Faults of several kinds may
/// overlap; what fails wins over what is wrong. Every call is remembered in <see cref="Reads"/>.
/// </remarks>
public sealed class SimulatedDisc : ISectorReader
{
    private readonly byte[] _content;
    private readonly TimeProvider _time;
    private readonly HashSet<long> _bad = [];
    private readonly Dictionary<long, int> _flaky = [];
    private readonly Dictionary<long, int> _wrong = [];
    private readonly Dictionary<long, TimeSpan> _slow = [];
    private readonly List<SectorRange> _reads = [];
    private long? _endsAt;
    private long? _goneAt;

    public SimulatedDisc(byte[] content, int sectorSize = 2048, TimeProvider? time = null)
    {
        _content = content;
        _time = time ?? TimeProvider.System;
        SectorSize = sectorSize;
    }

    public string Name => "simulated";

    public int SectorSize { get; }

    public long SectorCount => (Length + SectorSize - 1) / SectorSize;

    public long Length => _content.Length;

    /// <summary>Every range that was asked for, in order.</summary>
    public IReadOnlyList<SectorRange> Reads => _reads;

    /// <summary>Runs before each read, with its range: a test's chance to cancel or to change the disc.</summary>
    public Action<SectorRange>? BeforeRead { get; set; }

    /// <summary>Content that differs in every sector and repeats nowhere.</summary>
    public static byte[] Pattern(long length, int seed = 1)
    {
        byte[] content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    /// <summary>Sectors that never read.</summary>
    public SimulatedDisc Bad(long start, long count = 1) => ForEach(start, count, sector => _bad.Add(sector));

    /// <summary>Sectors that fail so many reads, and then read.</summary>
    public SimulatedDisc Flaky(long start, long count, int failures) => ForEach(start, count, sector => _flaky[sector] = failures);

    /// <summary>Sectors whose first byte is wrong in so many reads, with no error: what drives do at times.</summary>
    public SimulatedDisc Wrong(long start, long count, int reads) => ForEach(start, count, sector => _wrong[sector] = reads);

    /// <summary>Sectors that take this long each.</summary>
    public SimulatedDisc Slow(long start, long count, TimeSpan delay) => ForEach(start, count, sector => _slow[sector] = delay);

    /// <summary>The medium ends at this sector, though it said it was longer.</summary>
    public SimulatedDisc EndsAt(long sector)
    {
        _endsAt = sector;
        return this;
    }

    /// <summary>The drive vanishes with the first read that reaches this sector.</summary>
    public SimulatedDisc GoneAt(long sector)
    {
        _goneAt = sector;
        return this;
    }

    public SectorRead Read(SectorRange range, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(range.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, SectorCount);
        _reads.Add(range);
        BeforeRead?.Invoke(range);
        for (long sector = range.Start; sector < range.End; sector++)
        {
            if (Fault(sector) is var fault && fault != SectorFault.None)
            {
                return new((int)(sector - range.Start), fault);
            }

            Copy(sector, buffer.Slice((int)(sector - range.Start) * SectorSize, SectorSize));
        }

        return new((int)range.Count, SectorFault.None);
    }

    public void Dispose()
    {
    }

    private SectorFault Fault(long sector)
    {
        if (sector >= _goneAt)
        {
            throw new OperationFailedException(new("drive-gone", $"{Name} is gone"));
        }

        if (_slow.TryGetValue(sector, out TimeSpan delay))
        {
            using ManualResetEventSlim passed = new();
            using ITimer timer = _time.CreateTimer(_ => passed.Set(), null, delay, Timeout.InfiniteTimeSpan);
            passed.Wait();
        }

        if (sector >= _endsAt)
        {
            return SectorFault.EndedEarly;
        }

        if (_flaky.TryGetValue(sector, out int failures) && failures > 0)
        {
            _flaky[sector] = failures - 1;
            return SectorFault.Unreadable;
        }

        return _bad.Contains(sector) ? SectorFault.Unreadable : SectorFault.None;
    }

    private void Copy(long sector, Span<byte> target)
    {
        ReadOnlySpan<byte> source = _content.AsSpan((int)(sector * SectorSize));
        source = source[..Math.Min(source.Length, SectorSize)];
        source.CopyTo(target);
        target[source.Length..].Clear();
        if (_wrong.TryGetValue(sector, out int reads) && reads > 0)
        {
            _wrong[sector] = reads - 1;
            target[0] ^= 0xFF;
        }
    }

    private SimulatedDisc ForEach(long start, long count, Action<long> mark)
    {
        for (long sector = start; sector < start + count; sector++)
        {
            mark(sector);
        }

        return this;
    }
}
