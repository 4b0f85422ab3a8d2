// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Bluray;

/// <summary>A playlist of a Blu-ray Disc: clips, or pieces of them, that are played one after the other.</summary>
/// <param name="Name">Its number, of five digits, as the file is called.</param>
public sealed record BlurayPlaylist(string Name)
{
    /// <summary>The pieces, in their order. At most <see cref="MoviePlaylist.MostItems"/>.</summary>
    public required IReadOnlyList<BlurayPlayItem> Items { get; init; }

    /// <summary>How long it plays, by its own word: 0 where its pieces say nothing that makes sense.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Items.Sum(item => item.Duration.Ticks));

    /// <summary>Where chapters begin, from the beginning of the playlist, in the order in which they are recorded.</summary>
    public required IReadOnlyList<TimeSpan> Chapters { get; init; }

    /// <summary>The pictures, sound tracks and subtitles that can be chosen, by the first of its pieces.</summary>
    public required IReadOnlyList<BlurayStream> Streams { get; init; }

    /// <summary>How many different clips it is made of: fewer than it has pieces where it plays one again and again.</summary>
    public int ClipCount => Items.Select(item => item.Clip).Distinct().Count();

    /// <summary>How many pictures there are of it: 1 for most.</summary>
    public int Angles => Items.Select(item => (int)item.Angles).DefaultIfEmpty(1).Max();

    /// <summary>Whether all was in the file that it says it has.</summary>
    public required bool IsWhole { get; init; }
}

/// <summary>A piece of a playlist.</summary>
/// <param name="Clip">The clip that it is of: <c>STREAM/nnnnn.m2ts</c>, 0 to 99999. Of the first angle.</param>
/// <param name="From">Where it begins in the clip, by the clip's own clock, in units of 1/45000 s.</param>
/// <param name="Until">Where it ends, likewise; no later than it begins where it lies.</param>
/// <param name="Angles">How many pictures there are of it, 1 for most.</param>
public readonly record struct BlurayPlayItem(int Clip, uint From, uint Until, byte Angles)
{
    /// <summary>Ticks of the clock of playlists in a second.</summary>
    public const int Clock = 45_000;

    /// <summary>Which of the clip's clocks it is, from 0: for most clips the only one.</summary>
    public byte Sequence { get; init; }

    /// <summary>How long it plays; 0 where it ends before it begins.</summary>
    public TimeSpan Duration => Until > From ? TimeSpan.FromTicks((Until - (long)From) * TimeSpan.TicksPerSecond / Clock) : TimeSpan.Zero;
}

/// <summary>A stream that can be chosen with a playlist.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Coding">Such as <c>AVC</c> or <c>DTS-HD MA</c>; null for what is not known.</param>
/// <param name="Language">ISO 639-2, of three letters; null where it does not say, and for pictures.</param>
/// <param name="Format">Of pictures such as <c>1080p</c>, of sound <c>mono</c>, <c>stereo</c>, <c>multi-channel</c> or <c>stereo and multi-channel</c>; null for what is not known.</param>
/// <param name="Rate">Of pictures, their number in a second, such as <c>23.976</c>; of sound, samples in a second, such as <c>48000</c>; null likewise.</param>
/// <param name="Pid">Which packets of the clip it is in (ISO/IEC 13818-1 §2.4.3.3); null where it is in another clip.</param>
public sealed record BlurayStream(BlurayStreamKind Kind, string? Coding, string? Language, string? Format, string? Rate, int? Pid);

/// <summary>What a stream is.</summary>
public enum BlurayStreamKind
{
    /// <summary>Pictures.</summary>
    Video,

    /// <summary>Sound.</summary>
    Sound,

    /// <summary>Subtitles, as pictures or as text.</summary>
    Subtitles,
}
