// SPDX-License-Identifier: MIT
using System.Security.Cryptography;

namespace Spindle.Parity.Tests;

/// <summary>Payloads given by a formula, for which the bytes of the reference program are known by their SHA-256.</summary>
internal static class Payloads
{
    /// <summary>300 sectors without any file system.</summary>
    public static byte[] Raw300 { get; } = Make(300 * 2048, index => (index * 7) + ((index >> 8) * 13) + (index >> 16));

    /// <summary>100 sectors and 777 bytes.</summary>
    public static byte[] Odd { get; } = Make((100 * 2048) + 777, index => (index * 31) + ((index >> 8) * 17));

    /// <summary>Too short to have a sector 16.</summary>
    public static byte[] Tiny { get; } = Make(5000, index => (index * 5) + 1);

    public static byte[] Random(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Make(int length, Func<int, int> value) => [.. Enumerable.Range(0, length).Select(index => (byte)(value(index) & 255))];
}
