// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.VideoCd;

/// <summary>What a Video CD or Super Video CD has to play, by its own tables of contents. They may lie.</summary>
public sealed record VideoCdDisc
{
    private const int LongestTable = 64 * 1024;
    private const int MostTracks = 98; // the first of 99 is that of the files
    private const int SectorSize = 2048;
    private const int MostSectors = 99 * 60 * 75; // of any CD
    private const int SectorsPerSecond = 75; // of a Video CD, whose films are of a constant rate

    // INFO.VCD, and ENTRIES.VCD behind it.
    private const int Version = 8, Album = 10, AlbumLength = 16, Volumes = 26, Number = 28, Pal = 30, PalLength = 13;
    private const int EntryCount = 10, Entries = 12, EntryLength = 4, MostEntries = 500;

    /// <summary>Whether it is a Super Video CD (or HQ-VCD): films in MPEG-2.</summary>
    public required bool IsSuper { get; init; }

    /// <summary>The version of the standard that it is after, such as <c>2.0</c>; null for what is not known.</summary>
    public required string? StandardVersion { get; init; }

    /// <summary>The name of its album; null where it has none.</summary>
    public required string? AlbumName { get; init; }

    /// <summary>How many discs the album has, by its own word.</summary>
    public required int VolumeCount { get; init; }

    /// <summary>Which of them it is, from 1.</summary>
    public required int VolumeNumber { get; init; }

    /// <summary>Its films, by their numbers.</summary>
    public required IReadOnlyList<VideoCdTrack> Tracks { get; init; }

    /// <summary>Reads what a volume says of itself.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>Null where it is no Video CD.</returns>
    public static VideoCdDisc? Read(Volume volume) =>
        Read(volume, "VCD", "VCD", "VIDEO_CD") ?? Read(volume, "SVCD", "SVD", "SUPERVCD") ?? Read(volume, "SVCD", "SVD", "HQ-VCD  ");

    private static VideoCdDisc? Read(Volume volume, string folderName, string ending, string identifier)
    {
        VolumeEntry? folder = volume.Folder(folderName);
        if (volume.ReadTable(volume.FileIn(folder, $"INFO.{ending}"), LongestTable) is not { } info || !info.Says(0, identifier))
        {
            return null;
        }

        bool isSuper = identifier != "VIDEO_CD";
        bool saysStandard = isSuper || info.Byte(Version) >= 2; // older ones leave these bits at 0
        int[] entries = EntriesOf(volume.ReadTable(volume.FileIn(folder, $"ENTRIES.{ending}"), LongestTable));
        return new()
        {
            IsSuper = isSuper,
            StandardVersion = (isSuper, info.Byte(Version), info.Byte(Version + 1)) switch
            {
                (false, 2, 0) => "2.0",
                (false, 1, 1) => "1.1",
                (false, 1, 0) or (true, 1, 0) => "1.0",
                _ => null,
            },
            AlbumName = info.Text(Album, AlbumLength),
            VolumeCount = info.Word(Volumes) ?? 0,
            VolumeNumber = info.Word(Number) ?? 0,
            Tracks = [.. FilmsOf(volume, isSuper).Select(film => new VideoCdTrack(
                film.Number,
                !saysStandard || info.Byte(Pal + PalLength - 1) is null ? null : (info.Byte(Pal + ((film.Number - 1) / 8)) >> ((film.Number - 1) % 8) & 1) == 1 ? "PAL" : "NTSC",
                film.Sectors,
                isSuper || film.Sectors is < 0 or > MostSectors ? null : TimeSpan.FromSeconds(film.Sectors / (double)SectorsPerSecond),
                entries.Count(track => track == film.Number + 1)))],
        };
    }

    /// <summary>The tracks that can be entered, one for each place; the first film is in track 2.</summary>
    private static int[] EntriesOf(TableBytes? table) => table is null || !(table.Says(0, "ENTRYVCD") || table.Says(0, "ENTRYSVD"))
        ? []
        : [.. Enumerable.Range(0, Math.Min(MostEntries, table.Word(EntryCount) ?? 0)).Select(entry => table.Byte(Entries + (EntryLength * entry)) is { } track ? ((track >> 4) * 10) + (track & 15) : 0)];

    private static IEnumerable<(int Number, long Sectors)> FilmsOf(Volume volume, bool isSuper)
    {
        VolumeEntry? folder = (isSuper ? volume.Folder("MPEG2") : null) ?? volume.Folder("MPEGAV");
        return (folder is null ? [] : volume.List(folder))
            .Where(file => file.Type == EntryType.File)
            .Select(file => (Number: NumberOf(file.PlayerName()), Sectors: (file.Size / SectorSize) + (file.Size % SectorSize > 0 ? 1 : 0)))
            .Where(film => film.Number is >= 1 and <= MostTracks)
            .Take(MostTracks)
            .DistinctBy(film => film.Number)
            .OrderBy(film => film.Number);
    }

    // AVSEQnn.DAT, MUSICnn.DAT of Video CD 1.1, AVSEQnn.MPG
    private static int NumberOf(string name) =>
        name.Length == 11 && (name.StartsWith("AVSEQ", StringComparison.Ordinal) || name.StartsWith("MUSIC", StringComparison.Ordinal))
            && name[7..] is ".DAT" or ".MPG" && char.IsAsciiDigit(name[5]) && char.IsAsciiDigit(name[6]) ? ((name[5] - '0') * 10) + (name[6] - '0') : 0;
}

/// <summary>A film of a Video CD.</summary>
/// <param name="Number">From 1, as its file is called.</param>
/// <param name="Standard"><c>NTSC</c> or <c>PAL</c>; null where the disc does not say.</param>
/// <param name="Sectors">Of 2048 bytes, as its file has.</param>
/// <param name="Duration">How long it plays, by these; null of a Super Video CD, whose films are of any rate, and where it is longer than a disc.</param>
/// <param name="Entries">Places at which it can be entered.</param>
public sealed record VideoCdTrack(int Number, string? Standard, long Sectors, TimeSpan? Duration, int Entries);
