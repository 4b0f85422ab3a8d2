// SPDX-License-Identifier: MIT
namespace Spindle.Formats.Films;

/// <summary>Reads a film from its disc as one stream with one clock, from its beginning to its end, without what is not of the film.</summary>
/// <remarks>What can't be read is left out, and told in <see cref="Lost"/>. Not thread-safe.</remarks>
public interface IFilmReader : IDisposable
{
    /// <summary>Bytes that are given at once at most.</summary>
    int LargestPiece { get; }

    /// <summary>Sectors of the film, of 2048 bytes, that were read or given up so far.</summary>
    long Position { get; }

    /// <summary>How long the film is so far, by what its packets say.</summary>
    TimeSpan Length { get; }

    /// <summary>Whether something was met that is scrambled or encrypted.</summary>
    bool IsScrambled { get; }

    /// <summary>The streams that were met, as the film's kind of disc numbers them, each with the sector of the film where it begins.</summary>
    IReadOnlyDictionary<int, long> Streams { get; }

    /// <summary>What could not be read, in order, at most 10,000 places.</summary>
    IReadOnlyList<LostFilm> Lost { get; }

    /// <summary>Goes to another place of the film: what is met from there on is told, but times are not joined.</summary>
    /// <param name="sector">From the beginning of the film.</param>
    void Seek(long sector);

    /// <summary>Reads what comes next.</summary>
    /// <param name="buffer">Takes it; <see cref="LargestPiece"/>.</param>
    /// <returns>How many bytes of it are filled; null at the end. 0 where all that came next was lost, or not of the film.</returns>
    int? Read(Span<byte> buffer);
}

/// <summary>A part of a film that could not be read.</summary>
/// <param name="First">Its first sector of 2048 bytes, from the beginning of the film.</param>
/// <param name="Count">How many sectors.</param>
/// <param name="Begin">When it would be played, from the beginning of the film.</param>
/// <param name="End">Where it would have been.</param>
public sealed record LostFilm(long First, long Count, TimeSpan Begin, TimeSpan End);
