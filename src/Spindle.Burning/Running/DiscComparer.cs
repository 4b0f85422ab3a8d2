// SPDX-License-Identifier: MIT
using Spindle.Drives;
using Spindle.Drives.Mmc;
using Spindle.Media;

namespace Spindle.Burning.Running;

/// <summary>Reads a disc past all caches, and compares it with its image, sector by sector.</summary>
/// <param name="drive">The drive that the disc is in.</param>
/// <param name="clock">Tells how long reading takes.</param>
internal sealed class DiscComparer(BurningDrive drive, TimeProvider clock)
{
    /// <summary>Bytes of a sector of all discs that are burned.</summary>
    public const int SectorSize = 2048;

    private const int AtOnce = 32; // 64 KiB: what every host adapter takes
    private const int TimesTheUsual = 3;

    private static readonly TimeSpan ForOneRead = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan NeverSlow = TimeSpan.FromMilliseconds(100);

    private readonly AlignedBuffer _buffer = new(AtOnce * SectorSize);
    private readonly List<SectorRange> _unreadable = [];
    private readonly List<SectorRange> _different = [];
    private readonly List<(long Sector, TimeSpan Took)> _times = [];
    private bool _canForce = true;

    /// <summary>Bytes of the pieces in which it takes the image.</summary>
    public static int Piece => 16 * AtOnce * SectorSize;

    /// <summary>Compares.</summary>
    /// <param name="feed">The image, in pieces of <see cref="Piece"/>.</param>
    /// <param name="advanced">Told how many sectors are compared, and how many are wrong.</param>
    /// <param name="stop">Ends it between two reads.</param>
    /// <exception cref="StepFailedException">The drive is gone.</exception>
    public DiscComparison Compare(ImageFeed feed, Action<long, long> advanced, CancellationToken stop)
    {
        long done = 0;
        for (ReadOnlySpan<byte> piece = feed.Take(stop); !piece.IsEmpty; piece = feed.Take(stop))
        {
            while (!piece.IsEmpty && Count(_unreadable) < DiscComparison.MostUnreadable)
            {
                stop.ThrowIfCancellationRequested();
                int length = Math.Min(piece.Length, AtOnce * SectorSize);
                Compare(done, piece[..length]);
                done += (length + SectorSize - 1) / SectorSize;
                piece = piece[length..];
                advanced(done, Count(_unreadable) + Count(_different));
            }
        }

        return new() { Sectors = done, Unreadable = _unreadable, Different = _different, Slow = SlowOnes() };
    }

    private void Compare(long start, ReadOnlySpan<byte> wanted)
    {
        int count = (wanted.Length + SectorSize - 1) / SectorSize;
        long begun = clock.GetTimestamp();
        if (Read(start, count))
        {
            _times.Add((start, clock.GetElapsedTime(begun)));
            if (!wanted.SequenceEqual(_buffer.Span[..wanted.Length]))
            {
                for (int i = 0; i < count; i++)
                {
                    ReadOnlySpan<byte> sector = wanted[(i * SectorSize)..Math.Min((i + 1) * SectorSize, wanted.Length)];
                    Note(sector, _buffer.Span.Slice(i * SectorSize, sector.Length), start + i);
                }
            }

            return;
        }

        for (int i = 0; i < count && Count(_unreadable) < DiscComparison.MostUnreadable; i++)
        {
            ReadOnlySpan<byte> sector = wanted[(i * SectorSize)..Math.Min((i + 1) * SectorSize, wanted.Length)];
            if (Read(start + i, 1))
            {
                Note(sector, _buffer.Span[..sector.Length], start + i);
            }
            else
            {
                Add(_unreadable, start + i);
            }
        }
    }

    /// <summary>From the disc itself, where the drive knows how (FUA): it may remember what it was given.</summary>
    private bool Read(long start, int count)
    {
        Span<byte> buffer = _buffer.Span[..(count * SectorSize)];
        if (_canForce)
        {
            ScsiReply forced = drive.Tell(MmcCommand.Read12((uint)start, (uint)count, fromMedium: true), answer: buffer, patience: ForOneRead);
            if (forced.IsGood)
            {
                return forced.Length == buffer.Length;
            }

            if (forced.Sense.Key != SenseKey.IllegalRequest || forced.Sense.Code is not (0x20 or 0x24))
            {
                return false;
            }

            _canForce = false;
        }

        ScsiReply reply = drive.Tell(MmcCommand.Read10((uint)start, (ushort)count), answer: buffer, patience: ForOneRead);
        return reply.IsGood && reply.Length == buffer.Length;
    }

    private void Note(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> got, long sector)
    {
        if (!wanted.SequenceEqual(got))
        {
            Add(_different, sector);
        }
    }

    private List<SectorRange> SlowOnes()
    {
        List<SectorRange> slow = [];
        if (_times.Count > 0)
        {
            TimeSpan usual = _times.Select(time => time.Took).Order().ElementAt(_times.Count / 2);
            foreach ((long sector, TimeSpan took) in _times.Where(time => time.Took > usual * TimesTheUsual && time.Took >= NeverSlow))
            {
                Add(slow, sector, AtOnce);
            }
        }

        return slow;
    }

    private static long Count(List<SectorRange> ranges) => ranges.Sum(range => range.Count);

    private static void Add(List<SectorRange> ranges, long sector, int count = 1)
    {
        if (ranges is [.., { } last] && last.End == sector)
        {
            ranges[^1] = new(last.Start, last.Count + count);
        }
        else
        {
            ranges.Add(new(sector, count));
        }
    }
}
