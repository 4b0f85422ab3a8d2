// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using Spindle.Media;

namespace Spindle.Service.Documents;

/// <summary>What the document of an image says that people want to know: only what stands in it.</summary>
/// <param name="Id">A name for the run that no other has.</param>
/// <param name="Name">The image's name, without its folder and its ending.</param>
/// <param name="Path">Where it is; null where there is none.</param>
/// <param name="Volume">The volume's name.</param>
/// <param name="Bytes">Bytes of the disc.</param>
/// <param name="IsVerified">Whether a second reading agreed with the first.</param>
/// <param name="Unreadable">Sectors that could not be read; null where that is not known.</param>
/// <param name="Hash">The strongest of its checksums, with its name.</param>
/// <param name="Ended">When it was done.</param>
/// <param name="Concerns">What keeps it from being a success.</param>
internal sealed record ImageFacts(string? Id, string? Name, string? Path, string? Volume, long? Bytes, bool IsVerified, long? Unreadable, (string Kind, string Value)? Hash, string? Ended, IReadOnlyList<string> Concerns)
{
    private static readonly string[] Kinds = ["sha512", "sha256", "sha1", "md5"];

    /// <summary>Reads them.</summary>
    /// <returns>Null where there is no such document.</returns>
    public static ImageFacts? Of(string? document)
    {
        if (document is null)
        {
            return null;
        }

        using JsonDocument json = JsonDocument.Parse(document);
        JsonElement root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("source", out JsonElement source))
        {
            return null;
        }

        string? path = Text(root, "image");
        return new(
            Text(root, "id"), path is null ? null : System.IO.Path.GetFileNameWithoutExtension(path), path, Text(source, "volumeIdentifier"), Number(source, "bytes"),
            root.TryGetProperty("verified", out JsonElement verified) && verified.ValueKind == JsonValueKind.True,
            root.TryGetProperty("sectors", out JsonElement sectors) ? Number(sectors, "unreadable") : null, HashOf(root), Text(root, "endedAt"),
            [.. Items(root, "concerns").Select(concern => Text(concern, "what")).OfType<string>()]);
    }

    /// <summary>The result in one word.</summary>
    public string Word => Unreadable > 0 ? "damaged" : IsVerified ? "verified" : Path is null ? "no image" : "not verified";

    /// <summary>The same as names and values.</summary>
    public IEnumerable<(string Name, string Value)> Lines()
    {
        yield return ("Result", Word);
        foreach ((string name, string? value) in new[]
        {
            ("Image", Path), ("Volume", Volume), ("Size", Bytes is { } bytes ? Figures.Size(bytes) : null),
            ("Unreadable sectors", Unreadable is > 0 and { } lost ? lost.ToString("N0", CultureInfo.InvariantCulture) : null), (Hash?.Kind.ToUpperInvariant() ?? "", Hash?.Value),
        })
        {
            if (value is not null)
            {
                yield return (name, value);
            }
        }

        foreach (string concern in Concerns)
        {
            yield return ("Concern", concern);
        }
    }

    private static (string, string)? HashOf(JsonElement root)
    {
        foreach (JsonElement reading in Items(root, "readings"))
        {
            if (reading.TryGetProperty("hashes", out JsonElement hashes))
            {
                foreach (string kind in Kinds)
                {
                    if (Text(hashes, kind) is { } value)
                    {
                        return (kind, value);
                    }
                }
            }
        }

        return null;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement of, string key) =>
        of.TryGetProperty(key, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static string? Text(JsonElement of, string key) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement of, string key) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;
}
