// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Films;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Bluray;

/// <summary>A playlist of a Blu-ray Disc, with what it plays: where its clips lie.</summary>
/// <remarks>Of angles, the first one; nothing of menus that are laid over it.</remarks>
public sealed record BlurayFilm
{
    private const int Packet = TransportPacket.SourceLength;
    private const int MostReading = 16; // in lengths of all clips of the disc: one that says more would be read for weeks

    /// <summary>What is played.</summary>
    public required BlurayPlaylist Playlist { get; init; }

    /// <summary>The pieces of clips that there are, in order.</summary>
    public required IReadOnlyList<BlurayPiece> Pieces { get; init; }

    /// <summary>Clips that it plays and the disc has not, by their numbers.</summary>
    public required IReadOnlyList<int> Missing { get; init; }

    /// <summary>Whether it plays so much that the rest of it was left out.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Sectors of 2048 bytes that are read of it.</summary>
    public long Sectors => Pieces.Sum(piece => piece.Sectors);

    /// <summary>The films of a disc.</summary>
    /// <param name="volume">The disc.</param>
    /// <param name="disc">What it has to play.</param>
    /// <param name="isEach">Whether each playlist is wanted that is not the same as another one; else those are left out which play nothing but what others play, or the same again and again.</param>
    /// <returns>In the order of their names, those that have something to play.</returns>
    public static IReadOnlyList<BlurayFilm> Of(Volume volume, BlurayDisc disc, bool isEach)
    {
        List<BlurayPlaylist> taken = [];
        Played played = new();
        foreach (BlurayPlaylist playlist in disc.Playlists.Where(playlist => playlist.Duration > TimeSpan.Zero).OrderByDescending(playlist => playlist.Duration).ThenBy(playlist => playlist.Name, StringComparer.Ordinal))
        {
            if (isEach ? taken.TrueForAll(other => !other.Items.SequenceEqual(playlist.Items)) : !IsLoop(playlist) && !playlist.Items.All(played.Has))
            {
                taken.Add(playlist);
                played.Add(playlist.Items);
            }
        }

        Clips clips = new(volume);
        return [.. taken.OrderBy(playlist => playlist.Name, StringComparer.Ordinal).Select(playlist => Of(playlist, clips)).Where(film => film.Sectors > 0)];
    }

    /// <summary>Menus go on until somebody chooses, and some discs hide their film among playlists that are no films.</summary>
    private static bool IsLoop(BlurayPlaylist playlist) => playlist.Items.Count > 2 * playlist.Items.Distinct().Count();

    private static BlurayFilm Of(BlurayPlaylist playlist, Clips clips)
    {
        List<BlurayPiece> pieces = [];
        List<int> missing = [];
        long left = MostReading * clips.Sectors;
        bool isCut = false;
        foreach (BlurayPlayItem item in playlist.Items.Where(item => item.Until > item.From))
        {
            if (clips.Find(item.Clip) is not { } clip)
            {
                missing.Add(item.Clip);
                continue;
            }

            (uint first, uint? begin, uint? end) = clips.Times(item.Clip)?.PlaceOf(item) ?? default;
            long sectors = clip.Size / FilmFile.SectorSize;
            long firstSector = first * (long)Packet / FilmFile.SectorSize;
            long endSector = Math.Min(sectors, end is { } packet ? ((packet * (long)Packet) + FilmFile.SectorSize - 1) / FilmFile.SectorSize : sectors);
            if (firstSector >= endSector)
            {
                (firstSector, endSector, begin) = (0, sectors, null); // its table lies: it is looked for in all of the clip
            }

            isCut |= (left -= endSector - firstSector) < 0;
            if (isCut)
            {
                break;
            }

            pieces.Add(new(item, clip, firstSector, endSector - firstSector, begin is { } point && item.From - point >= ClipTimes.Precision ? point : item.From));
        }

        return new() { Playlist = playlist, Pieces = pieces, Missing = [.. missing.Distinct()], IsCut = isCut };
    }

    /// <summary>What is played by playlists that were taken.</summary>
    private sealed class Played
    {
        private const int MostOfClip = 64; // ranges of which others may be parts; beyond them, only the same range counts

        private readonly HashSet<BlurayPlayItem> _items = [];
        private readonly Dictionary<(int Clip, byte Sequence), List<BlurayPlayItem>> _ofClips = [];

        public bool Has(BlurayPlayItem item) => _items.Contains(item)
            || (_ofClips.TryGetValue((item.Clip, item.Sequence), out List<BlurayPlayItem>? others) && others.Exists(other => other.From <= item.From && other.Until >= item.Until));

        public void Add(IEnumerable<BlurayPlayItem> items)
        {
            foreach (BlurayPlayItem item in items.Where(_items.Add))
            {
                if (!_ofClips.TryGetValue((item.Clip, item.Sequence), out List<BlurayPlayItem>? others))
                {
                    _ofClips.Add((item.Clip, item.Sequence), others = []);
                }

                if (others.Count < MostOfClip)
                {
                    others.Add(item);
                }
            }
        }
    }

    /// <summary>The clips of a disc, each looked for once.</summary>
    private sealed class Clips(Volume volume)
    {
        private const long MostBytes = 16 << 20; // of all tables, which are kept; discs have a tenth of it

        private readonly Dictionary<string, VolumeEntry> _streams = FilesIn(volume, volume.Folder("BDMV", "STREAM"), "M2TS", "MTS");
        private readonly Dictionary<string, VolumeEntry> _tables = FilesIn(volume, volume.Folder("BDMV", "CLIPINF"), "CLPI", "CPI");
        private readonly Dictionary<string, VolumeEntry> _backups = FilesIn(volume, volume.Folder("BDMV", "BACKUP", "CLIPINF"), "CLPI", "CPI");
        private readonly Dictionary<int, ClipTimes?> _times = [];
        private long _left = MostBytes;

        /// <summary>Of all of them.</summary>
        public long Sectors => _streams.Values.Sum(clip => clip.Size / FilmFile.SectorSize);

        public VolumeEntry? Find(int clip) => _streams.GetValueOrDefault(NameOf(clip));

        public ClipTimes? Times(int clip)
        {
            if (!_times.TryGetValue(clip, out ClipTimes? times))
            {
                _times[clip] = times = Read(_tables) ?? Read(_backups);
            }

            return times;

            ClipTimes? Read(Dictionary<string, VolumeEntry> tables)
            {
                VolumeEntry? file = tables.GetValueOrDefault(NameOf(clip));
                _left -= file?.Size ?? 0;
                return _left >= 0 && volume.ReadTable(file, ClipTimes.LongestFile) is { } table ? ClipTimes.Read(table) : null;
            }
        }

        private static string NameOf(int clip) => clip.ToString("D5", CultureInfo.InvariantCulture);

        private static Dictionary<string, VolumeEntry> FilesIn(Volume volume, VolumeEntry? folder, params string[] endings)
        {
            Dictionary<string, VolumeEntry> files = new(StringComparer.Ordinal);
            foreach (VolumeEntry file in folder is null ? [] : volume.List(folder))
            {
                if (file.Type == EntryType.File && file.PlayerName().Split('.') is [{ Length: 5 } name, var ending] && endings.Contains(ending))
                {
                    files.TryAdd(name, file);
                }
            }

            return files;
        }
    }
}

/// <summary>A piece of a clip that is played.</summary>
/// <param name="Item">As the playlist says.</param>
/// <param name="Clip">The clip.</param>
/// <param name="FirstSector">Of the clip, of 2048 bytes.</param>
/// <param name="Sectors">How many are read.</param>
/// <param name="Begin">When it begins, by the clip's clock, in units of 1/45000 s: where the playlist says, or at the last point before from which it can be decoded.</param>
public sealed record BlurayPiece(BlurayPlayItem Item, VolumeEntry Clip, long FirstSector, long Sectors, uint Begin);
