// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Spindle.Media;

namespace Spindle.Service.Api;

/// <summary>What stands behind the question mark of an address. What is odd is refused, not guessed.</summary>
internal readonly struct Query
{
    private readonly IQueryCollection _keys;

    /// <param name="request">The request.</param>
    /// <param name="known">The keys that the address knows.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>: there is another one.</exception>
    public Query(HttpRequest request, params string[] known)
    {
        _keys = request.Query;
        foreach (string key in _keys.Keys)
        {
            if (!known.Contains(key, StringComparer.Ordinal))
            {
                throw Failures.UnknownKey(key, known);
            }
        }
    }

    /// <summary>A text; null where the key is not there, or says nothing.</summary>
    public string? Text(string key) => _keys[key] is [{ Length: > 0 } value] ? value : _keys[key].Count > 1 ? throw Failures.BadValue(key, "there several times", "there once") : null;

    /// <summary>A number.</summary>
    public long? Number(string key, long least, long most) =>
        Text(key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= least && value <= most ? value
        : throw Failures.BadValue(key, text, most == long.MaxValue ? $"a number from {least}" : $"a number from {least} to {most}");

    /// <summary>Words of an enumeration, with commas between them.</summary>
    public IReadOnlyList<T> Words<T>(string key)
        where T : struct, Enum
    {
        Dictionary<string, T> words = Enum.GetValues<T>().ToDictionary(JsonForm.Word);
        return [.. (Text(key)?.Split(',') ?? []).Select(word => words.TryGetValue(word, out T value) ? value : throw Failures.BadValue(key, word, $"one of {string.Join(", ", words.Keys)}"))];
    }
}
