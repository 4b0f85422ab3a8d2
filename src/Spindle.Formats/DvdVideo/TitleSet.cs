// SPDX-License-Identifier: MIT
namespace Spindle.Formats.DvdVideo;

/// <summary>The control data of a title set (VTSI): how long its titles play, and what can be chosen with them.</summary>
/// <param name="ifo">The bytes of <c>VTS_nn_0.IFO</c>.</param>
internal sealed class TitleSet(IfoBytes ifo)
{
    private const int PartTable = 0xC8, ProgramChains = 0xCC; // VTSI_MAT: first sectors of VTS_PTT_SRPT and VTS_PGCIT
    private const int Video = 0x200, SoundCount = 0x202, Sound = 0x204, SubtitleCount = 0x254, Subtitles = 0x256;
    private const int MostSound = 8, MostSubtitles = 32, MostChapters = 999;
    private const int FirstSubtitle = 0x20; // of the substreams of private stream 1

    private static readonly string?[] SoundCodings = ["AC-3", null, "MPEG-1", "MPEG-2", "LPCM", null, "DTS", null];
    private static readonly int[] FirstStreams = [0x80, 0x80, 0x1C0, 0x1C0, 0xA0, 0x80, 0x88, 0x80]; // of each coding; what is not known may be AC-3, as almost all is
    private static readonly string?[] SoundContents = [null, null, "for the visually impaired", "director's comments", "director's other comments"];

    /// <summary>How its pictures are made; null where it is cut off.</summary>
    public DvdPictures? Pictures => ifo.Byte(Video) is { } video ? PicturesOf(video) : null;

    /// <summary>Adds to a title what its title set knows of it.</summary>
    public DvdTitle Complete(DvdTitle title)
    {
        ProgramChain[] chains = [.. ChainsOf(title.NumberInSet).Select(chain => chain.Chain)];
        TimeSpan?[] times = [.. chains.Select(chain => chain.Duration)];
        return title with
        {
            Duration = times.Length > 0 && times.All(time => time is not null) ? times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time!.Value) : null,
            Pictures = Pictures,
            Sound = chains.Length == 0 ? [] : [.. SoundTracks(chains[0]).Select(track => track.Sound)],
            Subtitles = chains.Length == 0 ? [] : [.. SubtitleTracks(chains[0]).Select(track => track.Language)],
        };
    }

    /// <summary>The program chains that the chapters of a title are in, each once, in the order of the chapters, with the programs in it that are chapters.</summary>
    public IReadOnlyList<(ProgramChain Chain, IReadOnlyList<int> Programs)> ChainsOf(int title)
    {
        List<(int Number, List<int> Programs)> chains = [];
        foreach ((int number, int program) in Chapters(title))
        {
            if (chains.FirstOrDefault(chain => chain.Number == number).Programs is { } programs)
            {
                programs.Add(program);
            }
            else
            {
                chains.Add((number, [program]));
            }
        }

        return [.. chains.Select(chain => (ChainAt(chain.Number), (IReadOnlyList<int>)chain.Programs)).Where(chain => chain.Item1 is not null).Select(chain => (chain.Item1!, chain.Item2))];
    }

    /// <summary>The sound tracks that a program chain lets choose.</summary>
    public IReadOnlyList<DvdSoundTrack> SoundTracks(ProgramChain chain) =>
    [
        .. Enumerable.Range(0, Math.Min(MostSound, ifo.Word(SoundCount) ?? 0)).Select(number => (Sound: SoundOf(number), Stream: chain.SoundStream(number)))
            .Where(track => track.Stream is not null).Select(track => new DvdSoundTrack(FirstStreams[Array.IndexOf(SoundCodings, track.Sound.Coding)] + track.Stream!.Value, track.Sound)),
    ];

    /// <summary>The subtitles that a program chain lets choose.</summary>
    public IReadOnlyList<DvdSubtitleTrack> SubtitleTracks(ProgramChain chain) =>
    [
        .. Enumerable.Range(0, Math.Min(MostSubtitles, ifo.Word(SubtitleCount) ?? 0)).Select(number => (Language: SubtitleOf(number), Streams: chain.SubtitleStreams(number)))
            .Where(track => track.Streams is not null)
            .Select(track => new DvdSubtitleTrack(FirstSubtitle + (Pictures?.Aspect == "16:9" ? track.Streams!.Value.Wide : track.Streams!.Value.Usual), track.Language)),
    ];

    /// <summary>The program chain and the program in it that each chapter of a title is (VTS_PTT_SRPT).</summary>
    private IEnumerable<(int Chain, int Program)> Chapters(int title)
    {
        if (ifo.Table(PartTable) is not { } parts || ifo.Word(parts) is not { } titles || title < 1 || title > titles || ifo.Long(parts + 8 + (4 * (title - 1))) is not { } begin)
        {
            yield break;
        }

        // The last title's chapters end where the table does, which tells of its last byte.
        long end = (title < titles ? ifo.Long(parts + 8 + (4 * title)) : ifo.Long(parts + 4) + 1) ?? 0;
        for (int chapter = 0; chapter < MostChapters && begin + (4 * chapter) + 4 <= end; chapter++)
        {
            if (ifo.Word(parts + begin + (4 * chapter)) is > 0 and { } chain && ifo.Word(parts + begin + (4 * chapter) + 2) is { } program)
            {
                yield return (chain, program);
            }
        }
    }

    private ProgramChain? ChainAt(int number) =>
        ifo.Table(ProgramChains) is { } chains && ifo.Word(chains) is { } count && number <= count && ifo.Long(chains + 8 + (8 * (number - 1)) + 4) is { } offset ? new(ifo, chains + offset) : null;

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
}
