// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Spindle.Formats.MapFile;

/// <summary>Takes a line of a map file apart as C's <c>sscanf</c> does, which is how ddrescue defines its format.</summary>
internal ref struct LineScanner
{
    private ReadOnlySpan<char> _rest;

    public LineScanner(string line)
    {
        // A comment starts the line, or follows white space.
        int comment = 0;
        while (comment < line.Length && (line[comment] != '#' || (comment > 0 && !char.IsWhiteSpace(line[comment - 1]))))
        {
            comment++;
        }

        _rest = line.AsSpan(0, comment);
    }

    public readonly bool IsBlankOrComment => _rest.IsWhiteSpace();

    /// <summary>Reads a C integer literal (<c>%lli</c>): 0x and hexadecimal, 0 and octal, or decimal; with or without sign.</summary>
    public bool TryReadNumber(out long value)
    {
        ReadOnlySpan<char> text = _rest.TrimStart();
        bool negative = text.StartsWith("-");
        text = negative || text.StartsWith("+") ? text[1..] : text;
        int radix = 10;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && text.Length > 2 && char.IsAsciiHexDigit(text[2]))
        {
            radix = 16;
            text = text[2..];
        }
        else if (text.StartsWith("0"))
        {
            radix = 8;
        }

        return TryReadDigits(text, radix, negative, out value);
    }

    /// <summary>Reads a decimal integer (<c>%d</c>).</summary>
    public bool TryReadDecimal(out int value)
    {
        ReadOnlySpan<char> text = _rest.TrimStart();
        bool negative = text.StartsWith("-");
        bool read = TryReadDigits(negative || text.StartsWith("+") ? text[1..] : text, 10, negative, out long number);
        value = (int)Math.Clamp(number, int.MinValue, int.MaxValue);
        return read;
    }

    /// <summary>Reads the next character that is no white space (<c> %c</c>).</summary>
    public bool TryReadCharacter(out char character)
    {
        ReadOnlySpan<char> text = _rest.TrimStart();
        character = text.IsEmpty ? '\0' : text[0];
        _rest = text.IsEmpty ? text : text[1..];
        return character != '\0';
    }

    private bool TryReadDigits(ReadOnlySpan<char> text, int radix, bool negative, out long value)
    {
        value = 0;
        int digits = 0;
        while (digits < text.Length && DigitValue(text[digits]) is int digit && digit < radix)
        {
            // As strtoll does, a number too large for 64 bits becomes the largest.
            value = value > (long.MaxValue - digit) / radix ? long.MaxValue : (value * radix) + digit;
            digits++;
        }

        _rest = text[digits..];
        value = negative ? -value : value;
        return digits > 0;
    }

    private static int DigitValue(char character) =>
        char.IsAsciiHexDigit(character) ? int.Parse([character], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : int.MaxValue;
}
