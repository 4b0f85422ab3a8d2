// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Spindle.Vault.Landing;

/// <summary>What is taken of a content as it comes in: MD5, for clients know it by that, SHA-256, which is the proof, and what else was sent along.</summary>
/// <param name="extra">The checksum that came with it; null for none.</param>
internal sealed class ContentSums(ChecksumKind? extra) : IDisposable
{
    private const int Parallel = 128 * 1024; // bytes: below, another thread costs more than it does

    private readonly IncrementalHash _md5 = NewMd5();
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ChecksumKind.IRunningChecksum? _extra = extra?.Begin();

    /// <summary>Adds what came next; two threads at a time, where it is enough.</summary>
    public void Append(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Parallel)
        {
            _md5.AppendData(bytes.Span);
            Others(bytes.Span);
            return;
        }

        Task md5 = Task.Run(() => _md5.AppendData(bytes.Span));
        Others(bytes.Span);
        md5.GetAwaiter().GetResult();
    }

    /// <summary>What they come to.</summary>
    public Sums End() => new(_md5.GetHashAndReset(), _sha256.GetHashAndReset(), _extra?.End());

    /// <inheritdoc/>
    public void Dispose()
    {
        _md5.Dispose();
        _sha256.Dispose();
        _extra?.Dispose();
    }

    [SuppressMessage("Security", "CA5351", Justification = "S3 names contents by it; the proof is SHA-256's.")]
    private static IncrementalHash NewMd5() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    private void Others(ReadOnlySpan<byte> bytes)
    {
        _sha256.AppendData(bytes);
        _extra?.Append(bytes);
    }
}

/// <summary>What a content came to.</summary>
/// <param name="Md5">Its MD5.</param>
/// <param name="Sha256">Its SHA-256.</param>
/// <param name="Extra">The checksum that was asked for; null for none.</param>
public sealed record Sums(byte[] Md5, byte[] Sha256, byte[]? Extra);
