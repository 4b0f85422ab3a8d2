// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;

namespace Spindle.Imaging.Contents;

/// <summary>Writes the tree of a disc as <c>tree -apugD --si --du</c> does (tree 2.1.0), from the disc itself.</summary>
/// <remarks>Owners are numbers: a disc does not hold their names. A directory is as large as itself and all below it.</remarks>
public sealed class TreeText
{
    private const int OwnerWidth = 8;
    private static readonly TimeSpan HalfAYear = TimeSpan.FromDays(183);

    private readonly DateTimeOffset _now;
    private readonly LineBuffer _line = new();
    private readonly List<bool> _isLast = []; // of the directories above an entry, by their depth
    private long _directories;
    private long _files;

    private TreeText(DateTimeOffset now) => _now = now;

    /// <summary>Writes the whole tree.</summary>
    /// <param name="volume">The view to list.</param>
    /// <param name="writer">Gets the text, lines ended by a line feed.</param>
    /// <param name="now">Now: of what is younger than half a year the time is told, else the year.</param>
    /// <returns>What was listed.</returns>
    public static TreeSummary Write(Volume volume, TextWriter writer, DateTimeOffset now)
    {
        TreeText text = new(now);
        long bytes = 0;
        foreach (OutlineEntry line in volume.Outline())
        {
            bytes = line.Entry.Parent is null ? line.Size : bytes;
            text.WriteLine(line, writer);
        }

        writer.Write($"\n {Size(bytes).Trim()} used in {text._directories} {(text._directories == 1 ? "directory" : "directories")}, "
            + $"{text._files} {(text._files == 1 ? "file" : "files")}\n");
        return new(text._directories, text._files, bytes);
    }

    private void WriteLine(OutlineEntry line, TextWriter writer)
    {
        VolumeEntry entry = line.Entry;
        _directories += entry.Type == EntryType.Directory ? 1 : 0;
        _files += entry.Type == EntryType.Directory ? 0 : 1;
        _line.Cut(0);
        AppendBranches(entry, line.IsLast);
        _line.Append('[');
        _line.AppendMode(entry);
        _line.Append(' ');
        _line.AppendLeft(entry.Uid, OwnerWidth);
        _line.Append(' ');
        _line.AppendLeft(entry.Gid, OwnerWidth);
        _line.Append(' ');
        _line.Append(Size(line.Size));
        _line.Append(' ');
        AppendDate(entry.Modified);
        _line.Append("]  ");
        _line.AppendPrintable(entry.Parent is null ? "." : entry.Name);
        if (entry.Target is { } target)
        {
            _line.Append(" -> ");
            _line.AppendPrintable(target);
        }

        _line.Append('\n');
        _line.WriteTo(writer);
    }

    private void AppendBranches(VolumeEntry entry, bool isLast)
    {
        if (entry.Depth == 0)
        {
            return;
        }

        _isLast.RemoveRange(entry.Depth - 1, _isLast.Count - (entry.Depth - 1));
        foreach (bool isAboveLast in _isLast)
        {
            _line.Append(isAboveLast ? "    " : "│\u00A0\u00A0 ");
        }

        _line.Append(isLast ? "└── " : "├── ");
        _isLast.Add(isLast);
    }

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

    private void AppendDate(DateTimeOffset? moment)
    {
        if (moment is not { } known)
        {
            _line.Append("           -");
            return;
        }

        DateTime date = known.DateTime;
        _line.AppendDate(date, "MMM dd ");
        if (known > _now - HalfAYear && known <= _now)
        {
            _line.AppendTwo(date.Hour);
            _line.Append(':');
            _line.AppendTwo(date.Minute);
            return;
        }

        // The day, which has two digits so far, loses a zero before it.
        _line.Cut(_line.Length - 3);
        _line.AppendRight(date.Day, 2);
        _line.Append("  ");
        _line.AppendTwo(date.Year / 100);
        _line.AppendTwo(date.Year % 100);
    }
}
