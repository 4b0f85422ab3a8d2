// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;
using Spindle.Formats.Analysis;
using Spindle.Media;

namespace Spindle.Imaging.Contents;

/// <summary>Says what a source is of which no tree can be shown.</summary>
public static partial class UnknownContents
{
    private const int MostOfASheet = 4096; // bytes

    /// <summary>Why there is no tree, and what to do.</summary>
    /// <param name="reader">The source.</param>
    /// <param name="view">The view that was asked for; null where any would do.</param>
    public static Failure Of(ISectorReader reader, string? view)
    {
        if (view is not null)
        {
            return new("no-file-system", $"{reader.Name} has no {view} tree", $"run 'spindle inspect {reader.Name}' to see what is on it");
        }

        if (SheetFile(reader) is { } file)
        {
            return new("no-file-system", $"{reader.Name} is a cue sheet, which only describes an image", $"name the image itself: {file}");
        }

        return DiscAnalyzer.Analyze(reader, new() { VerifyTrees = false }).FileSystems.Any(one => one.Type == FileSystemType.Mfs)
            ? new("no-file-system", $"{reader.Name} has a Macintosh File System (MFS, of 1984), whose files are not listed", "'spindle image' copies it whole, for an emulator of that time")
            : new("no-file-system", $"{reader.Name} has no file system that is known", $"run 'spindle inspect {reader.Name}' to see what is on it");
    }

    private static string? SheetFile(ISectorReader reader)
    {
        byte[] start = new byte[Math.Min(MostOfASheet, reader.Length)];
        string text = Encoding.Latin1.GetString(start, 0, reader.ReadBytes(0, start));
        return text.Contains("TRACK ", StringComparison.OrdinalIgnoreCase) && File().Match(text) is { Success: true } match ? match.Groups[1].Value : null;
    }

    // FILE "name" BINARY, a line each.
    [GeneratedRegex("""^\s*FILE\s+"?(.+?)"?\s+(?:BINARY|MOTOROLA|WAVE|MP3|AIFF)\s*$""", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex File();
}
