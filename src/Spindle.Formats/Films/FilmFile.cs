// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Films;

/// <summary>A file of a film, read sector by sector of 2048 bytes: what can't be read is not zeros here.</summary>
/// <param name="content">Its content, which is closed with it.</param>
internal sealed class FilmFile(ContentStream content) : IDisposable
{
    /// <summary>Bytes of a sector.</summary>
    public const int SectorSize = 2048;

    /// <summary>Reads whole sectors, up to the first that can't be read.</summary>
    /// <param name="first">From the beginning of the file.</param>
    /// <param name="buffer">Takes them.</param>
    /// <returns>How many; 0 where the first one can't be read.</returns>
    public int Read(long first, Span<byte> buffer)
    {
        IReadOnlyList<Extent> lost = content.Unreadable;
        (int count, long end) = (lost.Count, lost.Count > 0 ? lost[^1].End : 0);
        content.Position = first * SectorSize;
        int read = content.Read(buffer);
        return lost.Count != count || (count > 0 && lost[^1].End != end) ? 0 : read / SectorSize;
    }

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();
}
