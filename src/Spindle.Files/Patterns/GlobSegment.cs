// SPDX-License-Identifier: MIT
namespace Spindle.Files.Patterns;

/// <summary>A pattern for one name: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!a-z]</c>, <c>[[:digit:]]</c>, and <c>\</c> before what means itself.</summary>
public sealed class GlobSegment
{
    private const int Any = 256; // any number of bytes
    private const int Letter = 257; // one, of however many bytes of UTF-8

    private readonly List<int> _steps = []; // a byte, Any, or below 0: a set
    private readonly List<bool[]> _sets = [];
    private readonly bool _isBroken; // matches nothing

    /// <summary>Reads a pattern. Every text is one.</summary>
    /// <param name="pattern">UTF-8.</param>
    /// <param name="isOfBytes">Whether <c>?</c> stands for a byte, as git has it, and so for a part of <c>ü</c>; else for a letter.</param>
    public GlobSegment(ReadOnlySpan<byte> pattern, bool isOfBytes = false)
    {
        while (!pattern.IsEmpty && !_isBroken)
        {
            byte first = pattern[0];
            pattern = pattern[1..];
            switch (first)
            {
                case (byte)'*':
                    _steps.Add(Any);
                    break;
                case (byte)'?':
                    if (isOfBytes)
                    {
                        bool[] every = new bool[256];
                        Array.Fill(every, true);
                        AddSet(every);
                    }
                    else
                    {
                        _steps.Add(Letter);
                    }

                    break;
                case (byte)'[':
                    _isBroken = !TryReadSet(ref pattern);
                    break;
                case (byte)'\\':
                    _isBroken = pattern.IsEmpty;
                    if (!_isBroken)
                    {
                        _steps.Add(pattern[0]);
                        pattern = pattern[1..];
                    }

                    break;
                default:
                    _steps.Add(first);
                    break;
            }
        }
    }

    /// <summary>Whether a name is meant.</summary>
    /// <remarks>Where a step fails, only the last star before it need be tried with one byte more.</remarks>
    public bool Matches(ReadOnlySpan<byte> name)
    {
        int step = 0;
        int position = 0;
        int retryStep = -1;
        int retryPosition = 0;
        while (position < name.Length || step < _steps.Count)
        {
            if (step < _steps.Count && _steps[step] == Any)
            {
                (retryStep, retryPosition) = (step++, position);
            }
            else if (step < _steps.Count && position < name.Length && _steps[step] == Letter)
            {
                step++;
                position++;
                while (position < name.Length && (name[position] & 0xC0) == 0x80)
                {
                    position++;
                }
            }
            else if (step < _steps.Count && position < name.Length && Matches(_steps[step], name[position]))
            {
                step++;
                position++;
            }
            else if (retryStep >= 0 && retryPosition < name.Length)
            {
                (step, position) = (retryStep + 1, ++retryPosition);
            }
            else
            {
                return false;
            }
        }

        return !_isBroken;
    }

    private bool Matches(int step, byte value) => step >= 0 ? step == value : _sets[-1 - step][value];

    private void AddSet(bool[] set)
    {
        _sets.Add(set);
        _steps.Add(-_sets.Count);
    }

    private bool TryReadSet(ref ReadOnlySpan<byte> pattern)
    {
        bool[] set = new bool[256];
        bool isNegated = !pattern.IsEmpty && pattern[0] is (byte)'!' or (byte)'^';
        pattern = isNegated ? pattern[1..] : pattern;
        for (bool isFirst = true; ; isFirst = false)
        {
            if (pattern.IsEmpty)
            {
                return false;
            }

            if (pattern[0] == ']' && !isFirst)
            {
                pattern = pattern[1..];
                break;
            }

            if (pattern.StartsWith("[:"u8) && pattern.IndexOf(":]"u8) is var end and >= 2)
            {
                if (!TryAddClass(set, pattern[2..end]))
                {
                    return false;
                }

                pattern = pattern[(end + 2)..];
                continue;
            }

            if (!TryReadByte(ref pattern, out byte low))
            {
                return false;
            }

            byte high = low;
            if (pattern.Length > 1 && pattern[0] == '-' && pattern[1] != ']')
            {
                pattern = pattern[1..];
                if (!TryReadByte(ref pattern, out high))
                {
                    return false;
                }
            }

            for (int value = low; value <= high; value++)
            {
                set[value] = true;
            }
        }

        for (int value = 0; isNegated && value < set.Length; value++)
        {
            set[value] = !set[value];
        }

        AddSet(set);
        return true;
    }

    private static bool TryReadByte(ref ReadOnlySpan<byte> pattern, out byte value)
    {
        if (pattern[0] == '\\')
        {
            pattern = pattern[1..];
        }

        value = pattern.IsEmpty ? (byte)0 : pattern[0];
        bool isThere = !pattern.IsEmpty;
        pattern = isThere ? pattern[1..] : pattern;
        return isThere;
    }

    private static bool TryAddClass(bool[] set, ReadOnlySpan<byte> name)
    {
        Func<char, bool>? isMember = System.Text.Encoding.ASCII.GetString(name) switch
        {
            "alnum" => char.IsAsciiLetterOrDigit,
            "alpha" => char.IsAsciiLetter,
            "blank" => letter => letter is ' ' or '\t',
            "cntrl" => letter => letter is < ' ' or '\x7F',
            "digit" => char.IsAsciiDigit,
            "graph" => letter => letter is > ' ' and < '\x7F',
            "lower" => char.IsAsciiLetterLower,
            "print" => letter => letter is >= ' ' and < '\x7F',
            "punct" => letter => letter is > ' ' and < '\x7F' && !char.IsAsciiLetterOrDigit(letter),
            "space" => letter => letter is ' ' or (>= '\t' and <= '\r'),
            "upper" => char.IsAsciiLetterUpper,
            "xdigit" => char.IsAsciiHexDigit,
            _ => null,
        };
        for (int value = 0; isMember is not null && value < 128; value++)
        {
            set[value] |= isMember((char)value);
        }

        return isMember is not null;
    }
}
