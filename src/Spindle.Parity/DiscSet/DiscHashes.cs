// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Spindle.Parity.DiscSet;

/// <summary>All that a set wants to know of one disc's bytes, taken as they pass: MD5, MD5 of the start, SHA-256, a checksum of each piece.</summary>
/// <param name="length">Bytes of the disc.</param>
public sealed class DiscHashes(long length) : IDisposable
{
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[]? _md5OfStart;
    private long _position;
    private string? _sha256OfDisc;

    /// <summary>Bytes that passed.</summary>
    public long Position => _position;

    /// <summary>A checksum of each piece that passed.</summary>
    public PieceSums Pieces { get; } = new(length);

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">Whole pieces, but for the last of all.</param>
    [SuppressMessage("Security", "CA5351", Justification = "The format says MD5; proof is SHA-256's.")]
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5OfStart ??= MD5.HashData(bytes[..Math.Min(bytes.Length, ParFile.StartLength)]);
        _md5.AppendData(bytes);
        _sha256.AppendData(bytes);
        Pieces.Set(_position, bytes);
        _position += bytes.Length;
    }

    /// <summary>Takes what lies behind the disc's bytes in its image: parity of its own, of which only the whole image's SHA-256 tells.</summary>
    public void AppendBehind(ReadOnlySpan<byte> bytes)
    {
        _sha256OfDisc ??= Convert.ToHexStringLower(_sha256.GetCurrentHash());
        _sha256.AppendData(bytes);
    }

    /// <summary>The disc, all of whose bytes have passed.</summary>
    /// <param name="place">Its place in the list, from 0.</param>
    /// <param name="name">Its name.</param>
    /// <param name="inner">Roots and sectors of the parity behind it; null where it has none.</param>
    public SummedDisc Complete(int place, string name, (int Roots, long TotalSectors)? inner = null)
    {
        if (_position == 0)
        {
            Append([]);
        }

        string sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset());
        return new(place, new(name, length, _md5.GetHashAndReset(), _md5OfStart!), _sha256OfDisc ?? sha256, inner is var (roots, sectors) ? new(roots, sectors, sha256) : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _md5.Dispose();
        _sha256.Dispose();
    }
}
