// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdVideo;

/// <summary>What a DVD-Video has to play, by its own tables of contents. They may lie: what they say of titles that are not there is told as that.</summary>
public sealed record DvdVideoDisc
{
    private const int TitleTable = 0xC4, SetCount = 0x3E, Regions = 0x23; // VMGI_MAT: first sector of TT_SRPT; VMG_NTs; region management
    private const int MostTitles = 99;
    private const int SectorSize = 2048;
    private const int SamplesOfASet = 64;

    /// <summary>How many title sets it has, by its own word.</summary>
    public required int TitleSets { get; init; }

    /// <summary>The regions in which players play it, 1 to 8.</summary>
    public required IReadOnlyList<int> PlayableRegions { get; init; }

    /// <summary>Its titles, in the order of their numbers.</summary>
    public required IReadOnlyList<DvdTitle> Titles { get; init; }

    /// <summary>Whether its films are scrambled (CSS), as the sectors say that were looked at; null where none could be.</summary>
    public required bool? IsScrambled { get; init; }

    /// <summary>Whether a table was damaged, and its backup was read in its place.</summary>
    public required bool IsFromBackup { get; init; }

    /// <summary>Reads what a volume says of itself.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>Null where it is no DVD-Video.</returns>
    public static DvdVideoDisc? Read(Volume volume)
    {
        VideoFolder folder = VideoFolder.Of(volume);
        if (folder.Manager() is not { } manager)
        {
            return null;
        }

        Dictionary<int, TitleSet?> sets = [];
        List<DvdTitle> titles = [];
        foreach (DvdTitle title in TitlesOf(manager))
        {
            if (!sets.TryGetValue(title.TitleSet, out TitleSet? set))
            {
                sets[title.TitleSet] = set = folder.TitleSet(title.TitleSet) is { } table ? new(table) : null;
            }

            titles.Add(set?.Complete(title) ?? title);
        }

        int forbidden = manager.Byte(Regions) ?? 0;
        return new()
        {
            TitleSets = manager.Word(SetCount) ?? 0,
            PlayableRegions = [.. Enumerable.Range(1, 8).Where(region => (forbidden >> (region - 1) & 1) == 0)],
            Titles = titles,
            IsScrambled = IsScrambledIn(folder, sets.Keys),
            IsFromBackup = folder.IsFromBackup,
        };
    }

    /// <summary>The titles that a table of contents of the whole disc names.</summary>
    internal static IEnumerable<DvdTitle> TitlesOf(IfoBytes manager)
    {
        if (manager.Table(TitleTable) is not { } table)
        {
            yield break;
        }

        for (int number = 1; number <= Math.Min(MostTitles, manager.Word(table) ?? 0); number++)
        {
            long at = table + 8 + (12 * (number - 1));
            if (manager.Byte(at + 1) is { } angles && manager.Word(at + 2) is { } chapters && manager.Byte(at + 6) is { } set && manager.Byte(at + 7) is { } inSet)
            {
                yield return new(number, set, inSet, angles, chapters);
            }
        }
    }

    /// <summary>Packs say of themselves whether they are scrambled, also in an image (ISO/IEC 13818-1 §2.4.3.7, PES_scrambling_control). Some all over each title set are asked.</summary>
    private static bool? IsScrambledIn(VideoFolder folder, IEnumerable<int> sets)
    {
        bool? isScrambled = null;
        byte[] pack = new byte[SectorSize];
        foreach (VolumeEntry film in sets.SelectMany(folder.FilmsOf))
        {
            using ContentStream content = folder.Open(film);
            long sectors = film.Size / SectorSize;
            for (long sample = 0; sample < Math.Min(SamplesOfASet, sectors); sample++)
            {
                content.Position = sample * sectors / Math.Min(SamplesOfASet, sectors) * SectorSize;
                int lost = content.Unreadable.Count;
                if (content.ReadAtLeast(pack, pack.Length, throwOnEndOfStream: false) == pack.Length && content.Unreadable.Count == lost && pack is [0, 0, 1, 0xBA, ..])
                {
                    // A pack header of 14 bytes and its stuffing, then a packet of video, sound or subtitles.
                    int packet = 14 + (pack[13] & 7);
                    bool isPacket = pack.AsSpan(packet).StartsWith((ReadOnlySpan<byte>)[0, 0, 1]) && pack[packet + 3] is 0xBD or (>= 0xC0 and <= 0xEF);
                    isScrambled = (isScrambled ?? false) || (isPacket && (pack[packet + 6] >> 4 & 3) != 0);
                }
            }
        }

        return isScrambled;
    }
}
