// SPDX-License-Identifier: MIT
using Spindle.Media;

namespace Spindle.Formats.MapFile;

/// <summary>The contents of a GNU ddrescue map file ("Mapfile structure" in the ddrescue 1.27 manual).</summary>
/// <remarks>Positions and sizes are bytes. Blocks follow one another without gap or overlap; the first may start above 0.</remarks>
public sealed partial record RescueMapFile
{
    /// <summary>Comment lines before the status line, without line ends: who made the map, with what command, when.</summary>
    public IReadOnlyList<string> Heading { get; init; } = [];

    /// <summary>Byte being tried when the map was saved; when reading backwards, the end of the block.</summary>
    public long CurrentPosition { get; init; }

    /// <summary>What was being done when the map was saved.</summary>
    public RescueStatus CurrentStatus { get; init; } = RescueStatus.Copying;

    /// <summary>Number of the pass, from 1, within <see cref="CurrentStatus"/>.</summary>
    public int CurrentPass { get; init; } = 1;

    /// <summary>What is known of the medium, in order. Empty when nothing was tried.</summary>
    public IReadOnlyList<MapBlock> Blocks { get; init; } = [];

    /// <summary>Puts what is known of sectors into bytes.</summary>
    /// <param name="map">The sectors.</param>
    /// <param name="sectorSize">Bytes of one sector.</param>
    /// <param name="length">Bytes of the medium; the last sector may be cut short by it.</param>
    public static IReadOnlyList<MapBlock> BlocksOf(SectorMap map, int sectorSize, long length) =>
        [.. map.Runs.Select(run => new MapBlock(
            run.Range.Start * sectorSize,
            Math.Min(run.Range.End * sectorSize, length) - (run.Range.Start * sectorSize),
            run.State))];

    /// <summary>Puts what is known of bytes onto the sectors of a medium.</summary>
    /// <param name="sectorSize">Bytes of one sector.</param>
    /// <param name="length">Bytes of the medium.</param>
    /// <remarks>
    /// As ddrescue does on loading: a sector with several states gets the least processed one, what the map does not mention was
    /// not tried, and unfinished areas past the end are cut.
    /// </remarks>
    /// <exception cref="OperationFailedException">Something past the end of the medium is marked as read: another medium's map.</exception>
    public SectorMap ToSectorMap(int sectorSize, long length)
    {
        if (Blocks.LastOrDefault(block => block.State == SectorState.Finished) is { Size: > 0 } last && last.End > length)
        {
            throw new OperationFailedException(new(
                "map-too-long",
                $"the map says that byte {last.End - 1} was read, and this medium has {length} bytes",
                "the map belongs to another disc, or this drive reports a smaller size than the first one did: image it under another name, and join both with 'spindle merge'"));
        }

        SectorMap map = new((length + sectorSize - 1) / sectorSize);
        long shared = -1;
        foreach (MapBlock block in Blocks.Where(block => block.Position < length && block.Size > 0))
        {
            long first = block.Position / sectorSize;
            long end = Math.Min(((block.End - 1) / sectorSize) + 1, map.SectorCount);
            if (first == shared && block.State.IsMoreProcessedThan(map[first]))
            {
                first++;
            }

            bool startsInside = block.Position % sectorSize != 0 && block.Position / sectorSize != shared;
            if (first < end)
            {
                map.Set(SectorRange.Between(first, end), block.State);
            }

            if (startsInside)
            {
                // Nothing is known of the bytes of that sector before the first block.
                map.Set(new(block.Position / sectorSize, 1), SectorState.NonTried);
            }

            shared = block.End % sectorSize == 0 || block.End >= length ? -1 : block.End / sectorSize;
        }

        if (shared >= 0)
        {
            // The last block ends inside a sector: nothing is known of its remaining bytes.
            map.Set(new(shared, 1), SectorState.NonTried);
        }

        return map;
    }
}
