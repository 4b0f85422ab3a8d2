// SPDX-License-Identifier: MIT
using System.Globalization;
using Spindle.Formats.Trees;

namespace Spindle.Imaging.Contents;

/// <summary>One line of a listing while it is put together: its characters are used again for the next one.</summary>
/// <remarks>A disc may have a million files: strings for each field of each line took most of the time that a listing took.</remarks>
internal sealed class LineBuffer
{
    private readonly char[] _dateText = new char[16];
    private char[] _characters = new char[1024];
    private DateTime _date;
    private int _dateLength;

    /// <summary>How many characters it has.</summary>
    public int Length { get; private set; }

    /// <summary>Its characters; good until it is changed.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    /// <summary>Forgets all characters from a place on.</summary>
    public void Cut(int length) => Length = length;

    /// <summary>Writes the line.</summary>
    public void WriteTo(TextWriter writer) => writer.Write(Text);

    public void Append(char character) => Room(1)[0] = character;

    public void Append(ReadOnlySpan<char> text) => text.CopyTo(Room(text.Length));

    /// <summary>Adds a name that may have characters with which nobody should write to a terminal.</summary>
    public void AppendPrintable(ReadOnlySpan<char> name)
    {
        if (EntryText.IsPrintable(name))
        {
            Append(name);
        }
        else
        {
            Append(EntryText.Printable(name.ToString()));
        }
    }

    /// <summary>Adds a number; spaces before it make it as wide as is asked.</summary>
    public void AppendRight(long number, int width)
    {
        const int mostDigits = 20;
        Span<char> digits = stackalloc char[mostDigits];
        int first = mostDigits;
        for (long rest = number; rest != 0 || first == mostDigits; rest /= 10)
        {
            digits[--first] = (char)('0' + Math.Abs(rest % 10));
        }

        if (number < 0)
        {
            digits[--first] = '-';
        }

        Room(Math.Max(0, width - (mostDigits - first))).Fill(' ');
        Append(digits[first..]);
    }

    /// <summary>Adds a number, or a dash; spaces behind it make it as wide as is asked.</summary>
    public void AppendLeft(uint? number, int width)
    {
        int start = Length;
        if (number is { } known)
        {
            AppendRight(known, 1);
        }
        else
        {
            Append('-');
        }

        Room(Math.Max(0, width - (Length - start))).Fill(' ');
    }

    /// <summary>Adds type and permissions, as <see cref="EntryText.Mode"/> gives them.</summary>
    public void AppendMode(VolumeEntry entry) => EntryText.WriteMode(entry, Room(EntryText.ModeLength));

    /// <summary>Adds a date in a format that names no time of the day: files that lie side by side often are of the same day.</summary>
    public void AppendDate(DateTime date, string format)
    {
        if (_dateLength == 0 || _date != date.Date)
        {
            _date = date.Date;
            _date.TryFormat(_dateText, out _dateLength, format, CultureInfo.InvariantCulture);
        }

        Append(_dateText.AsSpan(0, _dateLength));
    }

    /// <summary>Adds two digits.</summary>
    public void AppendTwo(int number)
    {
        Span<char> text = Room(2);
        text[0] = (char)('0' + (number / 10 % 10));
        text[1] = (char)('0' + (number % 10));
    }

    private Span<char> Room(int count)
    {
        int start = Length;
        int end = unchecked(start + count); // a line has not two thousand million characters
        if (end > _characters.Length)
        {
            Array.Resize(ref _characters, Math.Max(end, _characters.Length * 2));
        }

        Length = end;
        return _characters.AsSpan(start, count);
    }
}
