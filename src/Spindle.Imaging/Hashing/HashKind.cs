// SPDX-License-Identifier: MIT
namespace Spindle.Imaging.Hashing;

/// <summary>A checksum that an image can be known by. In records and on the command line: the name in lower case.</summary>
public enum HashKind
{
    /// <summary>MD5 (RFC 1321), 128 bits: finds accidents, not forgeries.</summary>
    Md5,

    /// <summary>SHA-1 (FIPS 180-4), 160 bits: finds accidents, not forgeries.</summary>
    Sha1,

    /// <summary>SHA-256 (FIPS 180-4), 256 bits.</summary>
    Sha256,

    /// <summary>SHA-512 (FIPS 180-4), 512 bits.</summary>
    Sha512,

    /// <summary>CRC-32 (ISO 3309, as in zip and gzip), 32 bits: for comparing with other programs' records only.</summary>
    Crc32,
}
