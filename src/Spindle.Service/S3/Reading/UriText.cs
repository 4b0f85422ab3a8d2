// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;

namespace Spindle.Service.S3.Reading;

/// <summary>Percent-encoding as S3 has it (RFC 3986 §2): all but letters, digits and <c>-_.~</c> is encoded, in capital digits.</summary>
internal static class UriText
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    /// <summary>Encodes bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, bool keepsSlash)
    {
        StringBuilder text = new(bytes.Length + 8);
        foreach (byte one in bytes)
        {
            if (Plain.Contains(one) || (keepsSlash && one == '/'))
            {
                text.Append((char)one);
            }
            else
            {
                text.Append('%').Append(Digit(one >> 4)).Append(Digit(one & 0xF));
            }
        }

        return text.ToString();

        static char Digit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
    }

    /// <summary>Encodes a text.</summary>
    public static string Encode(string text, bool keepsSlash) => Encode(Encoding.UTF8.GetBytes(text), keepsSlash);

    /// <summary>Decodes it once; a percent sign that is followed by no two digits stands for itself.</summary>
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                int piece = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                length += Encoding.UTF8.GetBytes(text.Slice(i, piece), bytes.AsSpan(length));
                i += piece - 1;
            }
        }

        return bytes[..length];
    }

    /// <summary>Bytes as text.</summary>
    /// <returns>Null where they are no UTF-8.</returns>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
