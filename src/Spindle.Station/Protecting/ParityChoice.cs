// SPDX-License-Identifier: MIT
using Spindle.Formats.MapFile;
using Spindle.Media;

namespace Spindle.Station.Protecting;

/// <summary>Which protected image: ours, or one that dvdisaster made (RS03, RS02, RS01).</summary>
/// <param name="Image">The image; to be checked, a drive, too.</param>
/// <param name="ParityFile">The file that its parity is kept in; null where it is within the image.</param>
/// <param name="Map">The map of its rescue: what was not read counts as missing; null for none.</param>
public sealed record ParityChoice(string Image, string? ParityFile = null, string? Map = null)
{
    /// <summary>The map as sectors of 2048 bytes; null where none is named.</summary>
    internal SectorMap? ReadMap()
    {
        if (Map is null)
        {
            return null;
        }

        RescueMapFile map = RescueMapFile.Read(Map);
        long end = map.Blocks.Count > 0 ? map.Blocks[^1].End : 0;
        return map.ToSectorMap(Capacity.SectorSize, Math.Max(end, new FileInfo(Image) is { Exists: true } image ? image.Length : 0));
    }
}
