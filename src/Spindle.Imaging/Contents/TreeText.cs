// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.Contents;

/// <summary>Writes the tree of a disc as <c>tree -apugD --si --du</c> does (tree 2.1.0), from the disc itself.</summary>
/// <remarks>Owners are numbers: a disc does not hold their names. A directory is as large as itself and all below it.</remarks>
public sealed class TreeText
{
    private static readonly TimeSpan HalfAYear = TimeSpan.FromDays(183);

    private readonly Volume _volume;
    private readonly TextWriter _writer;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, long> _sizes = new(StringComparer.Ordinal);
    private long _directories;
    private long _files;

    private TreeText(Volume volume, TextWriter writer, DateTimeOffset now)
    {
        _volume = volume;
        _writer = writer;
        _now = now;
    }

    /// <summary>Writes the whole tree.</summary>
    /// <param name="volume">The view to list.</param>
    /// <param name="writer">Gets the text, lines ended by a line feed.</param>
    /// <param name="now">Now: of what is younger than half a year the time is told, else the year.</param>
    /// <returns>What was listed.</returns>
    public static TreeSummary Write(Volume volume, TextWriter writer, DateTimeOffset now)
    {
        TreeText text = new(volume, writer, now);
        text.AddUpSizes();
        text.WriteEntry(volume.Root, "", ".");
        text.WriteChildren(volume.Root, "");
        long bytes = text._sizes.GetValueOrDefault("/");
        writer.Write($"\n {Size(bytes).Trim()} used in {text._directories} {(text._directories == 1 ? "directory" : "directories")}, "
            + $"{text._files} {(text._files == 1 ? "file" : "files")}\n");
        return new(text._directories, text._files, bytes);
    }

    private void AddUpSizes()
    {
        foreach (VolumeEntry entry in _volume.Walk().Prepend(_volume.Root).DistinctBy(entry => entry.Path, StringComparer.Ordinal))
        {
            if (entry.Type == EntryType.Directory)
            {
                _sizes.TryAdd(entry.Path, 0);
            }

            for (VolumeEntry? at = entry.Type == EntryType.Directory ? entry : entry.Parent; at is not null; at = at.Parent)
            {
                _sizes[at.Path] = _sizes.GetValueOrDefault(at.Path) + entry.Size;
            }
        }
    }

    private void WriteChildren(VolumeEntry root, string rootIndent)
    {
        // Not recursive: a hostile disc may be as deep as it likes.
        Stack<(Queue<VolumeEntry> Children, string Indent)> open = new([(ChildrenOf(root), rootIndent)]);
        while (open.TryPeek(out (Queue<VolumeEntry> Children, string Indent) level))
        {
            if (!level.Children.TryDequeue(out VolumeEntry? entry))
            {
                open.Pop();
                continue;
            }

            bool isLast = level.Children.Count == 0;
            WriteEntry(entry, level.Indent + (isLast ? "└── " : "├── "), entry.Name);

            // A directory that the walk did not reach is one that loops: it is named, and not entered.
            if (entry.Type == EntryType.Directory && _sizes.ContainsKey(entry.Path))
            {
                open.Push((ChildrenOf(entry), level.Indent + (isLast ? "    " : "│\u00A0\u00A0 ")));
            }
        }
    }

    private Queue<VolumeEntry> ChildrenOf(VolumeEntry directory) => new(_volume.List(directory).OrderBy(entry => entry.Name, StringComparer.Ordinal));

    private void WriteEntry(VolumeEntry entry, string lead, string name)
    {
        bool isDirectory = entry.Type == EntryType.Directory;
        _directories += isDirectory ? 1 : 0;
        _files += isDirectory ? 0 : 1;
        long size = isDirectory ? _sizes.GetValueOrDefault(entry.Path) : entry.Size;
        _writer.Write(lead);
        _writer.Write($"[{EntryText.Mode(entry)} {Owner(entry.Uid)} {Owner(entry.Gid)} {Size(size)} {Date(entry.Modified)}]  ");
        _writer.Write(EntryText.Printable(name));
        _writer.Write(entry.Target is { } target ? $" -> {EntryText.Printable(target)}\n" : "\n");
    }

    private static string Owner(uint? number) => (number?.ToString(CultureInfo.InvariantCulture) ?? "-").PadRight(8);

    private static string Size(long bytes)
    {
        if (bytes < 1000)
        {
            return bytes.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        }

        // One digit behind the point where there is one before it, counted before rounding: 9.96k is "10.0k", as with tree.
        int unit = 0;
        for (; bytes >= 1_000_000; unit++)
        {
            bytes /= 1000;
        }

        string number = (bytes / 1000.0).ToString(bytes < 10_000 ? "F1" : "F0", CultureInfo.InvariantCulture);
        return $"{number}{"kMGTPE"[unit]}".PadLeft(4);
    }

    private string Date(DateTimeOffset? moment) => moment is not { } known
        ? "           -"
        : (known > _now - HalfAYear && known <= _now ? known.ToString("MMM dd HH:mm", CultureInfo.InvariantCulture) : Year(known));

    private static string Year(DateTimeOffset moment) =>
        string.Create(CultureInfo.InvariantCulture, $"{moment:MMM} {moment.Day,2}  {moment:yyyy}");
}
