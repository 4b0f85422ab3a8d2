// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using Spindle.Parity.Checksums;

namespace Spindle.Imaging.Hashing;

/// <summary>A hash in the making, over bytes as they come.</summary>
internal sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash? _hash;
    private uint _crc = Crc32.Start;

    public ContentHash(HashKind kind)
    {
        Kind = kind;
        _hash = kind switch
        {
            HashKind.Md5 => IncrementalHash.CreateHash(HashAlgorithmName.MD5),
            HashKind.Sha1 => IncrementalHash.CreateHash(HashAlgorithmName.SHA1),
            HashKind.Sha256 => IncrementalHash.CreateHash(HashAlgorithmName.SHA256),
            HashKind.Sha512 => IncrementalHash.CreateHash(HashAlgorithmName.SHA512),
            _ => null,
        };
    }

    public HashKind Kind { get; }

    public void Append(ReadOnlySpan<byte> data)
    {
        if (_hash is not null)
        {
            _hash.AppendData(data);
        }
        else
        {
            _crc = Crc32.Continue(_crc, data);
        }
    }

    /// <summary>Ends the hash.</summary>
    /// <returns>The hash in lower-case hexadecimal, as <c>md5sum</c> and its kin print it.</returns>
    public string Finish()
    {
        if (_hash is not null)
        {
            return Convert.ToHexStringLower(_hash.GetHashAndReset());
        }

        Span<byte> value = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, ~_crc);
        return Convert.ToHexStringLower(value);
    }

    public void Dispose() => _hash?.Dispose();
}
