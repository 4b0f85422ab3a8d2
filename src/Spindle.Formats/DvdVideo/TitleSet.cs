// SPDX-License-Identifier: MIT
namespace Spindle.Formats.DvdVideo;

/// <summary>The control data of a title set (VTSI): how long its titles play, and what can be chosen with them.</summary>
/// <param name="ifo">The bytes of <c>VTS_nn_0.IFO</c>.</param>
internal sealed class TitleSet(IfoBytes ifo)
{
    private const int PartTable = 0xC8, ProgramChains = 0xCC; // VTSI_MAT: first sectors of VTS_PTT_SRPT and VTS_PGCIT
    private const int Video = 0x200, SoundCount = 0x202, Sound = 0x204, SubtitleCount = 0x254, Subtitles = 0x256;
    private const int MostSound = 8, MostSubtitles = 32, MostChapters = 999;
    private const int ChainTime = 4, ChainSound = 0x0C, ChainSubtitles = 0x1C; // PGC_GI

    private static readonly string?[] SoundCodings = ["AC-3", null, "MPEG-1", "MPEG-2", "LPCM", null, "DTS", null];
    private static readonly string?[] SoundContents = [null, null, "for the visually impaired", "director's comments", "director's other comments"];

    /// <summary>Adds to a title what its title set knows of it.</summary>
    public DvdTitle Complete(DvdTitle title)
    {
        long[] chains = [.. Chains(title.NumberInSet)];
        TimeSpan?[] times = [.. chains.Select(chain => ifo.Time(chain + ChainTime))];
        return title with
        {
            Duration = times.Length > 0 && times.All(time => time is not null) ? times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time!.Value) : null,
            Pictures = ifo.Byte(Video) is { } video ? PicturesOf(video) : null,
            Sound = chains.Length == 0 ? [] : [.. Enumerable.Range(0, Math.Min(MostSound, ifo.Word(SoundCount) ?? 0)).Where(number => IsOn(ifo.Word(chains[0] + ChainSound + (2 * number)), 15)).Select(SoundOf)],
            Subtitles = chains.Length == 0 ? [] : [.. Enumerable.Range(0, Math.Min(MostSubtitles, ifo.Word(SubtitleCount) ?? 0)).Where(number => IsOn(ifo.Long(chains[0] + ChainSubtitles + (4 * number)), 31)).Select(SubtitleOf)],
        };
    }

    /// <summary>Where the program chains lie that the chapters of a title are in, each once, in the order of the chapters.</summary>
    private IEnumerable<long> Chains(int title)
    {
        if (ifo.Table(PartTable) is not { } parts || ifo.Table(ProgramChains) is not { } chains
            || ifo.Word(parts) is not { } titles || title < 1 || title > titles || ifo.Long(parts + 8 + (4 * (title - 1))) is not { } begin)
        {
            yield break;
        }

        // The last title's chapters end where the table does, which tells of its last byte.
        long end = (title < titles ? ifo.Long(parts + 8 + (4 * title)) : ifo.Long(parts + 4) + 1) ?? 0;
        HashSet<int> seen = [];
        for (int chapter = 0; chapter < MostChapters && begin + (4 * chapter) + 4 <= end; chapter++)
        {
            if (ifo.Word(parts + begin + (4 * chapter)) is { } number && number > 0 && seen.Add(number)
                && ifo.Word(chains) is { } count && number <= count && ifo.Long(chains + 8 + (8 * (number - 1)) + 4) is { } offset)
            {
                yield return chains + offset;
            }
        }
    }

    private static DvdPictures PicturesOf(int video) => new(
        (video >> 6) switch { 0 => "MPEG-1", 1 => "MPEG-2", _ => null },
        (video >> 4 & 3) switch { 0 => "NTSC", 1 => "PAL", _ => null },
        (video >> 2 & 3) switch { 0 => "4:3", 3 => "16:9", _ => null });

    private DvdSound SoundOf(int number)
    {
        long at = Sound + (8 * number);
        int form = ifo.Byte(at) ?? 0;
        return new(
            SoundCodings[form >> 5],
            (form >> 2 & 3) == 1 ? ifo.Language(at + 2) : null,
            ((ifo.Byte(at + 1) ?? 0) & 7) + 1,
            ifo.Byte(at + 5) is { } content && content < SoundContents.Length ? SoundContents[content] : null);
    }

    private string? SubtitleOf(int number) => ((ifo.Byte(Subtitles + (6 * number)) ?? 0) & 3) == 1 ? ifo.Language(Subtitles + (6 * number) + 2) : null;

    private static bool IsOn(long? value, int bit) => (value >> bit & 1) == 1;
}
