// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;

namespace Spindle.Formats.Names;

/// <summary>How one of the file systems writes names: what becomes of a name that it cannot hold.</summary>
public abstract class NameForm
{
    /// <summary>Characters of an extension that are kept when a name is cut, in UTF-16.</summary>
    protected const int KeptExtension = 16;

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value)]);

    /// <summary>Bytes that an encoded name has at most.</summary>
    public const int MaximumLength = 255;

    /// <summary>Encodes a name.</summary>
    /// <param name="name">The bytes of the name; usually UTF-8.</param>
    /// <param name="isDirectory">Whether a directory has it.</param>
    /// <param name="encoded">Takes the encoded name, <see cref="MaximumLength"/> bytes at most.</param>
    /// <param name="isExact">Whether the file system holds the name as it is.</param>
    /// <returns>Bytes of the encoded name.</returns>
    public abstract int Encode(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, out bool isExact);

    /// <summary>Encodes a name whose encoding another one has already: with a number in it.</summary>
    public abstract int EncodeNumbered(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, int number);

    /// <summary>The part of an encoded name that must be unique in its directory.</summary>
    public virtual ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> encoded) => encoded;

    /// <summary>Decodes UTF-8; a byte that is none becomes <c>%</c> and two hexadecimal digits.</summary>
    /// <param name="name">255 bytes at most.</param>
    /// <param name="text">Takes the characters: three for each byte at most.</param>
    /// <returns>How many characters, and whether there was nothing to escape.</returns>
    protected static (int Length, bool IsValid) Decode(ReadOnlySpan<byte> name, Span<char> text)
    {
        if (!name.ContainsAnyExcept(PlainBytes))
        {
            return (Encoding.ASCII.GetChars(name, text), true);
        }

        int length = 0;
        bool isValid = true;
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(name, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                length += rune.EncodeToUtf16(text[length..]);
            }
            else
            {
                isValid = false;
                consumed = 1;
                text[length++] = '%';
                text[length++] = HexDigit(name[0] >> 4);
                text[length++] = HexDigit(name[0] & 15);
            }

            name = name[consumed..];
        }

        return (length, isValid);
    }

    /// <summary>Cuts a name to a number of characters, with a mark before its extension.</summary>
    /// <param name="text">The name; changed in place, and at least <paramref name="limit"/> characters of room.</param>
    /// <param name="length">Characters of the name.</param>
    /// <param name="limit">Characters that there may be.</param>
    /// <param name="mark">What goes in, 16 characters at most.</param>
    /// <returns>Characters of the new name.</returns>
    protected static int CutAndMark(Span<char> text, int length, int limit, ReadOnlySpan<char> mark)
    {
        int dot = text[..length].LastIndexOf('.');
        int extension = dot > 0 && length - dot <= KeptExtension ? length - dot : 0;
        int stem = Math.Min(length - extension, limit - extension - mark.Length);
        if (stem > 0 && char.IsHighSurrogate(text[stem - 1]))
        {
            stem--;
        }

        Span<char> tail = stackalloc char[KeptExtension];
        text.Slice(length - extension, extension).CopyTo(tail);
        mark.CopyTo(text[stem..]);
        tail[..extension].CopyTo(text[(stem + mark.Length)..]);
        return stem + mark.Length + extension;
    }

    /// <summary>A tilde and a number to the base of 36.</summary>
    /// <returns>Characters written.</returns>
    protected static int Mark(char first, int number, Span<char> mark)
    {
        Span<char> digits = stackalloc char[8];
        int at = digits.Length;
        do
        {
            int digit = number % 36;
            digits[--at] = (char)(digit < 10 ? '0' + digit : 'A' + digit - 10);
            number /= 36;
        }
        while (number > 0);

        mark[0] = first;
        digits[at..].CopyTo(mark[1..]);
        return 1 + digits.Length - at;
    }

    /// <summary>A digit of a number to the base of 16.</summary>
    protected static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
