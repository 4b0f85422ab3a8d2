// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files.Patterns;

/// <summary>A pattern for paths of an archive or a disc: what it names is meant with all that is below it.</summary>
/// <remarks>
/// <c>*</c>, <c>?</c> and <c>[a-z]</c> stand for characters of a name, <c>**</c> for any directories.
/// Without a slash inside, the pattern names an entry at any depth; else it starts at the root. Case matters, unless asked otherwise.
/// </remarks>
public sealed class PathPattern
{
    private readonly GlobSegment?[] _segments; // null: any directories
    private readonly bool _ignoresCase;

    private PathPattern(GlobSegment?[] segments, bool ignoresCase)
    {
        _segments = segments;
        _ignoresCase = ignoresCase;
    }

    /// <summary>Reads a pattern. Every text is one.</summary>
    /// <param name="pattern">The text.</param>
    /// <param name="ignoresCase">Whether letters of ASCII match in either case.</param>
    public static PathPattern Parse(string pattern, bool ignoresCase = false)
    {
        string trimmed = pattern.Trim('/');
        bool isAnywhere = !trimmed.Contains('/') && !pattern.StartsWith('/');
        IEnumerable<GlobSegment?> segments = trimmed.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name == "**" ? null : new GlobSegment(Encoding.UTF8.GetBytes(ignoresCase ? name.ToLowerInvariant() : name)));
        return new(isAnywhere ? [null, .. segments] : [.. segments], ignoresCase);
    }

    /// <summary>Whether an entry is meant, by itself or by a directory above it.</summary>
    /// <param name="path">From the root, without a slash at either end.</param>
    public bool Matches(ReadOnlySpan<byte> path)
    {
        Span<byte> lower = _ignoresCase ? new byte[path.Length] : default;
        if (_ignoresCase)
        {
            for (int i = 0; i < path.Length; i++)
            {
                lower[i] = path[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(path[i] | 0x20) : path[i];
            }
        }

        return Matches(_ignoresCase ? lower : path, _segments);
    }

    /// <summary>Whether an entry is meant, by itself or by a directory above it.</summary>
    /// <param name="path">From the root, with or without a slash before it.</param>
    public bool Matches(string path) => Matches(Encoding.UTF8.GetBytes(path).AsSpan(path.StartsWith('/') ? 1 : 0));

    /// <summary>Whether the entry itself is meant, and not only one above it.</summary>
    public bool Names(ReadOnlySpan<byte> path) => Matches(path) && (path.LastIndexOf((byte)'/') is var slash && (slash < 0 || !Matches(path[..slash])));

    private static bool Matches(ReadOnlySpan<byte> path, ReadOnlySpan<GlobSegment?> segments)
    {
        if (segments.IsEmpty)
        {
            return true;
        }

        if (path.IsEmpty)
        {
            return false;
        }

        int slash = path.IndexOf((byte)'/');
        ReadOnlySpan<byte> name = slash < 0 ? path : path[..slash];
        ReadOnlySpan<byte> rest = slash < 0 ? [] : path[(slash + 1)..];
        return segments[0] is { } segment
            ? segment.Matches(name) && Matches(rest, segments[1..])
            : Matches(path, segments[1..]) || Matches(rest, segments);
    }
}
