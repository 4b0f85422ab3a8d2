// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spindle.Media;

namespace Spindle.Station.Contract;

/// <summary>Reads requests that programs wrote. What is odd is refused, not guessed: nobody is there to see what came of it.</summary>
public static class RequestReader
{
    /// <summary>Reads one.</summary>
    /// <param name="request">JSON.</param>
    /// <param name="form">What a verb understands.</param>
    /// <exception cref="OperationFailedException"><c>not-a-request</c>: it has a key that the verb does not know, lacks one that it needs, or says nothing where something must be.</exception>
    public static TRequest Read<TRequest>(JsonElement request, JsonTypeInfo<TRequest> form)
        where TRequest : notnull
    {
        try
        {
            Require(request, form, "");
            return request.Deserialize(form) ?? throw Refusal("the request is null", "an object is one");
        }
        catch (JsonException e)
        {
            throw Refusal($"the request is not one of this verb: {e.Message}", "docs/formats/requests.md says what one looks like");
        }
        catch (InvalidOperationException e)
        {
            throw Refusal($"the request has a text that is no Unicode: {e.Message}", "half a pair of surrogates is no character"); // where JSON has \ud800 alone
        }
    }

    private static void Require(JsonElement value, JsonTypeInfo form, string within)
    {
        if (value.ValueKind != JsonValueKind.Object || form.Kind != JsonTypeInfoKind.Object)
        {
            return; // where it is none, and should be one, reading says so
        }

        foreach (JsonProperty given in value.EnumerateObject())
        {
            JsonPropertyInfo known = form.Properties.FirstOrDefault(property => property.Name == given.Name)
                ?? throw Refusal($"the request has a key that this verb does not know: {within}{given.Name}", $"known are {string.Join(", ", form.Properties.Select(property => property.Name))}");
            Require(given.Value, known, within + given.Name);
            Require(given.Value, form.Options.GetTypeInfo(known.PropertyType), $"{within}{given.Name}.");
        }

        // What a constructor takes is not required by itself: without it, it would get nothing.
        foreach (JsonPropertyInfo lacking in form.Properties.Where(property => IsNeeded(property) && !value.TryGetProperty(property.Name, out _)))
        {
            throw Refusal($"the request lacks a key that this verb needs: {within}{lacking.Name}", "docs/formats/requests.md says what one looks like");
        }
    }

    private static void Require(JsonElement value, JsonPropertyInfo known, string name)
    {
        bool isNothing = value.ValueKind switch
        {
            JsonValueKind.Null => !known.IsSetNullable,
            JsonValueKind.Array => (IsNeeded(known) && value.GetArrayLength() == 0) || value.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Null || IsBlank(one)),
            _ => IsBlank(value),
        };
        if (isNothing)
        {
            throw Refusal($"the request says nothing where something must be: {name}", "leave it out where it has a default");
        }

        if (HasNul(value) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(HasNul)))
        {
            throw Refusal($"the request has a character that no name has (U+0000): {name}", "leave it out");
        }
    }

    private static bool IsNeeded(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false, IsNullable: false };

    private static bool IsBlank(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0;

    private static bool HasNul(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.Contains('\0', StringComparison.Ordinal);

    private static OperationFailedException Refusal(string what, string hint) => new(new("not-a-request", what, hint));
}
