// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>A checksum file as <c>md5sum</c>, <c>sha256sum</c> and their kin write and check it (GNU coreutils manual, "md5sum invocation").</summary>
internal static class ChecksumFile
{
    /// <summary>One line: hash, two spaces, name. A name with a backslash or line break is escaped, and the line starts with a backslash.</summary>
    public static byte[] Of(string hash, string fileName)
    {
        string escaped = fileName.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"{(escaped == fileName ? "" : "\\")}{hash}  {escaped}\n");
    }

    /// <summary>Reads one: lines of GNU coreutils, lines as BSD and <c>--tag</c> write them, or one hash alone.</summary>
    /// <param name="path">The file: where there is a hash alone, its name without its ending is the image's.</param>
    /// <param name="kind">Which hashes it has, by its name.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="isWanted">Which names are images.</param>
    /// <returns>A claim for each image that it names. Other lines are other programs' business.</returns>
    public static IEnumerable<ImageClaim> Read(string path, HashKind kind, string text, Func<string, bool> isWanted)
    {
        string own = Path.GetFileNameWithoutExtension(path);
        bool isOwnTold = !isWanted(own);
        string[] lines = text.Split('\n');
        int count = lines.Count(line => line.Trim().Length > 0);
        foreach (string line in lines.Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0))
        {
            (string? hash, string? name) = count == 1 && !line.Trim().Contains(' ') ? (line.Trim(), own) : Parse(line, kind);
            if (name is null || !isWanted(name))
            {
                continue;
            }

            isOwnTold |= name == own;
            ImageClaim claim = new() { Record = path, Kind = RecordKind.Checksums };
            yield return !ImageClaim.IsBelow(name) ? claim with { Unverifiable = "names an image that is not in its own folder" }
                : ImageClaim.HashOf(kind, hash) is { } whole ? claim with { Name = name, Hashes = new Dictionary<HashKind, string> { [kind] = whole } }
                : claim with { Name = name, Unverifiable = $"has {(string.IsNullOrEmpty(hash) ? "a blank" : "something else")} where the {kind.Title} should be" };
        }

        if (!isOwnTold)
        {
            yield return new() { Record = path, Kind = RecordKind.Checksums, Name = own, Unverifiable = count == 0 ? "is empty" : "has no line of the image that it is named after" };
        }
    }

    private static (string? Hash, string? Name) Parse(string line, HashKind kind)
    {
        // RHash fills up with blanks: "MD5   (NAME) = ...".
        if (line.StartsWith(kind.Name, StringComparison.OrdinalIgnoreCase) && line[kind.Name.Length..].TrimStart() is ['(', .. var tagged] && tagged.LastIndexOf(") = ", StringComparison.Ordinal) is > 0 and int end)
        {
            return (tagged[(end + 4)..].Trim(), tagged[..end]);
        }

        bool isEscaped = line.StartsWith('\\');
        line = isEscaped ? line[1..] : line;
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || space + 2 > line.Length || line[space + 1] is not (' ' or '*'))
        {
            return (null, null);
        }

        string name = line[(space + 2)..];
        name = isEscaped ? name.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : name;
        return (line[..space], name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name);
    }
}
