// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Formats.Analysis;

/// <summary>What the sectors of a disc that could not be read mean for those who want its files.</summary>
public sealed record DamageReport
{
    /// <summary>Files and directories that are hit; a file that several views share is named in the best of them.</summary>
    public required IReadOnlyList<DamagedEntry> Entries { get; init; }

    /// <summary>Structures of the file systems that are hit, each with the part of it that is lost.</summary>
    public required IReadOnlyList<DiscStructure> Structures { get; init; }

    /// <summary>Files and directories that were looked at, in all views.</summary>
    public required long EntriesSeen { get; init; }

    /// <summary>Bytes of the medium that were not read.</summary>
    public required long BytesUnread { get; init; }

    /// <summary>Whether there is a tree of files at all, without the sectors that were not read.</summary>
    public required bool HasTree { get; init; }

    /// <summary>Why more may be hit than is named: directories are lost, and with them the names in them; null where all names were read.</summary>
    public string? Unknown =>
        BytesUnread == 0 ? null
        : !HasTree ? "no file system can be read without them"
        : Findings.Items.FirstOrDefault(finding => MissingNames.Rules.Contains(finding.Rule)) is { } lost ? $"{lost.Detail} ({lost.Rule.Id})"
        : null;

    /// <summary>What was found to be wrong on the way: where a directory is lost, what it held is not known.</summary>
    public required Findings Findings { get; init; }

    /// <summary>Names what the sectors touch that are not finished in a map.</summary>
    /// <param name="image">The image, or the disc; sectors that are not finished in the map are not read from it.</param>
    /// <param name="map">What is known of its sectors.</param>
    /// <param name="options">Which session; the view is not looked at.</param>
    public static DamageReport Of(ISectorReader image, SectorMap map, VolumeOptions? options = null)
    {
        options ??= new();
        Findings findings = new();
        using MappedSectors readable = new(image, map);
        DiscContents contents = DiscContents.Read(readable, options, findings);
        LostRanges lost = new(map, image.SectorSize, options.MediumStart * 2048);
        List<DamagedEntry> entries = [];
        HashSet<DiscStructure> structures = [];
        Named named = new([], []);
        long seen = 0;
        bool hasTree = false;
        AddStructures(contents.Structures(), lost, structures);
        foreach (FileTree tree in contents.OpenAll())
        {
            hasTree = true;
            seen++; // the root
            AddStructures(tree.Structures, lost, structures);
            AddEntry(tree, tree.Root, lost, named, entries);
            foreach (VolumeEntry entry in new TreeWalk(contents.Medium, tree, findings).From(tree.Root))
            {
                seen++;
                AddEntry(tree, entry, lost, named, entries);
            }
        }

        return new()
        {
            Entries = entries,
            Structures = [.. structures.OrderBy(structure => structure.Extent.Position)],
            EntriesSeen = seen,
            BytesUnread = lost.Total,
            HasTree = hasTree,
            Findings = findings,
        };
    }

    private static void AddStructures(IEnumerable<DiscStructure> all, LostRanges lost, HashSet<DiscStructure> structures)
    {
        foreach (DiscStructure structure in all)
        {
            foreach (Extent part in lost.Within(structure.Extent))
            {
                structures.Add(structure with { Extent = part });
            }
        }
    }

    private static void AddEntry(FileTree tree, VolumeEntry entry, LostRanges lost, Named named, List<DamagedEntry> entries)
    {
        List<Extent> content = Lost(entry.Extents, lost);
        List<Extent> fork = Lost(entry.ResourceFork, lost);
        NamedStream[] streams = [.. entry.Streams.Select(stream => new NamedStream(stream.Name, Lost(stream.Extents, lost))).Where(stream => stream.Extents.Count > 0)];
        bool isDescriptionHit = entry.IsDescriptionLost || lost.Touches(entry.Descriptor);
        if (content.Count == 0 && fork.Count == 0 && streams.Length == 0 && !entry.AreStreamsLost && !isDescriptionHit)
        {
            return;
        }

        // The same bytes in another view are the same loss; in the same one they belong to two files.
        IEnumerable<Extent> hit = entry.AllExtents.Where(lost.Touches);
        bool isNew = entry.AllExtents.Any(extent => extent.Kind == ExtentKind.Unknown);
        foreach (Extent extent in hit)
        {
            isNew |= named.Extents.TryAdd(extent, tree.View) || named.Extents[extent] == tree.View;

            // These two have the same names: one that UDF has lost is named by Rock Ridge.
            isNew |= tree.View == VolumeView.RockRidge && named.Extents[extent] == VolumeView.Udf && !named.Paths.Contains(entry.Path);
        }

        if (isNew || isDescriptionHit || entry.AreStreamsLost)
        {
            named.Paths.Add(entry.Path);
            entries.Add(new()
            {
                View = tree.View,
                Path = entry.Path,
                Type = entry.Type,
                Size = entry.Size,
                Lost = content,
                LostResourceFork = fork,
                LostStreams = streams,
                AreStreamsLost = entry.AreStreamsLost,
                IsDescriptionHit = isDescriptionHit,
            });
        }
    }

    private static List<Extent> Lost(IReadOnlyList<Extent> extents, LostRanges lost)
    {
        List<Extent> ranges = [];
        long offset = 0;
        foreach (Extent extent in extents)
        {
            if (extent.Kind == ExtentKind.Unknown)
            {
                ranges.Add(extent with { Position = offset, Kind = ExtentKind.Recorded });
            }
            else if (extent.Kind == ExtentKind.Recorded)
            {
                ranges.AddRange(lost.Within(extent).Select(part => part with { Position = part.Position - extent.Position + offset }));
            }

            offset += extent.Length;
        }

        return ranges;
    }

    /// <summary>What was named so far.</summary>
    /// <param name="Extents">Where contents lie that are hit, and the view in which they were named first.</param>
    /// <param name="Paths">Paths of what was named.</param>
    private sealed record Named(Dictionary<Extent, VolumeView> Extents, HashSet<string> Paths);
}
