// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Bluray;

/// <summary>Reads playlists: <c>BDMV/PLAYLIST/nnnnn.mpls</c> (BD-ROM, MPLS versions 0100, 0200, 0240 and 0300).</summary>
internal static class MoviePlaylist
{
    /// <summary>Bytes of the largest playlist that is read: ten times what a large one has.</summary>
    public const int LongestFile = 1 << 20;

    /// <summary>Pieces and chapters that a playlist has at most, by the standard.</summary>
    public const int MostItems = 999;

    private const int ListAt = 8, MarksAt = 12; // where the numbers stand that lead to PlayList() and PlayListMark()
    private const int ShortestItem = 32; // up to still_time
    private const int MarkLength = 14, EntryMark = 1;
    private const int MostStreams = 32; // of a kind

    /// <summary>Reads a playlist.</summary>
    /// <param name="name">Its number.</param>
    /// <param name="table">All of the file.</param>
    /// <returns>Null where it is none.</returns>
    public static BlurayPlaylist? Read(string name, TableBytes table)
    {
        if (!table.Says(0, "MPLS") || table.Long(ListAt) is not { } list || table.Word(list + 6) is not { } announced)
        {
            return null;
        }

        List<BlurayPlayItem> items = [];
        IReadOnlyList<BlurayStream> streams = [];
        long at = list + 10;
        while (items.Count < Math.Min(announced, MostItems) && ItemAt(table, at) is { } item)
        {
            streams = items.Count == 0 ? StreamsOf(table, at, item.Angles) : streams;
            items.Add(item);
            at += 2 + table.Word(at)!.Value;
        }

        bool isWhole = items.Count == announced && at <= table.Length && items.All(item => item.Until > item.From);
        return new(name) { Items = items, Streams = streams, Chapters = ChaptersOf(table, items, ref isWhole), IsWhole = isWhole };
    }

    private static BlurayPlayItem? ItemAt(TableBytes table, long at)
    {
        if (table.Word(at) is not (>= ShortestItem and { } length) || table.Byte(at + 1 + length) is null || ClipAt(table, at + 2) is not { } clip)
        {
            return null;
        }

        bool isMultiAngle = (table.Byte(at + 2 + 10) >> 4 & 1) == 1;
        int angles = isMultiAngle ? Math.Max(1, table.Byte(at + 2 + 32) ?? 1) : 1;
        return new(clip, (uint)table.Long(at + 2 + 12)!.Value, (uint)table.Long(at + 2 + 16)!.Value, (byte)angles) { Sequence = (byte)table.Byte(at + 2 + 11)! };
    }

    private static int? ClipAt(TableBytes table, long at)
    {
        int clip = 0;
        for (int digit = 0; digit < 5; digit++)
        {
            if (table.Byte(at + digit) is not (>= '0' and <= '9' and { } letter))
            {
                return null;
            }

            clip = (clip * 10) + (letter - '0');
        }

        return table.Says(at + 5, "M2TS") ? clip : null;
    }

    /// <summary>Streams of a piece (STN_table): behind its angles.</summary>
    private static List<BlurayStream> StreamsOf(TableBytes table, long item, int angles)
    {
        bool isMultiAngle = (table.Byte(item + 2 + 10) >> 4 & 1) == 1;
        long at = item + 2 + 32 + (isMultiAngle ? 2 + (10 * (angles - 1)) : 0);
        long end = Math.Min(item + 2 + table.Word(item)!.Value, at + 2 + (table.Word(at) ?? 0));
        List<BlurayStream> streams = [];
        (BlurayStreamKind Kind, int Count)[] tables =
        [
            (BlurayStreamKind.Video, table.Byte(at + 4) ?? 0),
            (BlurayStreamKind.Sound, table.Byte(at + 5) ?? 0),
            (BlurayStreamKind.Subtitles, table.Byte(at + 6) ?? 0),
        ];
        at += 16;
        foreach ((BlurayStreamKind kind, int count) in tables)
        {
            for (int number = 0; number < Math.Min(count, MostStreams) && at < end; number++)
            {
                // An entry says where the stream is, its attributes what it is; each begins with its length.
                long attributes = at + 1 + (table.Byte(at) ?? 0);
                if (attributes >= end || table.Byte(attributes) is not { } length)
                {
                    return streams;
                }

                streams.Add(StreamCodings.Read(table, kind, attributes + 1, table.Byte(at + 1) switch
                {
                    1 => table.Word(at + 2), // in the clip of the piece itself
                    _ => null,
                }));
                at = attributes + 1 + length;
            }
        }

        return streams;
    }

    private static List<TimeSpan> ChaptersOf(TableBytes table, List<BlurayPlayItem> items, ref bool isWhole)
    {
        List<TimeSpan> chapters = [];
        if (table.Long(MarksAt) is not (> 0 and { } marks) || table.Word(marks + 4) is not { } count)
        {
            isWhole = false;
            return chapters;
        }

        // When each piece begins.
        List<TimeSpan> starts = [TimeSpan.Zero];
        items.ForEach(item => starts.Add(starts[^1] + item.Duration));
        isWhole &= count <= MostItems;
        for (int number = 0; number < Math.Min(count, MostItems); number++)
        {
            long at = marks + 6 + (MarkLength * number);
            if (table.Byte(at + MarkLength - 1) is null)
            {
                isWhole = false;
                break;
            }

            if (table.Byte(at + 1) != EntryMark)
            {
                continue;
            }

            int of = table.Word(at + 2)!.Value;
            long time = table.Long(at + 4)!.Value;
            if (of < items.Count && time >= items[of].From && time <= items[of].Until)
            {
                chapters.Add(starts[of] + TimeSpan.FromTicks((time - items[of].From) * TimeSpan.TicksPerSecond / BlurayPlayItem.Clock));
            }
            else
            {
                isWhole = false;
            }
        }

        return chapters;
    }
}
