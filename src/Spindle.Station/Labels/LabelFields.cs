// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml;
using Spindle.Catalogue;
using Spindle.Media;

namespace Spindle.Station.Labels;

/// <summary>What can stand on a label, by the names of the fields in templates.</summary>
internal static class LabelFields
{
    private const int Group = 4; // hexadecimal digits, as people compare them
    private const int ShortHash = 12; // 48 bits tell all the discs of the world apart

    /// <summary>The fields.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["number", "of", "label", "copy", "place", "date", "files", "bytes", "capacity", "first", "last", "top", "uuid", "sha256", "sha256-1", "sha256-2", "checksum", "qr", "qrsize"];

    /// <summary>Those of a disc.</summary>
    /// <param name="disc">The disc.</param>
    /// <param name="contents">What it shows.</param>
    /// <param name="copy">Which copy of it; null for any.</param>
    /// <param name="count">How many discs the archive has.</param>
    public static IReadOnlyDictionary<string, string> Of(DiscRecord disc, DiscContents contents, DiscCopy? copy, int count)
    {
        QrCode code = QrCode.Of($"urn:uuid:{disc.Uuid}");
        string hash = string.Join(' ', (disc.Sha256 ?? "").Chunk(Group).Select(digits => new string(digits)));
        string made = copy?.Made ?? disc.Written ?? "";
        Dictionary<string, string> fields = new(StringComparer.Ordinal)
        {
            ["number"] = Number(disc.Number),
            ["of"] = Number(count),
            ["label"] = disc.Label,
            ["copy"] = copy is null ? "" : $"copy {copy.Name}",
            ["place"] = copy?.Place ?? "",
            ["date"] = made.Length >= 10 ? made[..10] : "",
            ["files"] = disc.Files > 0 ? Figures.Count(disc.Files, "file", "files") : "",
            ["bytes"] = disc.Bytes > 0 ? Figures.Size(disc.Bytes) : "",
            ["capacity"] = Figures.Size(disc.CapacitySectors * 2048),
            ["first"] = contents.First ?? "",
            ["last"] = contents.Last ?? "",
            ["top"] = string.Join(", ", contents.Tops) + (contents.HasMoreTops ? ", …" : ""),
            ["uuid"] = disc.Uuid.ToString(),
            ["sha256"] = hash,
            ["sha256-1"] = hash.Length > 40 ? hash[..39] : hash,
            ["sha256-2"] = hash.Length > 40 ? hash[40..] : "",
            ["checksum"] = disc.Sha256 is { Length: >= ShortHash } whole ? whole[..ShortHash] : "",
            ["qr"] = code.Path,
            ["qrsize"] = Number(code.Size),
        };
        return fields.ToDictionary(field => field.Key, field => Clean(field.Value), StringComparer.Ordinal);
    }

    /// <summary>Names come from anywhere: what a drawing can't hold is shown as a question mark.</summary>
    private static string Clean(string text) => string.Concat(text.Select((letter, at) =>
        char.IsSurrogate(letter) ? (IsPaired(text, at) ? letter : '?') : char.IsControl(letter) || !XmlConvert.IsXmlChar(letter) ? '?' : letter));

    private static bool IsPaired(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
