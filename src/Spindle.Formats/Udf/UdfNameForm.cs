// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Spindle.Formats.Names;

namespace Spindle.Formats.Udf;

/// <summary>Names of UDF: a byte that says 8 or 16 bits a character, then the characters (UDF 2.60 §2.1.1), 255 bytes in all.</summary>
/// <remarks>Nor have they more than 255 bytes as UTF-8: no system that shows them so could open what had a longer name.</remarks>
public sealed class UdfNameForm : NameForm
{
    private const int NarrowLimit = 254;
    private const int WideLimit = 127;

    /// <inheritdoc/>
    public override int Encode(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, out bool isExact)
    {
        Span<char> text = stackalloc char[3 * MaximumLength];
        int length = Allowed(name, text, out isExact);
        if (length > LimitOf(text[..length]) || IsTooLongInUtf8(text[..length]))
        {
            // The hash tells names apart that begin alike, whatever else is in the directory (compare UDF 2.60 §4.2.2.1).
            isExact = false;
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(name, hash);
            Span<char> mark = stackalloc char[9];
            mark[0] = '~';
            for (int digit = 0; digit < 8; digit++)
            {
                mark[digit + 1] = HexDigit((hash[digit / 2] >> (digit % 2 == 0 ? 4 : 0)) & 15);
            }

            length = Cut(text, length, mark);
        }

        return Write(text[..length], encoded);
    }

    /// <inheritdoc/>
    public override int EncodeNumbered(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, int number)
    {
        Span<char> text = stackalloc char[3 * MaximumLength];
        Span<char> mark = stackalloc char[16];
        int length = Allowed(name, text, out _);
        length = Cut(text, length, mark[..Mark('~', number, mark)]);
        return Write(text[..length], encoded);
    }

    /// <summary>Encodes text.</summary>
    /// <returns>Bytes written: none for no text.</returns>
    internal static int Write(ReadOnlySpan<char> text, Span<byte> encoded)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if (!IsWide(text))
        {
            encoded[0] = 8;
            for (int index = 0; index < text.Length; index++)
            {
                encoded[1 + index] = (byte)text[index];
            }

            return 1 + text.Length;
        }

        encoded[0] = 16;
        for (int index = 0; index < text.Length; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(encoded[(1 + (2 * index))..], text[index]);
        }

        return 1 + (2 * text.Length);
    }

    /// <summary>Cuts to what UDF and UTF-8 hold.</summary>
    private static int Cut(Span<char> text, int length, ReadOnlySpan<char> mark)
    {
        Span<char> whole = stackalloc char[3 * MaximumLength];
        text[..length].CopyTo(whole);
        for (int limit = LimitOf(text[..length]); ;)
        {
            int cut = CutAndMark(text, length, limit, mark);
            int excess = Encoding.UTF8.GetByteCount(text[..cut]) - MaximumLength;
            if (excess <= 0)
            {
                return cut;
            }

            // A character has three bytes at most: fewer than so many do not suffice.
            limit = Math.Min(limit, cut) - ((excess + 2) / 3);
            whole[..length].CopyTo(text);
        }
    }

    private static bool IsTooLongInUtf8(ReadOnlySpan<char> text) => text.Length > MaximumLength / 3 && Encoding.UTF8.GetByteCount(text) > MaximumLength;

    private static bool IsWide(ReadOnlySpan<char> text) => text.ContainsAnyExceptInRange('\0', '\u00FF');

    private static int LimitOf(ReadOnlySpan<char> text) => IsWide(text) ? WideLimit : NarrowLimit;

    // Byte order marks are no characters of a name (UDF 2.60 §2.1.1).
    private static int Allowed(ReadOnlySpan<byte> name, Span<char> text, out bool isExact)
    {
        (int length, isExact) = Decode(name, text);
        if (text[..length].ContainsAny('\uFEFF', '\uFFFE'))
        {
            isExact = false;
            text[..length].Replace('\uFEFF', '_');
            text[..length].Replace('\uFFFE', '_');
        }

        return length;
    }
}
