// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Formats.Analysis;

/// <summary>Where the last thing lies that the trees of a disc know of: behind it, nothing can be lost.</summary>
public static class ContentEnd
{
    /// <summary>Walks all trees, as far as the sectors that were read tell of them.</summary>
    /// <remarks>
    /// A volume on a virtual partition ends with its table: where the newest one is not found, and something was recorded in front of the
    /// end, the end is where it was (UDF 2.60 §2.2.11).
    /// </remarks>
    /// <param name="image">The image; sectors that are not finished in the map are not read from it.</param>
    /// <param name="map">What is known of its sectors.</param>
    /// <param name="options">Which session; the view is not looked at.</param>
    /// <returns>Bytes from the start of the image, in whole sectors; more than it has where files would lie behind its end; 0 for no tree.</returns>
    public static long Of(ISectorReader image, SectorMap map, VolumeOptions? options = null)
    {
        using MappedSectors readable = new(image, map);
        Findings findings = new();
        DiscContents contents = DiscContents.Read(readable, options ?? new(), findings);
        long end = contents.Udf is { IsVirtual: true } udf && (udf.IsTableOlder || udf.VirtualTableBlock is null) ? contents.Medium.End : 0;
        foreach (FileTree tree in contents.OpenAll())
        {
            end = Math.Max(end, EndOf(tree.Root));
            foreach (DiscStructure structure in tree.Structures)
            {
                end = Math.Max(end, structure.Extent.End);
            }

            foreach (VolumeEntry entry in new TreeWalk(contents.Medium, tree, findings).From(tree.Root))
            {
                end = Math.Max(end, EndOf(entry));
            }
        }

        return Math.Max(0, InSectors(contents.Medium, end) - contents.Medium.Start);
    }

    /// <summary>An end in whole sectors, unless the medium ends within that sector and has all of it.</summary>
    internal static long InSectors(Medium medium, long end)
    {
        long inside = (end - medium.Start) % medium.SectorSize;
        long whole = inside <= 0 || end > long.MaxValue - medium.SectorSize ? end : end + medium.SectorSize - inside;
        return end <= medium.End && whole > medium.End ? end : whole;
    }

    private static long EndOf(VolumeEntry entry)
    {
        long end = 0;
        foreach (Extent extent in entry.AllExtents)
        {
            end = extent.Kind == ExtentKind.Recorded && extent.Length > 0 ? Math.Max(end, extent.End) : end;
        }

        return end;
    }
}
