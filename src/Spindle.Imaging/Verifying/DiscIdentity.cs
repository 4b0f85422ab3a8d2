// SPDX-License-Identifier: MIT
using Spindle.Imaging.Copying;
using Spindle.Media;

namespace Spindle.Imaging.Verifying;

/// <summary>Tells by pieces from all over a disc whether it is the one that was read before.</summary>
/// <remarks>
/// Discs of one kind begin alike, so the start alone tells nothing. Read again are the first piece, those where reading has stopped,
/// and for the rest one at random out of each stretch of what was read. A piece that cannot be read now is no sign of another disc.
/// </remarks>
/// <param name="disc">The disc.</param>
/// <param name="layout">How it is cut.</param>
/// <param name="time">Limits what this may take.</param>
internal sealed class DiscIdentity(ISectorReader disc, MediumLayout layout, TimeProvider time)
{
    private readonly AlignedBuffer _found = new(layout.SectorsPerPiece * layout.SectorSize);

    /// <summary>Compares pieces from all over the disc.</summary>
    /// <param name="read">What was read: all else is passed over.</param>
    /// <param name="count">How many pieces at most.</param>
    /// <param name="matches">Whether sectors are what was read before; null where that is not known.</param>
    /// <param name="most">Time that this may take at most; the first pieces are compared in any case.</param>
    /// <returns>Sectors that are others; null where all agree.</returns>
    public SectorRange? FindOther(SectorMap read, int count, Matcher matches, TimeSpan most)
    {
        // A drive may read wrongly once: what differs twice is of another disc.
        IReadOnlyList<SectorRange> pieces = Choose(read, count, Random.Shared);
        return FindOther(pieces, read, matches, most) is { } other ? FindOther([other], read, matches, most) : null;
    }

    /// <summary>The pieces to compare.</summary>
    /// <param name="map">What was read.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="random">Chooses within stretches; nobody may know beforehand which pieces are looked at.</param>
    public IReadOnlyList<SectorRange> Choose(SectorMap map, int count, Random random)
    {
        SectorRange[] read = [.. map.RangesOf(SectorState.Finished)];
        long sectors = read.Sum(range => range.Count);
        SortedSet<long> pieces = [];
        foreach (SectorRange last in read.OrderByDescending(range => range.Count).Take(count / 4))
        {
            pieces.Add(layout.PieceOf(last.End - 1));
        }

        if (read.Length > 0)
        {
            pieces.Add(layout.PieceOf(read[0].Start));
        }

        int more = count - pieces.Count;
        for (int i = 0; i < more; i++)
        {
            long from = sectors * i / more;
            long to = sectors * (i + 1) / more;
            if (to > from)
            {
                pieces.Add(layout.PieceOf(SectorAt(read, random.NextInt64(from, to))));
            }
        }

        return [.. pieces.Select(piece => new SectorRange(piece * layout.SectorsPerPiece, layout.SectorsPerPiece).Intersect(new(0, layout.SectorCount)))];
    }

    /// <summary>Compares.</summary>
    /// <param name="pieces">What to compare, in order.</param>
    /// <param name="map">What was read: all else is passed over.</param>
    /// <param name="matches">Whether these sectors are what was read before; null where that is not known.</param>
    /// <param name="most">Time that this may take at most; the first pieces are compared in any case.</param>
    /// <returns>The first sectors that are others; null where all agree.</returns>
    public SectorRange? FindOther(IEnumerable<SectorRange> pieces, SectorMap map, Matcher matches, TimeSpan most)
    {
        const int Least = 4;
        long start = time.GetTimestamp();
        int compared = 0;
        foreach (SectorRange piece in pieces)
        {
            foreach (SectorRange known in map.RangesOf(SectorState.Finished).Select(range => range.Intersect(piece)).Where(range => !range.IsEmpty).ToArray())
            {
                Span<byte> content = _found.Span[..(int)(known.Count * layout.SectorSize)];
                SectorRead read = disc.Read(known, content);
                SectorRange got = new(known.Start, read.Count);
                if (!got.IsEmpty && matches(got, content[..layout.ByteLength(got)]) == false)
                {
                    return got;
                }
            }

            if (++compared >= Least && time.GetElapsedTime(start) >= most)
            {
                break;
            }
        }

        return null;
    }

    private static long SectorAt(SectorRange[] read, long index)
    {
        foreach (SectorRange range in read)
        {
            if (index < range.Count)
            {
                return range.Start + index;
            }

            index -= range.Count;
        }

        return read[^1].End - 1;
    }

    /// <summary>Whether sectors are what was read before.</summary>
    /// <param name="sectors">The sectors.</param>
    /// <param name="content">What they are now.</param>
    public delegate bool? Matcher(SectorRange sectors, ReadOnlySpan<byte> content);
}
