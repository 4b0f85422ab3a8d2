// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Spindle.Files;
using Spindle.Imaging.Files;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>Makes a folder of finished files a bag: RFC 8493, BagIt 1.0, with SHA-256.</summary>
internal sealed class Bag(IImageFiles files, OutputPaths paths)
{
    /// <summary>Writes the tag files. They come last: a folder without them is no bag.</summary>
    /// <param name="result">What was done.</param>
    /// <param name="payload">The finished files, all in <see cref="OutputPaths.Payload"/>.</param>
    public void Write(ImagingResult result, IReadOnlyList<string> payload)
    {
        string imageHash = result.Readings[0].Hashes[HashKind.Sha256];
        StringBuilder manifest = new();
        long bytes = 0;
        foreach (string path in payload.Order(StringComparer.Ordinal))
        {
            bytes += files.Length(path);
            string hash = path == paths.Image ? imageHash : Hash(files.TryRead(path)!);
            manifest.Append(CultureInfo.InvariantCulture, $"{hash}  data/{Encode(Path.GetFileName(path))}\n");
        }

        // Sections 2.1.1, 2.1.3 and 2.2.2.
        (string Name, string Text)[] tags =
        [
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
            ("manifest-sha256.txt", manifest.ToString()),
            ("bag-info.txt", Info(result, bytes, payload.Count)),
        ];
        StringBuilder tagManifest = new();
        foreach ((string name, string text) in tags)
        {
            byte[] content = Encoding.UTF8.GetBytes(text);
            files.WriteWhole(Path.Combine(paths.Folder, name), content);
            tagManifest.Append(CultureInfo.InvariantCulture, $"{Hash(content)}  {name}\n");
        }

        files.WriteWhole(Path.Combine(paths.Folder, "tagmanifest-sha256.txt"), Encoding.UTF8.GetBytes(tagManifest.ToString()));
    }

    private static string Info(ImagingResult result, long bytes, int count)
    {
        StringBuilder info = new();
        info.Append(CultureInfo.InvariantCulture, $"Bagging-Date: {result.EndedAt:yyyy-MM-dd}\n");
        info.Append(CultureInfo.InvariantCulture, $"Payload-Oxum: {bytes}.{count}\n");
        info.Append(CultureInfo.InvariantCulture, $"Bag-Software-Agent: {Tool.Name} {Tool.Version}\n");
        info.Append(CultureInfo.InvariantCulture, $"Internal-Sender-Identifier: {result.Id}\n");
        if (result.Source.Structure.VolumeIdentifier is { Length: > 0 } volume)
        {
            info.Append(CultureInfo.InvariantCulture, $"External-Identifier: {OneLine(volume)}\n");
        }

        if (result.Request.Operator is { Length: > 0 } person)
        {
            info.Append(CultureInfo.InvariantCulture, $"Contact-Name: {OneLine(person)}\n");
        }

        return info.ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    /// <summary>Section 2.1.3: line ends and the percent sign itself are percent-encoded in manifests.</summary>
    private static string Encode(string name) => name.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
