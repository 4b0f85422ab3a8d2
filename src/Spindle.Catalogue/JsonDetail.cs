// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Spindle.Catalogue;

/// <summary>What copies and events remember as JSON (<c>copy.detail</c>, <c>event.detail</c>): whatever is not there, or is of another kind, is not known.</summary>
internal static class JsonDetail
{
    /// <summary>Reads it; what is no JSON, as another program may have written it, says nothing.</summary>
    public static JsonElement Parse(string? json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json ?? "null");
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>What stands under a key.</summary>
    public static JsonElement In(this JsonElement place, string key) => place.ValueKind == JsonValueKind.Object && place.TryGetProperty(key, out JsonElement inner) ? inner : default;

    /// <summary>The text under a key; null where there is none.</summary>
    public static string? TextIn(this JsonElement place, string key) => place.In(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>The number under a key, as it is written; null where there is none.</summary>
    public static string? NumberIn(this JsonElement place, string key) => place.In(key) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;
}
