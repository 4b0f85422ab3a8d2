// SPDX-License-Identifier: MIT
using Spindle.Parity.DiscSet;

namespace Spindle.Archiving.Sets;

/// <summary>Which sets there is parity of, in folders where discs of several may lie.</summary>
public static class SetsAtHand
{
    private static readonly string[] Suffixes = [".iso", ".img"];

    /// <summary>Finds them.</summary>
    /// <param name="sources">Folders, with those that are in them, and files; what is neither, or can't be read, is passed over.</param>
    /// <returns>For each set, what may be of it: its parity, and all images that are no parity discs.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Find(IReadOnlyList<string> sources)
    {
        Dictionary<string, List<string>> parity = [];
        List<string> images = [];
        foreach (string path in sources.SelectMany(PathsOf))
        {
            if (TableOf(path) is { } table)
            {
                parity.TryAdd(table.Uuid, []);
                parity[table.Uuid].Add(path);
            }
            else if (File.Exists(path))
            {
                images.Add(path);
            }
        }

        return [.. parity.Values.Select(own => (IReadOnlyList<string>)[.. own, .. images])];
    }

    // Folders with a table, and images.
    private static IEnumerable<string> PathsOf(string source)
    {
        try
        {
            return Directory.Exists(source)
                ? [.. Directory.GetDirectories(source).Prepend(source).SelectMany(folder => Directory.GetFiles(folder).Where(IsImage).Order(StringComparer.Ordinal).Append(folder))]
                : File.Exists(source) && IsImage(source) ? [source] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsImage(string path) => Suffixes.Contains(Path.GetExtension(path).ToLowerInvariant());

    private static SetTable? TableOf(string path)
    {
        if (Directory.Exists(path))
        {
            string table = Path.Combine(path, SetNames.Table);
            return File.Exists(table) && new FileInfo(table).Length <= SetTable.LongestText ? SetTable.TryRead(File.ReadAllBytes(table)) : null;
        }

        using ParityDiscImage? disc = ParityDiscImage.TryOpen(path);
        return disc?.Read(SetNames.Table, SetTable.LongestText) is { } bytes ? SetTable.TryRead(bytes) : null;
    }
}
