// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Formats.Bluray;

/// <summary>What a Blu-ray Disc has to play (BDMV), by its own tables of contents. They may lie, and say what is not there.</summary>
public sealed record BlurayDisc
{
    /// <summary>Playlists that a disc has at most, by the standard.</summary>
    public const int MostPlaylists = 2000;

    private const string Folder = "BDMV";
    private const int LongestIndex = 1 << 20;
    private const int MostBytes = 16 << 20; // of all playlists: what is kept of them is about as much
    private const int IndexesAt = 8;
    private const int ClipsSampled = 8, SamplesOfAClip = 16;
    private const int UnitLength = 6144, PacketLength = 192; // an aligned unit is what is encrypted at a time: 32 packets
    private const byte Sync = 0x47;

    /// <summary>The version of its index, such as <c>0200</c>; <c>0300</c> is that of Ultra HD. Null where the index can't be read.</summary>
    public required string? Version { get; init; }

    /// <summary>Titles of its index, which lead to programs that play playlists; null as above.</summary>
    public required int? Titles { get; init; }

    /// <summary>Its playlists, in the order of their names.</summary>
    public required IReadOnlyList<BlurayPlaylist> Playlists { get; init; }

    /// <summary>How many more there are which could not be read, or were too many.</summary>
    public required int PlaylistsNotRead { get; init; }

    /// <summary>Whether it has keys of AACS, as discs have that are encrypted.</summary>
    public required bool HasKeys { get; init; }

    /// <summary>Whether its clips are encrypted, as the packets say that were looked at; null where none could be.</summary>
    public required bool? IsEncrypted { get; init; }

    /// <summary>Whether a table was damaged, and its backup was read in its place.</summary>
    public required bool IsFromBackup { get; init; }

    /// <summary>Reads what a volume says of itself.</summary>
    /// <param name="volume">The disc.</param>
    /// <returns>Null where it is no Blu-ray Disc for players.</returns>
    public static BlurayDisc? Read(Volume volume)
    {
        if (volume.Folder(Folder) is not { } root)
        {
            return null;
        }

        VolumeEntry? backup = SubFolder(volume, root, "BACKUP");
        bool isFromBackup = false;
        TableBytes? index = IndexIn(volume, root);
        if (index is null && (index = IndexIn(volume, backup)) is not null)
        {
            isFromBackup = true;
        }

        (List<BlurayPlaylist> playlists, int notRead) = PlaylistsOf(volume, SubFolder(volume, root, "PLAYLIST"), SubFolder(volume, backup, "PLAYLIST"), ref isFromBackup);
        if (index is null && playlists.Count == 0)
        {
            return null;
        }

        return new()
        {
            Version = index?.Text(4, 4),
            Titles = index?.Long(IndexesAt) is { } indexes ? index.Word(indexes + 4 + 12 + 12) : null, // behind FirstPlayback and TopMenu
            Playlists = playlists,
            PlaylistsNotRead = notRead,
            HasKeys = volume.Folder("AACS") is { } aacs && volume.List(aacs).Any(entry => entry.PlayerName() is "UNIT_KEY_RO.INF" or "UNIT_KEY_RW.INF"),
            IsEncrypted = IsEncryptedIn(volume, SubFolder(volume, root, "STREAM")),
            IsFromBackup = isFromBackup,
        };
    }

    private static TableBytes? IndexIn(Volume volume, VolumeEntry? folder) =>
        // Cameras have names of eight characters and three.
        (volume.ReadTable(volume.FileIn(folder, "INDEX.BDMV"), LongestIndex) ?? volume.ReadTable(volume.FileIn(folder, "INDEX.BDM"), LongestIndex)) is { } table && table.Says(0, "INDX") ? table : null;

    private static (List<BlurayPlaylist> Playlists, int NotRead) PlaylistsOf(Volume volume, VolumeEntry? folder, VolumeEntry? backup, ref bool isFromBackup)
    {
        List<BlurayPlaylist> playlists = [];
        int notRead = 0;
        long left = MostBytes;
        Dictionary<string, VolumeEntry> files = PlaylistsIn(volume, folder);
        Dictionary<string, VolumeEntry> copies = PlaylistsIn(volume, backup);
        foreach (string number in files.Keys.Union(copies.Keys).Order(StringComparer.Ordinal))
        {
            BlurayPlaylist? playlist = playlists.Count < MostPlaylists ? PlaylistIn(volume, number, files.GetValueOrDefault(number), ref left) : null;
            if (playlist is null && playlists.Count < MostPlaylists && (playlist = PlaylistIn(volume, number, copies.GetValueOrDefault(number), ref left)) is not null)
            {
                isFromBackup = true;
            }

            if (playlist is null)
            {
                notRead++;
            }
            else
            {
                playlists.Add(playlist);
            }
        }

        return (playlists, notRead);
    }

    /// <summary>Playlists by their numbers; of several of a number, the first one.</summary>
    private static Dictionary<string, VolumeEntry> PlaylistsIn(Volume volume, VolumeEntry? folder)
    {
        Dictionary<string, VolumeEntry> files = new(StringComparer.Ordinal);
        foreach (VolumeEntry file in (folder is null ? [] : volume.List(folder)).Where(IsPlaylist).Take(2 * MostPlaylists))
        {
            files.TryAdd(file.Name[..5], file);
        }

        return files;
    }

    private static BlurayPlaylist? PlaylistIn(Volume volume, string number, VolumeEntry? file, ref long left)
    {
        if (file is null || file.Size > left)
        {
            return null;
        }

        left -= Math.Max(0, file.Size);
        return volume.ReadTable(file, MoviePlaylist.LongestFile) is { } table ? MoviePlaylist.Read(number, table) : null;
    }

    /// <summary>Packets say of themselves whether they are protected, and what is encrypted lacks the byte that begins each packet but the first of a unit.</summary>
    private static bool? IsEncryptedIn(Volume volume, VolumeEntry? folder)
    {
        bool? isEncrypted = null;
        byte[] unit = new byte[UnitLength];
        foreach (VolumeEntry clip in LargestOf(folder is null ? [] : volume.List(folder).Where(entry => entry.Type == EntryType.File && entry.PlayerName() is var name && (name.EndsWith(".M2TS", StringComparison.Ordinal) || name.EndsWith(".MTS", StringComparison.Ordinal)))))
        {
            using ContentStream content = volume.OpenContent(clip);
            long units = clip.Size / UnitLength;
            for (long sample = 0; sample < Math.Min(SamplesOfAClip, units); sample++)
            {
                content.Position = sample * units / Math.Min(SamplesOfAClip, units) * UnitLength;
                int lost = content.Unreadable.Count;
                if (content.ReadAtLeast(unit, unit.Length, throwOnEndOfStream: false) == unit.Length && content.Unreadable.Count == lost && unit[4] == Sync)
                {
                    int synced = Enumerable.Range(1, (UnitLength / PacketLength) - 1).Count(packet => unit[(packet * PacketLength) + 4] == Sync);
                    isEncrypted = (isEncrypted ?? false) || (unit[0] >> 6 != 0 && synced < (UnitLength / PacketLength) / 2);
                }
            }
        }

        return isEncrypted;
    }

    private static IEnumerable<VolumeEntry> LargestOf(IEnumerable<VolumeEntry> clips)
    {
        PriorityQueue<VolumeEntry, long> largest = new();
        foreach (VolumeEntry clip in clips)
        {
            largest.Enqueue(clip, clip.Size);
            if (largest.Count > ClipsSampled)
            {
                largest.Dequeue();
            }
        }

        return largest.UnorderedItems.Select(item => item.Element);
    }

    private static VolumeEntry? SubFolder(Volume volume, VolumeEntry? folder, string name) =>
        folder is null ? null : volume.List(folder).FirstOrDefault(entry => entry.Type == EntryType.Directory && entry.PlayerName() == name);

    private static bool IsPlaylist(VolumeEntry entry) =>
        entry.Type == EntryType.File && entry.PlayerName() is { Length: 9 or 10 } name && name[5] == '.' && name[6..] is "MPLS" or "MPL" && name[..5].All(char.IsAsciiDigit);
}
