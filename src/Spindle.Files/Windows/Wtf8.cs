// SPDX-License-Identifier: MIT
using System.Text;

namespace Spindle.Files.Windows;

/// <summary>Names as bytes where the system has them as UTF-16 that need not be well-formed: UTF-8, and three bytes for half a pair (WTF-8, section 3).</summary>
public static class Wtf8
{
    private const char HighStart = '\uD800';
    private const char LowStart = '\uDC00';

    /// <summary>The bytes of a name.</summary>
    public static byte[] GetBytes(string name)
    {
        List<byte> bytes = new(name.Length + 8);
        Span<byte> encoded = stackalloc byte[4];
        for (int at = 0; at < name.Length; at++)
        {
            if (Rune.TryGetRuneAt(name, at, out Rune rune))
            {
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                at += rune.Utf16SequenceLength - 1;
            }
            else
            {
                bytes.AddRange([(byte)(0xE0 | (name[at] >> 12)), (byte)(0x80 | ((name[at] >> 6) & 0x3F)), (byte)(0x80 | (name[at] & 0x3F))]);
            }
        }

        return [.. bytes];
    }

    /// <summary>The name of bytes; null where they are none.</summary>
    public static string? GetString(ReadOnlySpan<byte> bytes)
    {
        StringBuilder name = new(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int length) == System.Buffers.OperationStatus.Done)
            {
                name.Append(rune);
                bytes = bytes[length..];
                continue;
            }

            if (!IsHalf(bytes) || (name.Length > 0 && (bytes[1] & 0x10) != 0 && name[^1] is >= HighStart and < LowStart))
            {
                return null; // two halves that make a pair are no WTF-8: they have four bytes of their own
            }

            name.Append((char)(((bytes[0] & 0x0F) << 12) | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
            bytes = bytes[3..];
        }

        return name.ToString();
    }

    /// <summary>Whether bytes begin with half a pair of UTF-16.</summary>
    public static bool IsHalf(ReadOnlySpan<byte> bytes) => bytes.Length >= 3 && bytes[0] == 0xED && bytes[1] is >= 0xA0 and <= 0xBF && (bytes[2] & 0xC0) == 0x80;
}
