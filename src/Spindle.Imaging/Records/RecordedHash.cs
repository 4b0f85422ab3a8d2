// SPDX-License-Identifier: MIT
using System.Text;
using Spindle.Imaging.Hashing;

namespace Spindle.Imaging.Records;

/// <summary>What the checksum file beside an image says that it is.</summary>
public static class RecordedHash
{
    private const long LongestFile = 1 << 20; // bytes: a list of some thousand names

    /// <summary>Reads <c>IMAGE.sha256</c>, as <c>sha256sum</c> writes it, and Spindle does.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Its SHA-256 in small hexadecimal digits; null where there is no such file, or it does not tell.</returns>
    public static string? Sha256Of(string image)
    {
        string name = Path.GetFileName(image);
        FileInfo file = new($"{image}.sha256");
        try
        {
            return !file.Exists || file.Length > LongestFile ? null
                : ChecksumFile.Read(file.FullName, HashKind.Sha256, Encoding.UTF8.GetString(File.ReadAllBytes(file.FullName)), wanted => wanted == name)
                    .FirstOrDefault(claim => claim.Vouches && claim.Name == name)?.Hashes.GetValueOrDefault(HashKind.Sha256);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // what can't be read vouches for nothing
        }
    }
}
