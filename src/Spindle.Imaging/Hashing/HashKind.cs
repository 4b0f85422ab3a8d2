// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Spindle.Imaging.Hashing;

/// <summary>A checksum that an image can be known by. One that is added to <see cref="All"/> is known everywhere.</summary>
public sealed class HashKind
{
    private readonly Func<IRunningHash> _begin;

    private HashKind(string name, string title, int bits, string? checkingProgram, Func<IRunningHash> begin)
    {
        (Name, Title, Bits, CheckingProgram) = (name, title, bits, checkingProgram);
        _begin = begin;
    }

    /// <summary>MD5 (RFC 1321): finds accidents, not forgeries.</summary>
    public static HashKind Md5 { get; } = new("md5", "MD5", 128, "md5sum", () => new Incremental(HashAlgorithmName.MD5));

    /// <summary>SHA-1 (FIPS 180-4): finds accidents, not forgeries.</summary>
    public static HashKind Sha1 { get; } = new("sha1", "SHA-1", 160, "sha1sum", () => new Incremental(HashAlgorithmName.SHA1));

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    public static HashKind Sha256 { get; } = new("sha256", "SHA-256", 256, "sha256sum", () => new Incremental(HashAlgorithmName.SHA256));

    /// <summary>SHA-512 (FIPS 180-4).</summary>
    public static HashKind Sha512 { get; } = new("sha512", "SHA-512", 512, "sha512sum", () => new Incremental(HashAlgorithmName.SHA512));

    /// <summary>CRC-32 (ISO 3309, as in zip and gzip): for comparing with other programs' records only.</summary>
    public static HashKind Crc32 { get; } = new("crc32", "CRC-32", 32, null, () => new RunningCrc());

    /// <summary>All of them, in the order in which they are told of.</summary>
    public static IReadOnlyList<HashKind> All { get; } = [Md5, Sha1, Sha256, Sha512, Crc32];

    /// <summary>The name on the command line, in records and as the ending of a checksum file: <c>sha256</c>.</summary>
    public string Name { get; }

    /// <summary>The name in sentences: <c>SHA-256</c>.</summary>
    public string Title { get; }

    /// <summary>How long it is.</summary>
    public int Bits { get; }

    /// <summary>The program of GNU coreutils that checks a file of it with <c>-c</c>; null where there is none.</summary>
    public string? CheckingProgram { get; }

    /// <summary>Finds one by its name, in letters of either case.</summary>
    /// <returns>Null where there is none.</returns>
    public static HashKind? Find(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Title;

    internal IRunningHash Begin() => _begin();

    /// <summary>A hash over bytes as they come.</summary>
    internal interface IRunningHash : IDisposable
    {
        void Append(ReadOnlySpan<byte> data);

        byte[] Finish();
    }

    private sealed class Incremental(HashAlgorithmName algorithm) : IRunningHash
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

        public void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);

        public byte[] Finish() => _hash.GetHashAndReset();

        public void Dispose() => _hash.Dispose();
    }

    private sealed class RunningCrc : IRunningHash
    {
        private uint _crc = Parity.Checksums.Crc32.Start;

        public void Append(ReadOnlySpan<byte> data) => _crc = Parity.Checksums.Crc32.Continue(_crc, data);

        public byte[] Finish()
        {
            byte[] value = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(value, ~_crc);
            return value;
        }

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
