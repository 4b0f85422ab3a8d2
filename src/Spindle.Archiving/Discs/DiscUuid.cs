// SPDX-License-Identifier: MIT
using System.Text.Json;
using Spindle.Formats.Trees;
using Spindle.Formats.Volumes;
using Spindle.Media;

namespace Spindle.Archiving.Discs;

/// <summary>Which disc of which archive a medium is, by what it tells of itself.</summary>
public static class DiscUuid
{
    private const string Description = "ARCHIVE/disc.json";
    private const int LongestDescription = 1 << 20; // bytes; ours have some 1,000

    /// <summary>Reads <c>ARCHIVE/disc.json</c>, in whichever tree of the disc it can still be found.</summary>
    /// <param name="medium">The medium; it stays the caller's.</param>
    /// <param name="options">Where the medium lies on its disc.</param>
    /// <returns>The uuid of the disc; null where it is no disc of an archive, or is too damaged to tell.</returns>
    public static Guid? Read(ISectorReader medium, VolumeOptions options) =>
        Volume.ViewsOf(medium, options)
            .Select(view => Volume.Open(medium, options with { View = view }))
            .Select(volume => volume is null ? null : Read(volume))
            .FirstOrDefault(uuid => uuid is not null);

    private static Guid? Read(Volume volume)
    {
        if (volume.Find(Description) is not { Type: EntryType.File, Size: > 0 and <= LongestDescription } file)
        {
            return null;
        }

        using ContentStream content = volume.OpenContent(file);
        byte[] text = new byte[content.Length];
        content.ReadExactly(text);
        return content.Unreadable.Count > 0 ? null : Parse(text);
    }

    /// <summary>Reads a <c>disc.json</c> that stands by itself.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The uuid of the disc; null where there is none, or it can't be told.</returns>
    public static Guid? OfFile(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= LongestDescription } ? Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Guid? Parse(byte[] text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("schema", out JsonElement schema) && schema.ValueEquals("spindle/disc/1")
                && json.RootElement.TryGetProperty("disc", out JsonElement disc) && disc.TryGetGuid(out Guid uuid) ? uuid : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // damage is no error here
        }
    }
}
