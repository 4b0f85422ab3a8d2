// SPDX-License-Identifier: MIT
using Spindle.Formats.Films;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.AccessCopies;

/// <summary>What a film has, before all of it is read: looked at in places all over it, and at its beginning.</summary>
/// <param name="Streams">The streams of pictures and sound that were met, by their numbers in the film.</param>
/// <param name="Head">Bytes at its beginning by which all of them are met: what ffmpeg must look at before it begins.</param>
/// <param name="IsScrambled">Whether a pack was met that is scrambled.</param>
internal sealed record FilmSurvey(IReadOnlyList<int> Streams, long Head, bool IsScrambled)
{
    private const int Places = 96;
    private const long MostHead = 256L << 20; // it keeps that in memory
    private const long Margin = 1L << 20;

    /// <summary>Looks at a film.</summary>
    public static FilmSurvey Of(Volume volume, Film film, CancellationToken cancellationToken)
    {
        using IFilmReader places = film.Open(volume);
        byte[] piece = new byte[places.LargestPiece];
        for (int place = 0; place < Places; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            places.Seek(film.Sectors * place / Places);
            _ = places.Read(piece);
        }

        int[] wanted = [.. places.Streams.Keys.Where(film.IsCopied)];
        using IFilmReader head = film.Open(volume);
        long read = 0;
        while (read < MostHead && !wanted.All(head.Streams.ContainsKey) && head.Read(piece) is { } length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read += length;
        }

        return new(
            [.. places.Streams.Keys.Union(head.Streams.Keys).Where(film.IsCopied).Order()],
            Math.Clamp(read + Margin, film.LeastHead, MostHead),
            places.IsScrambled || head.IsScrambled);
    }
}
