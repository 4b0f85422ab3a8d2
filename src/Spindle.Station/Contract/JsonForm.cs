// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spindle.Station.Contract;

/// <summary>How documents are written: keys in camelCase, words in kebab-case, moments in RFC 3339 with their zone, lines for people's eyes.</summary>
internal static class JsonForm
{
    /// <summary>Options of a context of its own: they belong to it alone.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is not put into pages
        Converters = { new Moments() },
    };

    /// <summary>A word of an enumeration.</summary>
    internal sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;

    private sealed class Moments : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
    }
}
