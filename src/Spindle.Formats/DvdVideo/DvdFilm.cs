// SPDX-License-Identifier: MIT
using Spindle.Formats.Volumes;

namespace Spindle.Formats.DvdVideo;

/// <summary>What is played from its beginning to its end: a title of a DVD-Video, or all titles of a title set one behind the other.</summary>
/// <remarks>Of angles, the first one; each cell once, and no menus.</remarks>
public sealed record DvdFilm
{
    private const int MostCells = 10_000;
    private const int MostReading = 16; // of interleaved cells, which lie in one another: in lengths of all films of the title set

    /// <summary>Whose films they are, from 1.</summary>
    public required int TitleSet { get; init; }

    /// <summary>The titles that it plays, by their numbers on the disc.</summary>
    public required IReadOnlyList<DvdTitle> Titles { get; init; }

    /// <summary>What is played, in order.</summary>
    public required IReadOnlyList<DvdCell> Cells { get; init; }

    /// <summary>Where chapters begin, from its own beginning, in order. Empty where the times of cells are not known.</summary>
    public required IReadOnlyList<TimeSpan> Chapters { get; init; }

    /// <summary>How long it plays, by the table of contents; null where that does not say.</summary>
    public required TimeSpan? Duration { get; init; }

    /// <summary>How its pictures are made; null where that is not said.</summary>
    public required DvdPictures? Pictures { get; init; }

    /// <summary>Its sound tracks.</summary>
    public required IReadOnlyList<DvdSoundTrack> Sound { get; init; }

    /// <summary>Its subtitles.</summary>
    public required IReadOnlyList<DvdSubtitleTrack> Subtitles { get; init; }

    /// <summary>The 16 colours of subtitles, each as luma, Cr and Cb in the lower three bytes; fewer where they are not known.</summary>
    public required IReadOnlyList<uint> Palette { get; init; }

    /// <summary>Whether it is of a recorder (DVD-VR), whose packs say nothing of their units.</summary>
    public bool IsRecording { get; private init; }

    /// <summary>Sectors that are played.</summary>
    public long Sectors => Cells.Sum(cell => cell.LastSector - cell.FirstSector + 1);

    /// <summary>The films of a disc: one a title set, of those that have something to play, in order.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>None where it is no DVD-Video.</returns>
    public static IReadOnlyList<DvdFilm> OfTitleSets(Volume volume) => Of(volume, titles => titles.GroupBy(title => title.TitleSet).OrderBy(set => set.Key));

    /// <summary>The films of a disc: one a title, of those that have something to play, in order.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>None where it is no DVD-Video.</returns>
    public static IReadOnlyList<DvdFilm> OfTitles(Volume volume) => Of(volume, titles => titles.GroupBy(title => title.Number));

    /// <summary>The film of a DVD that a recorder made (DVD-VR): all recordings one behind the other, each a chapter.</summary>
    /// <param name="volume">The disc.</param>
    /// <param name="recordings">How long each plays, in their order, by the disc's table of contents; null for one of which that is not said.</param>
    /// <returns>Null where there is nothing recorded.</returns>
    public static DvdFilm? OfRecordings(Volume volume, IReadOnlyList<TimeSpan?> recordings)
    {
        long sectors = VideoFolder.Recordings(volume).Sum(file => file.Size / DvdCell.SectorSize);
        List<TimeSpan> chapters = [];
        TimeSpan? played = TimeSpan.Zero;
        foreach (TimeSpan? recording in recordings)
        {
            chapters.Add(played ?? TimeSpan.Zero);
            played += recording;
        }

        return sectors == 0 ? null : new()
        {
            TitleSet = 1,
            Titles = [],
            IsRecording = true,
            Cells = [new(0, sectors - 1, played)],
            Chapters = played is null ? [] : chapters,
            Duration = played > TimeSpan.Zero ? played : null,
            Pictures = null,
            Sound = [],
            Subtitles = [],
            Palette = [],
        };
    }

    private static DvdFilm[] Of(Volume volume, Func<IEnumerable<DvdTitle>, IEnumerable<IGrouping<int, DvdTitle>>> group)
    {
        VideoFolder folder = VideoFolder.Of(volume);
        Dictionary<int, IfoBytes?> tables = [];
        return folder.Manager() is not { } manager ? [] : [.. group(DvdVideoDisc.TitlesOf(manager)).Select(titles =>
        {
            int set = titles.First().TitleSet;
            if (!tables.TryGetValue(set, out IfoBytes? ifo))
            {
                tables[set] = ifo = folder.TitleSet(set);
            }

            return Of(ifo is null ? null : new(ifo), [.. titles], folder.FilmsOf(set).Sum(film => film.Size / DvdCell.SectorSize));
        }).Where(film => film.Cells.Count > 0)];
    }

    private static DvdFilm Of(TitleSet? set, IReadOnlyList<DvdTitle> titles, long sectors)
    {
        if (set is null)
        {
            // Its table and the backup of it are lost: all that lies there is played.
            return new()
            {
                TitleSet = titles[0].TitleSet,
                Titles = titles,
                Cells = sectors > 0 ? [new(0, sectors - 1, null)] : [],
                Chapters = [],
                Duration = null,
                Pictures = null,
                Sound = [],
                Subtitles = [],
                Palette = [],
            };
        }

        List<DvdCell> cells = [];
        List<TimeSpan?> chapters = [];
        HashSet<(long, long)> taken = [];
        TimeSpan? played = TimeSpan.Zero;
        bool isAll = true;
        long reading = 0;
        foreach (DvdTitle title in titles)
        {
            foreach ((ProgramChain chain, IReadOnlyList<int> programs) in set.ChainsOf(title.NumberInSet))
            {
                HashSet<int?> begins = [.. programs.Select(chain.CellOf)];
                foreach ((int number, DvdCell cell) in chain.Cells())
                {
                    long length = cell.LastSector - cell.FirstSector + 1;
                    if (cell.FirstSector >= sectors || cells.Count == MostCells || reading + length > MostReading * sectors || !taken.Add((cell.FirstSector, cell.Vob ?? 0)))
                    {
                        isAll = false;
                        continue;
                    }

                    if (begins.Contains(number))
                    {
                        chapters.Add(played);
                    }

                    cells.Add(cell);
                    reading += length;
                    played += cell.Duration;
                }
            }
        }

        DvdTitle[] complete = [.. titles.Select(set.Complete)];
        TimeSpan? told = complete.Aggregate((TimeSpan?)TimeSpan.Zero, (sum, title) => sum + title.Duration);
        ProgramChain? first = titles.SelectMany(title => set.ChainsOf(title.NumberInSet)).Select(chain => chain.Chain).FirstOrDefault();
        return new()
        {
            TitleSet = titles[0].TitleSet,
            Titles = complete,
            Cells = cells,
            Chapters = played is null ? [] : [.. chapters.OfType<TimeSpan>()],
            Duration = isAll ? told ?? played : played, // the times of cells are rounded each by itself
            Pictures = set.Pictures,
            Sound = first is null ? [] : set.SoundTracks(first),
            Subtitles = first is null ? [] : set.SubtitleTracks(first),
            Palette = first?.Palette ?? [],
        };
    }
}

/// <summary>Sectors that are played one after the other.</summary>
/// <param name="FirstSector">From the beginning of the films of its title set, which are counted through.</param>
/// <param name="LastSector">Inclusive.</param>
/// <param name="Duration">How long it plays; null where that is not said.</param>
public sealed record DvdCell(long FirstSector, long LastSector, TimeSpan? Duration)
{
    /// <summary>Bytes of a sector, each of which is one pack.</summary>
    public const int SectorSize = 2048;

    /// <summary>The video object that it is of, from 1; null where that is not said.</summary>
    public int? Vob { get; init; }

    /// <summary>Its number in the video object; null where that is not said.</summary>
    public int? NumberInVob { get; init; }

    /// <summary>Whether parts of others lie between its own, which only say of themselves whose they are.</summary>
    public bool IsInterleaved { get; init; }
}

/// <summary>A sound track with its stream.</summary>
/// <param name="Stream">As in the packets: of MPEG sound <c>1C0</c> to <c>1C7</c>, else the number of the substream, such as <c>80</c> of AC-3.</param>
/// <param name="Sound">What it is.</param>
public sealed record DvdSoundTrack(int Stream, DvdSound Sound);

/// <summary>Subtitles with their stream.</summary>
/// <param name="Stream">The number of the substream, <c>20</c> to <c>3F</c>.</param>
/// <param name="Language">ISO 639-1; null where it does not say.</param>
public sealed record DvdSubtitleTrack(int Stream, string? Language);
