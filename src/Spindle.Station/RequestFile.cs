// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Media;
using Spindle.Station.Contract;

namespace Spindle.Station;

/// <summary>A verb and its request, written down as JSON: <c>spindle/request/1</c> (docs/formats/requests.md).</summary>
public static class RequestFile
{
    /// <summary>Of what form it is.</summary>
    public const string Schema = "spindle/request/1";

    private const string Form = "docs/formats/requests.md says what one looks like";
    private const long Longest = 64 << 20; // bytes: a list of paths may be long

    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OperationFailedException"><c>not-a-request</c>, <c>no-such-source</c>, <c>source-unreadable</c>.</exception>
    public static (IVerb Verb, JsonElement Request) Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > Longest }
                ? throw NoRequest(path, $"it has more than {Longest >> 20} MiB")
                : Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new OperationFailedException(new("no-such-source", $"there is no file {path}", "check the name"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationFailedException(new("source-unreadable", $"{path} cannot be read: {e.Message}", "check its permissions"), e);
        }
    }

    /// <summary>Reads one that is no file.</summary>
    /// <param name="json">UTF-8.</param>
    /// <param name="name">What it is called where it is none.</param>
    /// <exception cref="OperationFailedException"><c>not-a-request</c>.</exception>
    public static (IVerb Verb, JsonElement Request) Parse(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out JsonElement schema) || schema.ValueKind != JsonValueKind.String || schema.GetString() != Schema)
            {
                throw NoRequest(name, $"its \"schema\" is not \"{Schema}\"");
            }

            string? word = root.TryGetProperty("verb", out JsonElement given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
            IVerb verb = Verbs.All.SingleOrDefault(known => known.Name == word) ?? throw NoRequest(name, word is null ? "it names no verb" : $"there is no verb {word}");
            return root.TryGetProperty("request", out JsonElement request) ? (verb, request.Clone()) : throw NoRequest(name, "it has no \"request\"");
        }
        catch (JsonException e)
        {
            throw NoRequest(name, $"it is no JSON: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            throw NoRequest(name, "it has a text that is no Unicode"); // a surrogate without the other half
        }
    }

    /// <summary>Writes one down.</summary>
    /// <param name="verb">The verb's name.</param>
    /// <param name="request">Its request, as JSON.</param>
    public static byte[] Write(string verb, string request)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes))
        {
            writer.WriteStartObject();
            writer.WriteString("schema", Schema);
            writer.WriteString("verb", verb);
            writer.WritePropertyName("request");
            writer.WriteRawValue(request);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static OperationFailedException NoRequest(string name, string why) => new(new("not-a-request", $"{name} is no request: {why}", Form));
}
