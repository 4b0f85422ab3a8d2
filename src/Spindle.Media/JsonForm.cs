// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Spindle.Media;

/// <summary>How documents and records are written: keys in camelCase, words in kebab-case, moments in RFC 3339 with their zone, lines for people's eyes.</summary>
public static class JsonForm
{
    /// <summary>Options of a context of its own: they belong to it alone.</summary>
    public static JsonSerializerOptions Options() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // it is not put into pages
        Converters = { new Moments("yyyy-MM-dd'T'HH:mm:sszzz") },
    };

    /// <summary>The same in one line, for nodes that are written as they are.</summary>
    public static JsonSerializerOptions OneLine { get; } = new(Options()) { WriteIndented = false };

    /// <summary>A word of an enumeration: <c>copy-now</c>.</summary>
    public sealed class Words<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
        where T : struct, Enum;

    /// <summary>The same word where there is no document: in a table, in a database.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A name of an enumeration, as it is one on the command line: <c>rockridge</c>.</summary>
    public sealed class Names<T>() : JsonStringEnumConverter<T>(LowerCase.Policy, allowIntegerValues: false)
        where T : struct, Enum;

    /// <summary>A moment with all that is known of it, down to 100 ns.</summary>
    public sealed class ExactMoment() : Moments("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz");

    /// <summary>Moments in RFC 3339.</summary>
    /// <param name="format">How they are written.</param>
    public class Moments(string format) : JsonConverter<DateTimeOffset>
    {
        /// <inheritdoc/>
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(format, CultureInfo.InvariantCulture));
    }

    private sealed class LowerCase : JsonNamingPolicy
    {
        public static LowerCase Policy { get; } = new();

        public override string ConvertName(string name) => name.ToLowerInvariant();
    }
}
