// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Hashing;

/// <summary>How a <see cref="HashKind"/> is written for programs and for people.</summary>
public static class HashKindNames
{
    /// <summary>The name on the command line, in records and as the ending of a checksum file: <c>sha256</c>.</summary>
    public static string Name(this HashKind kind) => kind switch
    {
        HashKind.Md5 => "md5",
        HashKind.Sha1 => "sha1",
        HashKind.Sha256 => "sha256",
        HashKind.Sha512 => "sha512",
        HashKind.Crc32 => "crc32",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The name in sentences: <c>SHA-256</c>.</summary>
    public static string Title(this HashKind kind) => kind switch
    {
        HashKind.Md5 => "MD5",
        HashKind.Sha1 => "SHA-1",
        HashKind.Sha256 => "SHA-256",
        HashKind.Sha512 => "SHA-512",
        HashKind.Crc32 => "CRC-32",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
