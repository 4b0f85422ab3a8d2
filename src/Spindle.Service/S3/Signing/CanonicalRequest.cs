// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Service.S3.Reading;

namespace Spindle.Service.S3.Signing;

/// <summary>A request as it is signed: of what was sent, byte by byte, before anything else has read it.</summary>
internal static class CanonicalRequest
{
    /// <summary>Makes it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The target as it came.</param>
    /// <param name="signedHeaders">The names of the headers that are signed, in their order.</param>
    /// <param name="header">The values of a header, as they came, in Latin-1; none where it was not sent.</param>
    /// <param name="payload">What stands for the body: its hash, or a word that says how it is signed.</param>
    public static string Of(string method, S3Target target, IReadOnlyList<string> signedHeaders, Func<string, IEnumerable<string?>> header, string payload)
    {
        StringBuilder text = new();
        text.Append(method).Append('\n').Append(UriText.Encode(target.PathBytes, keepsSlash: true)).Append('\n').Append(Query(target)).Append('\n');
        foreach (string name in signedHeaders)
        {
            text.Append(name).Append(':').AppendJoin(',', header(name).Select(value => Trimmed(value ?? ""))).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payload).ToString();
    }

    private static string Query(S3Target target) => string.Join('&', target.Query
        .Where(pair => pair.Name != "X-Amz-Signature")
        .Select(pair => (Name: UriText.Encode(Encoding.UTF8.GetBytes(pair.Name), keepsSlash: false), Value: UriText.Encode(Encoding.UTF8.GetBytes(pair.Value), keepsSlash: false)))
        .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
        .Select(pair => $"{pair.Name}={pair.Value}"));

    /// <summary>Without blanks at its ends, and with one where there were several.</summary>
    private static string Trimmed(string value)
    {
        ReadOnlySpan<char> inner = value.AsSpan().Trim(" \t");
        if (!inner.Contains("  ", StringComparison.Ordinal))
        {
            return inner.ToString();
        }

        StringBuilder text = new();
        foreach (char one in inner)
        {
            if (one != ' ' || text[^1] != ' ')
            {
                text.Append(one);
            }
        }

        return text.ToString();
    }
}
