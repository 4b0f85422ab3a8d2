// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;

namespace Spindle.Imaging.Extracting;

/// <summary>A pattern for paths of a disc, as in <c>.gitignore</c>: what it names is meant with all that is below it.</summary>
/// <remarks>
/// <c>*</c> and <c>?</c> stand for characters of a name, <c>**</c> for any directories. Without a slash inside, the pattern names
/// an entry at any depth; else it starts at the root. Case matters.
/// </remarks>
public sealed class PathPattern
{
    private readonly Regex _regex;

    private PathPattern(Regex regex) => _regex = regex;

    /// <summary>Reads a pattern. Every text is one.</summary>
    public static PathPattern Parse(string pattern)
    {
        string trimmed = pattern.Trim('/');
        StringBuilder regex = new(trimmed.Contains('/') || pattern.StartsWith('/') ? "^/" : "^/(?:.*/)?");
        for (int i = 0; i < trimmed.Length; i++)
        {
            if (trimmed.AsSpan(i).StartsWith("**/"))
            {
                regex.Append("(?:.*/)?");
                i += 2;
            }
            else if (trimmed.AsSpan(i).StartsWith("**"))
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(trimmed[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    char c => Regex.Escape(c.ToString()),
                });
            }
        }

        // Patterns come from people, paths from strangers: the engine without backtracking takes linear time.
        return new(new(regex.Append("(?:/.*)?$").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant));
    }

    /// <summary>Whether an entry is meant.</summary>
    /// <param name="path">Its path from the root, starting with a slash.</param>
    public bool Matches(string path) => _regex.IsMatch(path);
}
