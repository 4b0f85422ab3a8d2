// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Spindle.Formats.DvdVideo;

namespace Spindle.Imaging.AccessCopies;

/// <summary>Keeps the subtitles of a film as players read them beside it: their packs in <c>NAME.sub</c>, when each is shown in <c>NAME.idx</c> (VobSub).</summary>
/// <param name="film">The film.</param>
/// <param name="packs">Takes the packs as they come; it can be read again.</param>
internal sealed class SubtitleFiles(DvdFilm film, Stream packs)
{
    private const int MostPacks = 2_000_000; // 4 GB

    private readonly List<(int Stream, TimeSpan? Begin)> _packs = [];

    /// <summary>Takes a pack.</summary>
    public void Take(int stream, TimeSpan? begin, ReadOnlySpan<byte> pack)
    {
        if (_packs.Count < MostPacks)
        {
            packs.Write(pack);
            _packs.Add((stream, begin));
        }
    }

    /// <summary>Writes the packs of one stream behind those of another, as players look for them, and the index.</summary>
    /// <param name="sub">Takes the packs.</param>
    /// <returns>The text of the index; null where there are no subtitles.</returns>
    public string? Write(Stream sub)
    {
        if (_packs.Count == 0)
        {
            return null;
        }

        // Their places are counted in lines of 720 dots, whatever the pictures have.
        StringBuilder index = new("# VobSub index file, v7 (do not modify this line!)\n");
        index.Append(CultureInfo.InvariantCulture, $"size: 720x{(film.Pictures?.Standard == "NTSC" ? 480 : 576)}\norg: 0, 0\nscale: 100%, 100%\nalpha: 100%\nsmooth: OFF\nfadein/out: 0, 0\nalign: OFF at LEFT TOP\ntime offset: 0\nforced subs: OFF\n");
        _ = film.Palette.Count == 16 ? index.Append("palette: ").AppendJoin(", ", film.Palette.Select(Rgb)).Append('\n') : index;
        index.Append("langidx: 0\n");
        byte[] pack = new byte[DvdCell.SectorSize];
        int number = 0;
        foreach (int stream in _packs.Select(one => one.Stream).Distinct().Order())
        {
            index.Append(CultureInfo.InvariantCulture, $"\nid: {film.Subtitles.FirstOrDefault(track => track.Stream == stream)?.Language ?? "--"}, index: {number++}\n");
            for (int at = 0; at < _packs.Count; at++)
            {
                if (_packs[at].Stream == stream)
                {
                    _ = _packs[at].Begin is { } begin
                        ? index.Append(CultureInfo.InvariantCulture, $"timestamp: {(int)begin.TotalHours:D2}:{begin.Minutes:D2}:{begin.Seconds:D2}:{begin.Milliseconds:D3}, filepos: {sub.Position:x9}\n") : index;
                    packs.Position = (long)at * DvdCell.SectorSize;
                    packs.ReadExactly(pack);
                    sub.Write(pack);
                }
            }
        }

        return index.ToString();
    }

    /// <summary>A colour as players of such files want it: red, green and blue of 0 to 255, from luma and chroma of the range of video (ITU-R BT.601).</summary>
    private static string Rgb(uint colour)
    {
        (double luma, double red, double blue) = (1.164 * ((int)(colour >> 16 & 255) - 16), (int)(colour >> 8 & 255) - 128, (int)(colour & 255) - 128);
        return string.Concat(((double[])[luma + (1.596 * red), luma - (0.813 * red) - (0.392 * blue), luma + (2.017 * blue)]).Select(part => ((int)Math.Clamp(Math.Round(part), 0, 255)).ToString("x2", CultureInfo.InvariantCulture)));
    }
}
