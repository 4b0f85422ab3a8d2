// SPDX-License-Identifier: MIT
using Spindle.Formats.Analysis;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;
using Spindle.Testing;

namespace Spindle.Formats.Tests.Volumes;

/// <summary>An image of which it is known what is in it, to be damaged, and what was shown then to be judged.</summary>
internal sealed class DamagedImage
{
    private const int SectorLength = 2048;

    private readonly byte[] _bytes;
    private readonly Dictionary<VolumeView, Dictionary<string, Known>> _known = [];
    private readonly HashSet<long> _contentSectors = [];

    private readonly VolumeView? _asked;

    /// <param name="name">What it is.</param>
    /// <param name="bytes">The image as it was.</param>
    /// <param name="asked">The view that is asked for; null for the best one.</param>
    public DamagedImage(string name, byte[] bytes, VolumeView? asked = null)
    {
        _asked = asked;
        Name = name;
        _bytes = bytes;
        Array.Resize(ref _bytes, (bytes.Length + SectorLength - 1) / SectorLength * SectorLength);
        IReadOnlyList<VolumeView> views = Volume.ViewsOf(new SimulatedDisc(_bytes));
        Best = asked ?? views[0];
        foreach (VolumeView view in views)
        {
            _known[view] = Read(SourceTree.Open(new SimulatedDisc(_bytes), view));
        }
    }

    public string Name { get; }

    /// <summary>The view that is shown.</summary>
    public VolumeView Best { get; }

    public long Sectors => _bytes.Length / SectorLength;

    /// <summary>Files and links of the best view.</summary>
    public int Count => _known[Best].Count;

    /// <summary>What is wrong with what is shown where sectors are lost; null for nothing.</summary>
    /// <param name="lost">The sectors.</param>
    /// <param name="isZeros">Whether they are zeros that can be read; those of contents cannot, for of them nothing could tell.</param>
    public string? Judge(IReadOnlyCollection<long> lost, bool isZeros)
    {
        byte[] bytes = isZeros ? [.. _bytes] : _bytes;
        SimulatedDisc disc = new(bytes);
        SectorMap map = new(Sectors, SectorState.Finished);
        foreach (long sector in lost)
        {
            if (isZeros && !_contentSectors.Contains(sector))
            {
                bytes.AsSpan((int)sector * SectorLength, SectorLength).Clear();
            }
            else
            {
                disc.Bad(sector);
                map.Set(new(sector, 1), SectorState.Bad);
            }
        }

        if (Volume.Open(disc, new() { View = _asked }) is not { } volume)
        {
            return null; // nothing is shown
        }

        List<string> damaged = [];
        HashSet<string> seen = [];
        string? wrong = null;
        string? moved = null;
        foreach (VolumeEntry entry in volume.Walk())
        {
            seen.Add(entry.Path);
            string? fault = JudgeEntry(volume, entry, damaged, out bool isMoved);
            wrong ??= fault;
            moved ??= isMoved ? entry.Path : null;
        }

        bool isTold = volume.Missing.Any();
        wrong ??= moved is null || isTold ? null : $"{moved} is shown elsewhere, and nothing is said";
        // UDF and Rock Ridge hold the same here; where one is damaged, the other one is taken.
        bool isGood = volume.View == Best || (volume.View <= VolumeView.RockRidge && Best <= VolumeView.RockRidge);
        string? missing = isGood ? _known[volume.View].Keys.FirstOrDefault(path => !seen.Contains(path)) : "(the best tree)";
        return wrong
            ?? (missing is not null && !isTold ? $"{missing} is not shown in {volume.View}, and nothing is said" : null)
            ?? (isZeros ? null : Unnamed(map, damaged));
    }

    // Below a directory whose name is lost, a file has another path, and is the same: of that, too, something must be said.
    private Known? KnownAs(Volume volume, VolumeEntry entry, out bool isMoved)
    {
        isMoved = false;
        for (VolumeEntry? above = entry.Parent; above is not null && !isMoved; above = above.Parent)
        {
            isMoved = above.IsDescriptionLost;
        }

        return !isMoved ? _known[volume.View].GetValueOrDefault(entry.Path)
            : _known[volume.View].Where(known => known.Key.EndsWith($"/{entry.Name}", StringComparison.Ordinal)).Select(known => known.Value)
                .MinBy(known => Math.Abs(known.Content.Length - entry.Size));
    }

    private string? JudgeEntry(Volume volume, VolumeEntry entry, List<string> damaged, out bool isMoved)
    {
        isMoved = false;
        if (entry.Type is EntryType.Directory or EntryType.Unknown || entry.IsDescriptionLost)
        {
            if (entry.IsDescriptionLost && entry.Type != EntryType.Directory)
            {
                damaged.Add(entry.Path);
            }

            return null;
        }

        if (KnownAs(volume, entry, out isMoved) is not { } known)
        {
            return $"{entry.Path} is no name of {volume.View}";
        }

        if (entry.Type != known.Type || entry.Target != known.Target)
        {
            return $"{entry.Path} is a {entry.Type} to {entry.Target}, and was a {known.Type} to {known.Target}";
        }

        if (entry.Type != EntryType.File)
        {
            return null;
        }

        using ContentStream content = volume.OpenContent(entry);
        byte[] read = SourceTree.ReadAll(content);
        if (content.Unreadable.Count > 0)
        {
            damaged.Add(entry.Path);
            return null;
        }

        return read.AsSpan().SequenceEqual(known.Content) || (isMoved && _known[volume.View].Values.Any(other => read.AsSpan().SequenceEqual(other.Content))) ? null : $"{entry.Path} has {read.Length} bytes that are not its own {known.Content.Length}";
    }

    private string? Unnamed(SectorMap map, List<string> damaged)
    {
        if (damaged.Count == 0 || _asked is not null)
        {
            return null; // what several views show, 'damage' names in the best of them
        }

        DamageReport report = DamageReport.Of(new SimulatedDisc(_bytes), map);
        HashSet<string> named = [.. report.Entries.Select(entry => entry.Path)];
        return damaged.FirstOrDefault(path => !named.Contains(path)) is { } unnamed ? $"{unnamed} is damaged, and 'damage' does not name it" : null;
    }

    private Dictionary<string, Known> Read(Volume volume)
    {
        Dictionary<string, Known> all = [];
        foreach (VolumeEntry entry in volume.Walk().Where(entry => entry.Type != EntryType.Directory))
        {
            using ContentStream content = volume.OpenContent(entry);
            all[entry.Path] = new(entry.Type, entry.Target, entry.Type == EntryType.File ? SourceTree.ReadAll(content) : []);
            foreach (Extent extent in entry.Extents.Concat(entry.ResourceFork).Where(extent => extent.Length > 0 && extent.Kind == ExtentKind.Recorded))
            {
                // What is embedded in the structure that describes it is no sector of its own.
                if (extent.Position % 512 == 0)
                {
                    _contentSectors.UnionWith(Enumerable.Range((int)extent.Lba, (int)(((extent.End - 1) / SectorLength) - extent.Lba + 1)).Select(sector => (long)sector));
                }
            }
        }

        return all;
    }

    private sealed record Known(EntryType Type, string? Target, byte[] Content);
}
