// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files.Patterns;

/// <summary>Which names are left out, by the rules of gitignore(5). The last rule that matches decides.</summary>
/// <remarks>What is below a directory that is left out is never asked for, so that a <c>!</c> can't bring it back, as with git.</remarks>
public sealed class IgnoreRules
{
    private readonly List<Rule> _rules = [];

    /// <summary>Reads the rules; what is empty, or a remark, is none.</summary>
    public IgnoreRules(IEnumerable<string> patterns)
    {
        foreach (string pattern in patterns)
        {
            if (Rule.TryParse(Encoding.UTF8.GetBytes(pattern), out Rule? rule))
            {
                _rules.Add(rule);
            }
        }
    }

    /// <summary>Nothing is left out.</summary>
    public bool IsEmpty => _rules.Count == 0;

    /// <summary>Whether a name is left out.</summary>
    /// <param name="directory">The path of the directory that holds the name, from the source; empty for the source itself.</param>
    /// <param name="name">The name.</param>
    /// <param name="isDirectory">Whether it is a directory.</param>
    public bool Ignores(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name, bool isDirectory)
    {
        for (int index = _rules.Count - 1; index >= 0; index--)
        {
            Rule rule = _rules[index];
            if ((isDirectory || !rule.ForDirectoriesOnly) && rule.Matches(directory, name))
            {
                return !rule.IsException;
            }
        }

        return false;
    }

    private sealed class Rule
    {
        private readonly GlobSegment?[] _segments; // null: any number of directories
        private readonly bool _isAnchored;

        private Rule(GlobSegment?[] segments, bool isAnchored, bool isException, bool forDirectoriesOnly)
        {
            _segments = segments;
            _isAnchored = isAnchored;
            IsException = isException;
            ForDirectoriesOnly = forDirectoriesOnly;
        }

        public bool IsException { get; }

        public bool ForDirectoriesOnly { get; }

        public static bool TryParse(ReadOnlySpan<byte> pattern, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Rule? rule)
        {
            rule = null;
            pattern = WithoutTrailingSpaces(pattern);
            if (pattern.IsEmpty || pattern[0] == '#')
            {
                return false;
            }

            bool isException = pattern[0] == '!';
            pattern = isException ? pattern[1..] : pattern;
            bool forDirectoriesOnly = pattern.EndsWith("/"u8);
            pattern = forDirectoriesOnly ? pattern[..^1] : pattern;
            bool isAnchored = pattern.Contains((byte)'/');
            pattern = pattern.StartsWith("/"u8) ? pattern[1..] : pattern;
            if (pattern.IsEmpty)
            {
                return false;
            }

            List<GlobSegment?> segments = [];
            foreach (Range range in pattern.Split((byte)'/'))
            {
                ReadOnlySpan<byte> segment = pattern[range];
                segments.Add(isAnchored && segment.SequenceEqual("**"u8) ? null : new GlobSegment(segment, isOfBytes: true));
            }

            rule = new([.. segments], isAnchored, isException, forDirectoriesOnly);
            return true;
        }

        public bool Matches(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name) =>
            _isAnchored ? MatchesPath(directory, name) : _segments[0]!.Matches(name);

        /// <summary>Where a part fails, only the last "**" before it need be tried with one directory more.</summary>
        private bool MatchesPath(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name)
        {
            int position = 0; // in the path
            int segment = 0;
            int retryPosition = -1;
            int retrySegment = -1;
            int length = directory.IsEmpty ? name.Length : directory.Length + 1 + name.Length;
            while (position <= length)
            {
                if (segment < _segments.Length && _segments[segment] is null)
                {
                    // At the end it stands for something, in between also for nothing.
                    if (segment == _segments.Length - 1)
                    {
                        return position < length;
                    }

                    (retrySegment, retryPosition) = (segment, position);
                    segment++;
                    continue;
                }

                ReadOnlySpan<byte> part = Part(directory, name, position);
                if (segment < _segments.Length && position < length && _segments[segment]!.Matches(part))
                {
                    segment++;
                    position += part.Length + 1;
                    if (position > length && segment == _segments.Length)
                    {
                        return true;
                    }

                    if (position <= length)
                    {
                        continue;
                    }
                }

                if (retrySegment < 0)
                {
                    return false;
                }

                retryPosition += Part(directory, name, retryPosition).Length + 1;
                (segment, position) = (retrySegment + 1, retryPosition);
                if (retryPosition > length)
                {
                    return false;
                }
            }

            return false;
        }

        private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> directory, ReadOnlySpan<byte> name, int position)
        {
            if (position >= directory.Length)
            {
                return name;
            }

            ReadOnlySpan<byte> rest = directory[position..];
            int end = rest.IndexOf((byte)'/');
            return end < 0 ? rest : rest[..end];
        }

        private static ReadOnlySpan<byte> WithoutTrailingSpaces(ReadOnlySpan<byte> pattern)
        {
            while (pattern.EndsWith(" "u8) && !(pattern.Length > 1 && pattern[^2] == '\\'))
            {
                pattern = pattern[..^1];
            }

            return pattern;
        }
    }
}
