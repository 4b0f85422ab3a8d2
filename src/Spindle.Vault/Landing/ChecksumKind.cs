// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Spindle.Parity.Checksums;

namespace Spindle.Vault.Landing;

/// <summary>A checksum that a client may send with an object, beside its MD5 ("Checking object integrity", Amazon S3 User Guide).</summary>
public sealed class ChecksumKind
{
    private readonly Func<IRunningChecksum> _begin;

    private ChecksumKind(string name, int length, Func<IRunningChecksum> begin) => (Name, Length, _begin) = (name, length, begin);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ChecksumKind> All { get; } =
    [
        new("CRC32", sizeof(uint), () => new Crc32Sum()),
        new("CRC32C", sizeof(uint), () => new Crc32CSum()),
        new("CRC64NVME", sizeof(ulong), () => new Crc64Sum()),
        new("SHA1", SHA1.HashSizeInBytes, () => new Hashed(HashAlgorithmName.SHA1)),
        new("SHA256", SHA256.HashSizeInBytes, () => new Hashed(HashAlgorithmName.SHA256)),
    ];

    /// <summary>What S3 calls it: <c>CRC32C</c>.</summary>
    public string Name { get; }

    /// <summary>Bytes of its values.</summary>
    public int Length { get; }

    /// <summary>The header that carries it: <c>x-amz-checksum-crc32c</c>.</summary>
    public string Header => $"x-amz-checksum-{Name.ToLowerInvariant()}";

    /// <summary>Whether that of a whole can be made of parts that are told one after the other, and so is none of their checksums.</summary>
    public bool IsCrc => Name.StartsWith("CRC", StringComparison.Ordinal);

    /// <summary>Finds one by its name, in letters of either case.</summary>
    /// <returns>Null where there is none.</returns>
    public static ChecksumKind? Find(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Begins one.</summary>
    internal IRunningChecksum Begin() => _begin();

    /// <summary>That of some bytes.</summary>
    public byte[] Of(ReadOnlySpan<byte> bytes)
    {
        using IRunningChecksum sum = Begin();
        sum.Append(bytes);
        return sum.End();
    }

    /// <summary>A checksum over bytes as they come.</summary>
    internal interface IRunningChecksum : IDisposable
    {
        void Append(ReadOnlySpan<byte> bytes);

        byte[] End();
    }

    private sealed class Hashed(HashAlgorithmName name) : IRunningChecksum
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(name);

        public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

        public byte[] End() => _hash.GetHashAndReset();

        public void Dispose() => _hash.Dispose();
    }

    private sealed class Crc32Sum : IRunningChecksum
    {
        private uint _crc = Crc32.Start;

        public void Append(ReadOnlySpan<byte> bytes) => _crc = Crc32.Continue(_crc, bytes);

        public byte[] End() => BigEndian(~_crc);

        public void Dispose()
        {
            // It holds nothing.
        }
    }

    private sealed class Crc32CSum : IRunningChecksum
    {
        private uint _crc = uint.MaxValue;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            uint crc = _crc;
            for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            {
                crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            }

            foreach (byte one in bytes)
            {
                crc = BitOperations.Crc32C(crc, one);
            }

            _crc = crc;
        }

        public byte[] End() => BigEndian(~_crc);

        public void Dispose()
        {
            // It holds nothing.
        }
    }

    /// <summary>CRC-64/NVME: reflected polynomial 9A6C9329AC4BC9B5h, start and end inverted (NVM Command Set Specification 1.0, §5.2.1.3.4).</summary>
    private sealed class Crc64Sum : IRunningChecksum
    {
        private const int Slices = 8;
        private static readonly ulong[] Tables = MakeTables();
        private ulong _crc = ulong.MaxValue;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            ulong crc = _crc;
            ReadOnlySpan<ulong> tables = Tables;
            for (; bytes.Length >= Slices; bytes = bytes[Slices..])
            {
                ulong word = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ crc;
                crc = 0;
                for (int slice = 0; slice < Slices; slice++)
                {
                    crc ^= tables[((Slices - 1 - slice) << 8) | (int)((word >> (8 * slice)) & 0xFF)];
                }
            }

            foreach (byte one in bytes)
            {
                crc = tables[(int)((crc ^ one) & 0xFF)] ^ (crc >> 8);
            }

            _crc = crc;
        }

        public byte[] End()
        {
            byte[] value = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(value, ~_crc);
            return value;
        }

        public void Dispose()
        {
            // It holds nothing.
        }

        private static ulong[] MakeTables()
        {
            ulong[] tables = new ulong[Slices * 256];
            for (int value = 0; value < 256; value++)
            {
                ulong crc = (ulong)value;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x9A6C_9329_AC4B_C9B5 : crc >> 1;
                }

                tables[value] = crc;
            }

            for (int index = 256; index < tables.Length; index++)
            {
                ulong before = tables[index - 256];
                tables[index] = tables[(int)(before & 0xFF)] ^ (before >> 8);
            }

            return tables;
        }
    }

    private static byte[] BigEndian(uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
