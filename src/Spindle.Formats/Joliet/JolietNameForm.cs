// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Buffers.Binary;
using Spindle.Formats.Names;

namespace Spindle.Formats.Joliet;

/// <summary>Names of Joliet: 64 characters of UCS-2 (Joliet, "Allowed UCS-2 characters", "File identifier lengths").</summary>
public sealed class JolietNameForm : NameForm
{
    private const int Limit = 64;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(value => (char)value), '*', '/', ':', ';', '?', '\\']);

    /// <inheritdoc/>
    public override int Encode(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, out bool isExact)
    {
        Span<char> text = stackalloc char[3 * MaximumLength];
        int length = Allowed(name, text, out isExact);
        if (length > Limit)
        {
            isExact = false;
            length = CutAndMark(text, length, Limit, []);
        }

        isExact &= !CloseEnd(text[..length]);
        return Write(text[..length], encoded);
    }

    /// <inheritdoc/>
    public override int EncodeNumbered(ReadOnlySpan<byte> name, bool isDirectory, Span<byte> encoded, int number)
    {
        Span<char> text = stackalloc char[3 * MaximumLength];
        Span<char> mark = stackalloc char[16];
        int length = CutAndMark(text, Allowed(name, text, out _), Limit, mark[..Mark('~', number, mark)]);
        _ = CloseEnd(text[..length]);
        return Write(text[..length], encoded);
    }

    /// <summary>Windows takes dots and blanks at the end of a name away, and other readers a dot: behind a cut, too, there must be none.</summary>
    /// <returns>Whether there were some.</returns>
    private static bool CloseEnd(Span<char> text)
    {
        int kept = text.TrimEnd(". ").Length;
        text[kept..].Fill('_');
        return kept < text.Length;
    }

    private static int Allowed(ReadOnlySpan<byte> name, Span<char> text, out bool isExact)
    {
        (int length, isExact) = Decode(name, text);
        Span<char> rest = text[..length];
        if (!rest.ContainsAny(Forbidden) && !rest.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return length;
        }

        // A pair of surrogates is one character, which UCS-2 has not.
        isExact = false;
        int to = 0;
        foreach (char character in rest)
        {
            if (!char.IsLowSurrogate(character))
            {
                text[to++] = Forbidden.Contains(character) || char.IsHighSurrogate(character) ? '_' : character;
            }
        }

        return to;
    }

    private static int Write(ReadOnlySpan<char> text, Span<byte> encoded)
    {
        for (int index = 0; index < text.Length; index++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(encoded[(2 * index)..], text[index]);
        }

        return 2 * text.Length;
    }
}
