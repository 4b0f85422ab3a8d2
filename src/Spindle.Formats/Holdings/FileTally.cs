// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Holdings;

/// <summary>How many files there are of a class, and how long they are.</summary>
/// <param name="Files">How many.</param>
/// <param name="Bytes">Of all of them; of content that has several names, once for each.</param>
public readonly record struct FileCount(long Files, long Bytes)
{
    /// <summary>Both together; bytes that no number holds are the largest one.</summary>
    public static FileCount operator +(FileCount one, FileCount other) => new(one.Files + other.Files, one.Bytes > long.MaxValue - other.Bytes ? long.MaxValue : one.Bytes + other.Bytes);
}

/// <summary>Counts files by their class, while somebody walks the trees of a disc: no memory but the counts.</summary>
public sealed class FileTally
{
    private readonly Dictionary<VolumeView, Counts> _views = [];

    /// <summary>Counts an entry.</summary>
    /// <param name="view">The tree that it is in. Where there are several, the one with the most files counts: others show the same files, or fewer.</param>
    /// <param name="entry">The entry, as the walk comes to it.</param>
    public void Add(VolumeView view, VolumeEntry entry)
    {
        if (!_views.TryGetValue(view, out Counts? counts))
        {
            _views.Add(view, counts = new());
        }

        if (entry.Type != EntryType.Directory)
        {
            counts.Add(entry);
        }
    }

    /// <summary>What was counted, by the class.</summary>
    /// <param name="playerFolders">Folders of the root that belong to players, in capitals: what lies in them is counted apart.</param>
    internal (IReadOnlyDictionary<FileClass, FileCount> Files, FileCount ForPlayers) Of(IReadOnlySet<string> playerFolders)
    {
        FileCount[] files = new FileCount[Enum.GetValues<FileClass>().Length];
        FileCount forPlayers = default;
        Counts? best = _views.Values.MaxBy(counts => counts.Total);
        foreach ((string folder, FileCount[] counts) in best?.Folders ?? [])
        {
            for (int index = 0; index < files.Length; index++)
            {
                if (playerFolders.Contains(folder))
                {
                    forPlayers += counts[index];
                }
                else
                {
                    files[index] += counts[index];
                }
            }
        }

        return (files.Index().Where(count => count.Item.Files > 0).ToDictionary(count => (FileClass)count.Index, count => count.Item), forPlayers);
    }

    private sealed class Counts
    {
        private VolumeEntry? _lastParent;
        private FileCount[]? _lastFolder;

        /// <summary>By the folder of the root that a file is in, where that may be one of players; all others as one.</summary>
        public Dictionary<string, FileCount[]> Folders { get; } = new(StringComparer.Ordinal);

        public long Total { get; private set; }

        public void Add(VolumeEntry file)
        {
            // What lies in one directory comes in a row.
            if (_lastFolder is null || !ReferenceEquals(_lastParent, file.Parent))
            {
                (_lastParent, _lastFolder) = (file.Parent, FolderOf(file));
            }

            _lastFolder[(int)FileClasses.Of(file)] += new FileCount(1, Math.Max(0, file.Size));
            Total++;
        }

        private FileCount[] FolderOf(VolumeEntry file)
        {
            VolumeEntry? top = file.Parent;
            while (top is { Depth: > 1, Parent: { } above })
            {
                top = above;
            }

            string name = top is { Depth: 1 } ? top.Name.ToUpperInvariant() : "";
            name = PlayerFolders.All.Contains(name) ? name : "";
            if (!Folders.TryGetValue(name, out FileCount[]? counts))
            {
                Folders.Add(name, counts = new FileCount[Enum.GetValues<FileClass>().Length]);
            }

            return counts;
        }
    }
}
