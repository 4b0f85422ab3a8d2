// SPDX-License-Identifier: MIT
using Spindle.Formats.DvdVideo;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.AccessCopies;

/// <summary>What a film has, before all of it is read: looked at in places all over it, and at its beginning.</summary>
/// <param name="Streams">The streams of pictures and sound that were met, as in <see cref="DvdSoundTrack.Stream"/>.</param>
/// <param name="Head">Bytes at its beginning by which all of them are met: what ffmpeg must look at before it begins.</param>
/// <param name="IsScrambled">Whether a pack was met that is scrambled.</param>
internal sealed record FilmSurvey(IReadOnlyList<int> Streams, long Head, bool IsScrambled)
{
    private const int Places = 96;
    private const long LeastHead = 8L << 20; // ffmpeg's own measure is 5 MB
    private const long MostHead = 256L << 20; // it keeps that in memory
    private const long Margin = 1L << 20;

    /// <summary>Looks at a film.</summary>
    public static FilmSurvey Of(Volume volume, DvdFilm film, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[DvdFilmReader.LargestPiece];
        using DvdFilmReader places = new(volume, film);
        for (int place = 0; place < Places; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            places.Seek(film.Sectors * place / Places);
            _ = places.Read(piece);
        }

        int[] wanted = [.. places.Streams.Keys.Where(IsCopied)];
        using DvdFilmReader head = new(volume, film);
        long read = 0;
        while (read < MostHead && !wanted.All(head.Streams.ContainsKey) && head.Read(piece) is { } length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read += length;
        }

        return new(
            [.. places.Streams.Keys.Union(head.Streams.Keys).Where(IsCopied).Order()],
            Math.Clamp(read + Margin, LeastHead, MostHead),
            places.IsScrambled || head.IsScrambled);
    }

    private static bool IsCopied(int stream) => stream is (>= 0x80 and <= 0x8F) or (>= 0xA0 and <= 0xA7) or (>= 0x1C0 and <= 0x1EF); // AC-3 and DTS, LPCM, MPEG sound and pictures
}
