// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Spindle.Media;

namespace Spindle.Service.Api;

/// <summary>A verb's request that stands behind the question mark of an address: <c>?catalogue=/a.db&amp;disc.source=/b.iso&amp;sources=/c&amp;sources=/d</c>.</summary>
internal static class QueryRequest
{
    /// <summary>Makes JSON of it, each value of the kind that the verb expects; whether it makes sense is for the reader of requests to say.</summary>
    /// <param name="query">The keys and their values.</param>
    /// <param name="form">What the verb understands.</param>
    /// <exception cref="OperationFailedException"><c>usage</c>: the verb knows no such key, or the value is not of its kind.</exception>
    public static JsonDocument Read(IQueryCollection query, JsonTypeInfo form)
    {
        JsonObject root = [];
        foreach ((string key, StringValues values) in query)
        {
            JsonObject at = root;
            JsonTypeInfo within = form;
            string[] names = key.Split('.');
            for (int i = 0; i < names.Length; i++)
            {
                JsonPropertyInfo property = within.Properties.FirstOrDefault(known => known.Name == names[i]) ?? throw Failures.UnknownKey(key, Keys(form, ""));
                JsonTypeInfo type = form.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
                bool isLast = i == names.Length - 1;
                if (isLast == (type.Kind == JsonTypeInfoKind.Object))
                {
                    throw Failures.UnknownKey(key, Keys(form, ""));
                }

                if (isLast)
                {
                    at[names[i]] = ValueOf(key, values, type);
                }
                else if (at[names[i]] is JsonObject inner)
                {
                    (at, within) = (inner, type);
                }
                else
                {
                    JsonObject made = [];
                    at[names[i]] = made;
                    (at, within) = (made, type);
                }
            }
        }

        return JsonDocument.Parse(root.ToJsonString());
    }

    /// <summary>The keys that a request of that form has.</summary>
    public static IEnumerable<string> Keys(JsonTypeInfo form, string within) => form.Properties.SelectMany(property =>
    {
        JsonTypeInfo type = form.Options.GetTypeInfo(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
        return type.Kind == JsonTypeInfoKind.Object ? Keys(type, $"{within}{property.Name}.") : [within + property.Name];
    });

    private static JsonNode? ValueOf(string key, StringValues values, JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable && type.ElementType is { } element)
        {
            JsonTypeInfo of = type.Options.GetTypeInfo(element);
            return new JsonArray([.. values.Select(value => One(key, value ?? "", of.Type))]);
        }

        return values is [{ } single] ? One(key, single, type.Type) : throw Failures.BadValue(key, "there several times", "there once");
    }

    private static JsonValue One(string key, string value, Type type) => Type.GetTypeCode(type.IsEnum ? typeof(string) : type) switch
    {
        TypeCode.Boolean => JsonValue.Create(value switch { "true" or "" => true, "false" => false, _ => throw Failures.BadValue(key, value, "true or false") }),
        TypeCode.Int32 or TypeCode.Int64 => JsonValue.Create(long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole : throw Failures.BadValue(key, value, "a number")),
        TypeCode.Double => JsonValue.Create(double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : throw Failures.BadValue(key, value, "a number")),
        _ => JsonValue.Create(value),
    };
}
