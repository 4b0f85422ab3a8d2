// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Spindle.Archiving.Catalogue;
using Spindle.Archiving.Scanning;
using Spindle.Archiving.Sources;
using Spindle.Files.Listing;
using Spindle.Files.Targets;

namespace Spindle.Archiving.Restoring;

/// <summary>A content, or a part of one, that is to be read from a disc, and all names that it is to be written under.</summary>
internal sealed class RestoreJob
{
    public required long Content { get; init; }

    /// <summary>0 for the whole content, else the number of the part.</summary>
    public required long Part { get; init; }

    /// <summary>Bytes of the content before it.</summary>
    public required long Offset { get; init; }

    /// <summary>Bytes to be read.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes of the whole content.</summary>
    public required long Size { get; init; }

    /// <summary>Of the whole content; null where an old catalogue knows SHA-512 only.</summary>
    public required byte[]? Sha256 { get; init; }

    public required byte[]? Sha512 { get; init; }

    /// <summary>Names to be made, those of one file one after the other.</summary>
    public List<RestoreName> Names { get; } = new(1);

    /// <summary>Where the disc's list says that it lies; null where it says nothing.</summary>
    public DiscPlace? Place { get; set; }

    /// <summary>The same in bytes from the start of the medium; -1 where that is not known.</summary>
    public long Position => Place is { } place ? place.Sector * 2048 : -1;

    public HashAlgorithmName Algorithm => Sha256 is null ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;

    public ReadOnlySpan<byte> Hash => Sha256 ?? Sha512;

    public bool IsRight(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[64];
        int length = Sha256 is null ? SHA512.HashData(bytes, hash) : SHA256.HashData(bytes, hash);
        return hash[..length].SequenceEqual(Hash);
    }
}

/// <summary>A file to be made.</summary>
/// <param name="Entry">Its row in the catalogue.</param>
/// <param name="Path">From the archive's root.</param>
/// <param name="LinkGroup">Names of one file have the same.</param>
/// <param name="Attributes">What it gets.</param>
/// <param name="DataRuns">Where its data lies, all else being holes; null where it has none.</param>
/// <param name="IsDone">Whether it is there already and is right.</param>
internal sealed record RestoreName(long Entry, byte[] Path, long? LinkGroup, TargetAttributes Attributes, IReadOnlyList<(long Offset, long Length)>? DataRuns, bool IsDone)
{
    /// <summary>Its path as text.</summary>
    public string Text => Encoding.UTF8.GetString(Path);
}

/// <summary>What a scan kept beside the usual attributes: see <see cref="ExtraText"/>.</summary>
internal static class Extras
{
    public static Extra Parse(ReadOnlySpan<byte> json)
    {
        // Nearly all have nothing but the names of their owners.
        if (json.IndexOf("\"xattrs\""u8) < 0 && json.IndexOf("\"data\""u8) < 0 && json.IndexOf("\"device\""u8) < 0 && json.IndexOf("\"modified\""u8) < 0)
        {
            return Extra.None;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            JsonElement extra = document.RootElement;
            List<ExtendedAttribute> attributes = [];
            foreach (JsonElement attribute in extra.TryGetProperty("xattrs"u8, out JsonElement xattrs) ? xattrs.EnumerateArray() : default)
            {
                byte[] name = attribute.TryGetProperty("nameBytes"u8, out JsonElement bytes) ? bytes.GetBytesFromBase64() : Encoding.UTF8.GetBytes(attribute.GetProperty("name"u8).GetString()!);
                attributes.Add(new(name, attribute.GetProperty("value"u8).GetBytesFromBase64()));
            }

            List<(long, long)>? runs = extra.TryGetProperty("data"u8, out JsonElement data)
                ? [.. data.EnumerateArray().Select(run => (run[0].GetInt64(), run[1].GetInt64()))]
                : null;
            (uint, uint) major = extra.TryGetProperty("device"u8, out JsonElement device) ? (device[0].GetUInt32(), device[1].GetUInt32()) : default;
            return new(attributes, runs, major, extra.TryGetProperty("modified"u8, out JsonElement modified) ? (modified[0].GetInt64(), modified[1].GetUInt32()) : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return Extra.None;
        }
    }

    /// <summary>Reads what a row says.</summary>
    /// <param name="row">A row with modified, mode, uid, gid and extra from <paramref name="column"/> on.</param>
    /// <param name="column">The column of modified.</param>
    public static (TargetAttributes Attributes, IReadOnlyList<(long Offset, long Length)>? DataRuns, (uint Major, uint Minor) Device) Read(Statement row, int column)
    {
        Extra extra = row.IsNull(column + 4) ? Extra.None : Parse(row.Blob(column + 4));
        TargetAttributes attributes = new(row.Number(column), (int)row.Number(column + 1) & 0xFFF, (uint)row.Number(column + 2), (uint)row.Number(column + 3), extra.Attributes) { FarModified = extra.Modified };
        return (attributes, extra.DataRuns, extra.Device);
    }

    /// <summary>What the JSON says.</summary>
    /// <param name="Attributes">Extended attributes.</param>
    /// <param name="DataRuns">Where the data of a file with holes lies; null where it has none.</param>
    /// <param name="Device">Numbers of a device.</param>
    /// <param name="Modified">A time that the column can't hold.</param>
    internal readonly record struct Extra(
        IReadOnlyList<ExtendedAttribute> Attributes, IReadOnlyList<(long Offset, long Length)>? DataRuns, (uint Major, uint Minor) Device, (long Seconds, uint Nanoseconds)? Modified)
    {
        public static Extra None { get; } = new([], null, default, null);
    }
}
