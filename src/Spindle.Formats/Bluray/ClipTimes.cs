// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Bluray;

/// <summary>Where times of a clip lie in it: <c>BDMV/CLIPINF/nnnnn.clpi</c> (BD-ROM, SequenceInfo and EP_map). It may lie; what it says is looked up, and no more.</summary>
internal sealed class ClipTimes
{
    /// <summary>Bytes of the largest file that is read: some ten times what three hours have.</summary>
    public const int LongestFile = 4 << 20;

    /// <summary>Within how many ticks of 45 kHz the time of a point is known.</summary>
    public const uint Precision = 256;

    private const int SequencesAt = 8, PointsAt = 16; // where the numbers stand that lead to SequenceInfo() and CPI()
    private const int PointsOfStreams = 6; // EP_map(), from CPI() on: behind its length and its type
    private const int SequenceLength = 14, CoarseLength = 8, FineLength = 4;
    private const int CoarseShift = 18, FineShift = 8; // of times, in ticks of 45 kHz
    private const uint FinePackets = 0x1FFFF;

    private readonly List<uint> _sequences = []; // the first packet of each sequence of one clock
    private readonly List<uint> _packets = [], _times = []; // points from which a player can play, those of the first stream, which is the pictures

    private ClipTimes(TableBytes table)
    {
        if (table.Long(SequencesAt) is > 0 and { } info && table.Byte(info + 5) is > 0)
        {
            // Of the first sequence of arrival times; more than one are not on discs that are sold.
            for (int number = 0; number < (table.Byte(info + 10) ?? 0) && table.Long(info + 12 + (SequenceLength * number) + 2) is { } first && first >= _sequences.LastOrDefault(); number++)
            {
                _sequences.Add((uint)first);
            }
        }

        if (table.Long(PointsAt) is > 0 and { } cpi && table.Byte(cpi + PointsOfStreams + 1) is > 0 && table.Long(cpi + PointsOfStreams + 2 + 8) is { } start)
        {
            // Its PID; 10 bits, 4 of its kind, 16 of how many coarse points, 18 of how many fine ones.
            long stream = cpi + PointsOfStreams + 2;
            ulong counts = ((ulong)table.Word(stream + 2)!.Value << 32) | (uint)table.Long(stream + 4)!.Value;
            ReadPoints(table, cpi + PointsOfStreams + start, (int)(counts >> 18 & 0xFFFF), (int)(counts & 0x3FFFF));
        }
    }

    /// <summary>Reads the file of a clip.</summary>
    /// <returns>Null where it is none.</returns>
    public static ClipTimes? Read(TableBytes table) => table.Says(0, "HDMV") ? new(table) : null;

    /// <summary>Where a piece of a playlist lies.</summary>
    /// <param name="item">The piece.</param>
    /// <returns>
    /// The packet, of 192 bytes, of the last point before it begins from which a player can play, and when that is, by the clip's clock; the packet of the first such
    /// point after its end, and a second more, for sound comes behind the pictures that it belongs to. Null for what is not said.
    /// </returns>
    public (uint First, uint? Begin, uint? End) PlaceOf(BlurayPlayItem item)
    {
        // Each sequence has a clock of its own: the same time may be in several.
        uint from = item.Sequence < _sequences.Count ? _sequences[item.Sequence] : 0;
        uint until = item.Sequence + 1 < _sequences.Count ? _sequences[item.Sequence + 1] : uint.MaxValue;
        (int begin, int end) = (Behind(_packets, 0, _packets.Count, (long)from - 1), Behind(_packets, 0, _packets.Count, (long)until - 1));
        int first = Behind(_times, begin, end, item.From) - 1, last = Behind(_times, begin, end, (long)item.Until + BlurayPlayItem.Clock);
        return (
            first >= begin ? _packets[first] : from,
            first >= begin ? _times[first] : null,
            last < end ? _packets[last] : until < uint.MaxValue ? until : null);
    }

    /// <summary>The first of ascending numbers that is larger than a value.</summary>
    private static int Behind(List<uint> numbers, int begin, int end, long value)
    {
        while (begin < end)
        {
            int middle = (begin + end) / 2;
            (begin, end) = numbers[middle] > value ? (begin, middle) : (middle + 1, end);
        }

        return begin;
    }

    /// <summary>Each coarse point has fine ones; of a time, the last eight bits are not kept. Points that go back are of a table that lies.</summary>
    private void ReadPoints(TableBytes table, long start, int coarseCount, int fineCount)
    {
        if (table.Long(start) is not { } fineAt)
        {
            return;
        }

        long fine = 0;
        for (int coarse = 0; coarse < coarseCount; coarse++)
        {
            long at = start + 4 + (CoarseLength * (long)coarse);
            if (table.Long(at) is not { } words || table.Long(at + 4) is not { } packets)
            {
                return;
            }

            long next = coarse + 1 < coarseCount && table.Long(at + CoarseLength) is { } behind ? behind >> 14 : fineCount;
            for (fine = Math.Max(fine, words >> 14); fine < Math.Min(next, fineCount) && table.Long(start + fineAt + (FineLength * fine)) is { } point; fine++)
            {
                uint packet = (uint)((packets & ~(long)FinePackets) | (point & FinePackets));
                if (_packets.Count > 0 && packet <= _packets[^1])
                {
                    return;
                }

                _packets.Add(packet);
                _times.Add((uint)(((words & 0x3FFE) << CoarseShift) + ((point >> 17 & 0x7FF) << FineShift)));
            }
        }
    }
}
