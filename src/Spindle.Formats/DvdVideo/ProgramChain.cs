// SPDX-License-Identifier: MIT
namespace Spindle.Formats.DvdVideo;

/// <summary>A program chain of a title set (PGC): which cells are played, in which order, and what can be chosen with them.</summary>
/// <param name="ifo">The bytes of <c>VTS_nn_0.IFO</c>.</param>
/// <param name="start">Where it begins there.</param>
internal sealed class ProgramChain(IfoBytes ifo, long start)
{
    private const int ProgramCount = 2, CellCount = 3, Playing = 4, Sound = 0x0C, Subtitles = 0x1C, Colours = 0xA4; // PGC_GI
    private const int ProgramMap = 0xE6, CellPlayback = 0xE8, CellPosition = 0xEA;
    private const int CellLength = 24, PositionLength = 4; // C_PBI, C_POSI
    private const int CellTime = 4, CellFirst = 8, CellLast = 20;
    private const int AngleBlock = 1;

    /// <summary>How long it plays; null where it does not say.</summary>
    public TimeSpan? Duration => ifo.Time(start + Playing);

    /// <summary>The 16 colours of its subtitles, each as luma, Cr and Cb in the lower three bytes; fewer where it is cut off.</summary>
    public IReadOnlyList<uint> Palette => [.. Enumerable.Range(0, 16).Select(number => ifo.Long(start + Colours + (4 * number))).TakeWhile(colour => colour is not null).Select(colour => (uint)colour!.Value)];

    /// <summary>Its cells in the order in which they are played, of angles the first one; those that lie nowhere are left out.</summary>
    /// <returns>Each with its number in the chain, from 1.</returns>
    public IEnumerable<(int Number, DvdCell Cell)> Cells()
    {
        if (ifo.Word(start + CellPlayback) is not (> 0 and { } playback))
        {
            yield break;
        }

        int positions = ifo.Word(start + CellPosition) ?? 0;
        for (int number = 1; number <= (ifo.Byte(start + CellCount) ?? 0); number++)
        {
            long at = start + playback + (CellLength * (number - 1));
            long position = start + positions + (PositionLength * (number - 1));
            if (ifo.Byte(at) is not { } form || ifo.Long(at + CellFirst) is not { } first || ifo.Long(at + CellLast) is not { } last || last < first)
            {
                continue;
            }

            (int mode, int block) = (form >> 6, form >> 4 & 3);
            if (block != AngleBlock || mode is 0 or 1)
            {
                yield return (number, new(first, last, ifo.Time(at + CellTime))
                {
                    Vob = positions > 0 ? ifo.Word(position) : null,
                    NumberInVob = positions > 0 ? ifo.Byte(position + 3) : null,
                    IsInterleaved = (form >> 2 & 1) == 1 || block == AngleBlock,
                });
            }
        }
    }

    /// <summary>With which cell a program of it begins, from 1; null where it has no such program.</summary>
    public int? CellOf(int program) =>
        program >= 1 && program <= (ifo.Byte(start + ProgramCount) ?? 0) && ifo.Word(start + ProgramMap) is > 0 and { } map ? ifo.Byte(start + map + program - 1) : null;

    /// <summary>Which stream of sound a number stands for that can be chosen, both from 0; null where it can't be.</summary>
    public int? SoundStream(int number) => ifo.Word(start + Sound + (2 * number)) is { } control && (control >> 15 & 1) == 1 ? control >> 8 & 7 : null;

    /// <summary>Which streams of subtitles a number stands for, from 0: for pictures of 4:3, and for wide ones; null where it can't be chosen.</summary>
    public (int Usual, int Wide)? SubtitleStreams(int number) =>
        ifo.Long(start + Subtitles + (4 * number)) is { } control && (control >> 31 & 1) == 1 ? ((int)(control >> 24 & 31), (int)(control >> 16 & 31)) : null;
}
