// SPDX-License-Identifier: MIT
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>Reads the payload manifests of a bag (RFC 8493, section 2.1.3), which <see cref="Bag"/> writes.</summary>
internal static class BagManifest
{
    /// <summary>Begins and ends the name of such a manifest, with the kind of its hashes between.</summary>
    private const string Begin = "manifest-", End = ".txt";

    /// <summary>Which hashes a manifest has, by its name; null where it is none.</summary>
    public static HashKind? KindOf(string name) =>
        name.StartsWith(Begin, StringComparison.Ordinal) && name.EndsWith(End, StringComparison.Ordinal) && name.Length > Begin.Length + End.Length
            ? HashKind.Find(name[Begin.Length..^End.Length]) : null;

    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">Which hashes it has.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="isWanted">Which names are images.</param>
    /// <returns>A claim for each image in the bag's payload.</returns>
    public static IEnumerable<ImageClaim> Read(string path, HashKind kind, string text, Func<string, bool> isWanted)
    {
        foreach (string line in text.Split('\n', '\r').Where(line => line.Length > 0))
        {
            int space = line.IndexOfAny([' ', '\t']);
            string name = space < 0 ? "" : Decode(line[space..].TrimStart(' ', '\t', '*'));
            if (!isWanted(name))
            {
                continue;
            }

            ImageClaim claim = new() { Record = path, Kind = RecordKind.Bag };
            yield return !ImageClaim.IsBelow(name) || !name.StartsWith("data/", StringComparison.Ordinal) ? claim with { Unverifiable = "names an image that is not in the payload of its bag" }
                : ImageClaim.HashOf(kind, line[..space]) is { } hash ? claim with { Name = name, Hashes = new Dictionary<HashKind, string> { [kind] = hash } }
                : claim with { Name = name, Unverifiable = $"has something else where the {kind.Title} should be" };
        }
    }

    private static string Decode(string name) => name.Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase)
        .Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase)
        .Replace("%25", "%", StringComparison.Ordinal);
}
