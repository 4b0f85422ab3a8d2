// SPDX-License-Identifier: MIT
using Spindle.Formats.Trees;

namespace Spindle.Formats.Volumes;

/// <summary>Files that are found by the names that a standard gives them, however a tree writes these: <c>INFO.VCD;1</c>, <c>info.vcd</c>.</summary>
internal static class VolumeFiles
{
    /// <summary>The directory of a path; null where there is none.</summary>
    /// <param name="volume">The disc.</param>
    /// <param name="names">From the root on, in capitals.</param>
    public static VolumeEntry? Folder(this Volume volume, params ReadOnlySpan<string> names)
    {
        VolumeEntry? at = volume.Root;
        foreach (string name in names)
        {
            at = volume.List(at).FirstOrDefault(entry => entry.Type == EntryType.Directory && IsNamed(entry, name));
            if (at is null)
            {
                return null;
            }
        }

        return at;
    }

    /// <summary>The file of a name in a directory; null where there is none, or no directory.</summary>
    public static VolumeEntry? FileIn(this Volume volume, VolumeEntry? folder, string name) =>
        folder is null ? null : volume.List(folder).FirstOrDefault(entry => entry.Type == EntryType.File && IsNamed(entry, name));

    /// <summary>The table in a file that is wanted whole.</summary>
    /// <param name="volume">The disc.</param>
    /// <param name="file">The file; null for one that is not there.</param>
    /// <param name="longest">Bytes; a longer one is none.</param>
    /// <returns>Null where not all of it can be read, or it is empty or too long.</returns>
    public static TableBytes? ReadTable(this Volume volume, VolumeEntry? file, int longest)
    {
        if (file is null || file.Size <= 0 || file.Size > longest)
        {
            return null;
        }

        using ContentStream content = volume.OpenContent(file);
        byte[] bytes = new byte[file.Size];
        int read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return content.Unreadable.Count == 0 && read == bytes.Length ? new(bytes) : null;
    }

    /// <summary>A name as standards for players write it: in capitals, without a version.</summary>
    public static string PlayerName(this VolumeEntry entry) => entry.Name.Split(';')[0].ToUpperInvariant();

    private static bool IsNamed(VolumeEntry entry, string name) =>
        entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (entry.Name.Length > name.Length && entry.Name[name.Length] == ';' && entry.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));
}
