// SPDX-License-Identifier: MIT
namespace Spindle.Formats.DvdVideo;

/// <summary>A title of a DVD-Video: what a player offers to play by its number.</summary>
/// <param name="Number">From 1, as the table of contents counts them.</param>
/// <param name="TitleSet">Whose films it is made of, from 1.</param>
/// <param name="NumberInSet">From 1.</param>
/// <param name="Angles">How many pictures there are of it, 1 for most.</param>
/// <param name="Chapters">How many it has, by the table of contents.</param>
public sealed record DvdTitle(int Number, int TitleSet, int NumberInSet, int Angles, int Chapters)
{
    /// <summary>How long it plays; null where its title set is not there, or does not say.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Its pictures; null as above.</summary>
    public DvdPictures? Pictures { get; init; }

    /// <summary>Its sound tracks that can be chosen.</summary>
    public IReadOnlyList<DvdSound> Sound { get; init; } = [];

    /// <summary>Its subtitles that can be chosen, each as its language (ISO 639-1); null for one that does not say.</summary>
    public IReadOnlyList<string?> Subtitles { get; init; } = [];
}

/// <summary>How the pictures of a title set are made.</summary>
/// <param name="Coding"><c>MPEG-1</c> or <c>MPEG-2</c>; null for what the specification does not know.</param>
/// <param name="Standard"><c>NTSC</c> or <c>PAL</c>; null as above.</param>
/// <param name="Aspect"><c>4:3</c> or <c>16:9</c>; null as above.</param>
public sealed record DvdPictures(string? Coding, string? Standard, string? Aspect);

/// <summary>A sound track.</summary>
/// <param name="Coding"><c>AC-3</c>, <c>MPEG-1</c>, <c>MPEG-2</c>, <c>LPCM</c> or <c>DTS</c>; null for what the specification does not know.</param>
/// <param name="Language">ISO 639-1; null where it does not say.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="Content">Such as <c>director's comments</c>; null for the usual.</param>
public sealed record DvdSound(string? Coding, string? Language, int Channels, string? Content);
